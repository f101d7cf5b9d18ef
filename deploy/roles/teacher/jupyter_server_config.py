"""A teacher's own server: Course List leads to the courses. It is not where one hands in, or grades."""

c = get_config()  # noqa: F821
c.LabApp.news_url = None
c.ServerApp.jpserver_extensions = {
    "nbgrader.server_extensions.course_list": True,
    "nbgrader.server_extensions.assignment_list": False,
    "nbgrader.server_extensions.formgrader": False,
    "nbgrader.server_extensions.validate_assignment": False,
}

"""The server of a course: Formgrader, files and a terminal in the course's folder."""

import os

c = get_config()  # noqa: F821
os.chdir(os.environ["CANDOR_COURSE"])
os.umask(0o007)  # who teaches a shared course has the same group
c.ServerApp.root_dir = os.environ["CANDOR_COURSE"]
c.LabApp.news_url = None
# Formgrader stands in a frame of the same server; JupyterHub's own header would refuse it.
c.ServerApp.tornado_settings = {"headers": {"Content-Security-Policy": "frame-ancestors 'self'"}}
c.ServerApp.jpserver_extensions = {
    "nbgrader.server_extensions.formgrader": True,
    "nbgrader.server_extensions.assignment_list": False,
    "nbgrader.server_extensions.course_list": False,
    "nbgrader.server_extensions.validate_assignment": False,
}

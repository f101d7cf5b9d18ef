"""nbgrader in a trainee's server: who it is, is the hub's word, whatever the system calls the account."""

import os

from nbgrader.exchange import default

c = get_config()  # noqa: F821


class _Named:
    """Only what is named, and no way to it: nbgrader would follow `../../../other/desk/course/assignment`, and hand in
    or fetch whatever the account can read."""

    def init_src(self):
        for name in (self.coursedir.course_id, self.coursedir.assignment_id):
            if name in ("", ".", "..") or "/" in name or "\\" in name:
                self.fail(f"`{name}` is no name of a course or an assignment.")
        super().init_src()


class _Fetch(_Named, default.ExchangeFetchAssignment):
    pass


class _Submit(_Named, default.ExchangeSubmit):
    pass


class _Feedback(_Named, default.ExchangeFetchFeedback):
    pass


c.ExchangeFactory.fetch_assignment = _Fetch
c.ExchangeFactory.submit = _Submit
c.ExchangeFactory.fetch_feedback = _Feedback
c.CourseDirectory.student_id = os.environ["JUPYTERHUB_USER"]
c.Exchange.root = os.environ["CANDOR_EXCHANGE"]
c.Exchange.path_includes_course = True
c.Exchange.cache = os.path.expanduser("~/.local/share/jupyter/nbgrader_cache")
c.Authenticator.plugin_class = "nbgrader.auth.JupyterHubAuthPlugin"

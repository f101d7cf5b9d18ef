"""nbgrader in a trainee's server: who it is, is the hub's word, whatever the system calls the account."""

import os

c = get_config()  # noqa: F821
c.CourseDirectory.student_id = os.environ["JUPYTERHUB_USER"]
c.Exchange.root = os.environ["CANDOR_EXCHANGE"]
c.Exchange.path_includes_course = True
c.Exchange.cache = os.path.expanduser("~/.local/share/jupyter/nbgrader_cache")
c.Authenticator.plugin_class = "nbgrader.auth.JupyterHubAuthPlugin"

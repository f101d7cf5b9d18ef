import os

c = get_config()  # noqa: F821
c.Exchange.root = os.environ["CANDOR_EXCHANGE"]
c.Exchange.path_includes_course = True
c.Authenticator.plugin_class = "nbgrader.auth.JupyterHubAuthPlugin"

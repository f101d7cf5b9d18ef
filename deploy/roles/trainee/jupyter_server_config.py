"""A trainee's server: the assignments, the desk, and nothing that runs code.

Our assignments have nothing to run. So there is no kernel, no terminal and no installing of extensions, and only
notebooks can be written, none of them where nbgrader looks for its configuration (which is Python). On a hub where all
servers belong to one account of the system, this is what keeps one trainee's work from another's.
"""

import os
from pathlib import Path

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError

c = get_config()  # noqa: F821

# A folder of each course, made here, since nothing else may be put beside them.
desk = Path.home() / "desk"
desk.mkdir(parents=True, exist_ok=True)
desk.chmod(0o755)
for course in os.environ.get("CANDOR_COURSES", "").split():
    (desk / course).mkdir(exist_ok=True)
desk.chmod(0o555)
os.chdir(desk)


class NoKernels(AsyncMappingKernelManager):
    """Starts none."""

    async def _async_start_kernel(self, **_):
        raise HTTPError(403, "Nothing is run here: an assignment is answered by clicking and typing.")

    start_kernel = _async_start_kernel


class NotebooksOnly(AsyncLargeFileManager):
    """Writes notebooks, in the folders of assignments."""

    def refuse(self, path):
        if not path.endswith(".ipynb") or len(Path(path.strip("/")).parts) < 3:
            raise HTTPError(403, "Only an assignment's notebook can be written here.")

    async def save(self, model, path=""):
        self.refuse(path)
        if model.get("type") != "notebook":
            raise HTTPError(403, "Only an assignment's notebook can be written here.")
        return await super().save(model, path)

    async def rename_file(self, old_path, new_path):
        self.refuse(new_path)
        return await super().rename_file(old_path, new_path)


c.ServerApp.root_dir = str(desk)
c.ServerApp.contents_manager_class = NotebooksOnly
c.ServerApp.kernel_manager_class = NoKernels
c.ServerApp.terminals_enabled = False
c.ServerApp.shutdown_no_activity_timeout = 3600  # s: its memory is wanted by others
c.LabApp.extension_manager = "readonly"
c.LabApp.lock_all_plugins = True  # switching one off is written for everybody
c.LabApp.news_url = None
c.ServerApp.jpserver_extensions = {
    "jupyterlab": True,
    "nbgrader.server_extensions.assignment_list": True,
    "nbgrader.server_extensions.formgrader": False,
    "nbgrader.server_extensions.validate_assignment": False,
    "nbgrader.server_extensions.course_list": False,
    "jupyter_server_terminals": False,
    "jupyter_lsp": False,
    "notebook": False,
    "notebook_shim": False,
}

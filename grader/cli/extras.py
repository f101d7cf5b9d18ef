"""Which extra of the package brings what a command imports, for those who installed less than all of it."""

from __future__ import annotations

from ..language import t

#: Extra -> the packages, by their names in an import, that come with it.
BRINGS = {
    "course": (
        "bs4",
        "dateutil",
        "defusedxml",
        "jupyter_core",
        "markdownify",
        "nbconvert",
        "nbformat",
        "nbgrader",
        "sqlalchemy",
        "starlette",
        "traitlets",
        "uvicorn",
    ),
    "book": (
        "docutils",
        "jupyter_book",
        "lxml",
        "pagefind",
        "pagefind_bin",
        "pybtex",
        "sphinx",
        "sphinxcontrib",
        "tinycss2",
    ),
    "kit": ("docx", "pypdf"),
    "desk": ("jupyterlab", "jupyterlite_core"),
    "badge": ("cryptography", "joserfc"),
    "insight": ("matplotlib", "numpy", "pandas", "pingouin", "statsmodels"),
    "cluster": ("distributed",),
}


def lacking(error: ModuleNotFoundError) -> str:
    """One line for a person where an extra is missing; empty where something else is wrong."""
    package = (error.name or "").split(".")[0]
    extra = next((extra for extra, packages in BRINGS.items() if package in packages), "")
    if not extra:
        return ""
    return t(
        "This command needs {package}, which is not installed. It comes with Candor's extra "
        "`{extra}`: install Candor again as you did, with [{extra}] behind its name or folder.",
        package=package,
        extra=extra,
    )

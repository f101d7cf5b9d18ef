"""Leaves out what costs a process more than a second as it starts, and what nothing here asks for.

jsonschema makes 38 parsers of addresses (rfc3987-syntax) as soon as it is imported, for its format `iri`, which no
schema of a notebook has. Where the module is missing, it does without.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def starting(module: str) -> list[str]:
    """The command that starts a module as a program, lean as well."""
    return [
        sys.executable,
        "-c",
        f"import runpy; runpy.run_path({__file__!r}); runpy.run_module({module!r}, run_name='__main__')",
    ]

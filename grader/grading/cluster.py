"""More than one machine: any `concurrent.futures`-style executor, found by entry point.

A package offers one under the group `candor.executors`: a function that takes the words behind the colon of
`--executor NAME:WORDS` and returns an executor. The workers need this package at the same version and the course's
folder at the same path; results come back here, and one process writes the gradebook.
"""

from __future__ import annotations

from concurrent.futures import Executor
from importlib.metadata import entry_points

from .gradebook import Unsupported
from ..language import t

GROUP = "candor.executors"


def executor(words: str) -> Executor:
    """The executor of `NAME` or `NAME:WORDS`. Raises Unsupported."""
    name, _, rest = words.partition(":")
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known:
        raise Unsupported(
            t(
                "There is no executor `{name}`. Installed: {known}.",
                name=name,
                known=", ".join(sorted(known)) or t("none"),
            )
        )
    try:
        made: Executor = known[name].load()(rest)
        return made
    except ImportError as error:
        raise Unsupported(
            t(
                "The executor `{name}` needs a package that is not there ({error}). For Dask: pip install distributed",
                name=name,
                error=error,
            )
        ) from None
    except (OSError, ValueError) as error:
        raise Unsupported(
            t(
                "The executor `{name}` did not start with `{rest}` ({kind}: {error}).",
                name=name,
                rest=rest,
                kind=type(error).__name__,
                error=error,
            )
        ) from None


def dask(address: str) -> Executor:
    """A Dask scheduler's workers, by its address (`tcp://host:8786`)."""
    from distributed import Client

    made: Executor = Client(address, timeout=10).get_executor()
    return made

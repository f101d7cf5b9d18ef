"""How often something is tried at random: a fifth as often in `make quick`. The examples are the same in every run, so
that what fails fails again; the weekly run (`CANDOR_LONG=1`) draws others."""

import os

from hypothesis import settings

from .project import LONG

QUICK = os.environ.get("CANDOR_QUICK") == "1"


def tries(count: int = 100, **more) -> settings:
    return settings(max_examples=count // 5 if QUICK else count, deadline=None, derandomize=not LONG, **more)

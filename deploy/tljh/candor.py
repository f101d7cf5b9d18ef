"""The Littlest JupyterHub: copy to /opt/tljh/config/jupyterhub_config.d/candor.py (see deploy/README.md).

There every person has an account of the system, and so has each course: the exchange's rights are the system's own.
"""

import os
import sys
from pathlib import Path

import yaml

CANDOR = Path("/opt/candor")  # the clone of the repository
LIST = Path("/srv/candor/courses.yml")  # each course with `account`, to whom its folder belongs

sys.path.insert(0, str(CANDOR / "deploy"))
import candor_hub  # noqa: E402

c = get_config()  # noqa: F821
courses = candor_hub.courses_of(yaml.safe_load(LIST.read_text(encoding="utf-8")))
# The hub has an environment of its own there, without JupyterLab and nbgrader.
programs = f"{os.environ.get('TLJH_INSTALL_PREFIX', '/opt/tljh')}/user/bin"
candor_hub.set_up(c, courses, "/srv/candor/exchange", str(CANDOR / "deploy" / "roles"), False, 9100, programs)

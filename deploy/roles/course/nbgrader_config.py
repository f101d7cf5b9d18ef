"""nbgrader in a course's server; the course's own nbgrader_config.py says the rest."""

import os

c = get_config()  # noqa: F821
c.Exchange.root = os.environ["CANDOR_EXCHANGE"]
c.Exchange.path_includes_course = True
c.ExchangeCollect.check_owner = False  # the folders belong to the account that the servers run under, not to trainees

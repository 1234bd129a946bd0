"""`python -m alleo_onboard` is the same as `alleo-onboard`."""

import sys

from alleo_onboard.cli.main import run

sys.exit(run())

"""Runs the command line as `python -m qda`."""

import sys

from qda.cli.main import main

sys.exit(main())

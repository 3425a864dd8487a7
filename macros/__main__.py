"""``python -m macros``: see ``macros.command_line``."""

import sys

from macros.command_line import main

sys.exit(main())

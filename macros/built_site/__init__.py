"""The built site: what readers get, checked as it lies on disk, whatever program made it.

``load_built_site`` reads a directory once; ``check_built_site`` compares what it found with some
twenty rules; ``run_canary`` proves that the check still sees planted faults. Nothing here imports
MkDocs, opens a network connection, or knows how the pages were made.
"""

from macros.built_site.canary import require_sight, run_canary
from macros.built_site.checking import check_built_directory, check_built_site
from macros.built_site.loading import load_built_site
from macros.built_site.model import BuiltSite

__all__ = [
    "BuiltSite",
    "check_built_directory",
    "check_built_site",
    "load_built_site",
    "require_sight",
    "run_canary",
]

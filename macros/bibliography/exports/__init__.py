"""References in the formats that other programs read; one module a format.

Every function takes references as they were read and returns text or plain values; writing files and
placing tags in pages is left to others. A retraction, a correction and an expression of concern show in
every format (NISO RP-45-2024). The mapping of fields is that of research/bibliography.md, section 5.
"""

from macros.bibliography.exports.bibtex import format_bibtex
from macros.bibliography.exports.coins import format_coins
from macros.bibliography.exports.csl_json import format_csl_json
from macros.bibliography.exports.highwire import highwire_tags
from macros.bibliography.exports.ris import format_ris
from macros.bibliography.exports.schema_org import schema_org

__all__ = [
    "format_bibtex",
    "format_coins",
    "format_csl_json",
    "format_ris",
    "highwire_tags",
    "schema_org",
]

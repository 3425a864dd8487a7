"""Tagged records that somebody pastes, RIS and PubMed's own format (NBIB), rewritten as BibTeX entries.

Whether a value is sound is left to ``reading``, which reads the entries made here; what is done with the
references, to ``adding``.
"""

from macros.bibliography.pasted.drafts import DraftedText
from macros.bibliography.pasted.nbib import draft_from_nbib, is_nbib
from macros.bibliography.pasted.ris import draft_from_ris, is_ris

__all__ = ["DraftedText", "draft_from_nbib", "draft_from_ris", "is_nbib", "is_ris"]

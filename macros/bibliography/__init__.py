"""References: what references.bib says, how it is printed, and how it is exported.

``model`` holds the values, ``reading`` makes them from BibTeX, ``styles`` prints them,
``exports`` writes them in other formats. Which page cites what is decided in ``macros.site``.
"""

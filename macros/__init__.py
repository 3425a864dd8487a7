"""The engine: reads references, records and bilingual pages, checks them, renders them.

It knows nothing of the subject of the site that it builds: everything of the subject stands in
``mkdocs.yml``, ``docs/``, ``data/`` and ``references.bib``.
"""

"""Reference pages: one page a printed number, in every language, made from the bibliography.

Gathers what such a page says; its layout is ``templates/reference_page.md.jinja``. A reference and
its translation, which share a number, share a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup as Html

from macros.bibliography.model import Reference, StatusKind
from macros.bibliography.styles import PROFILES, doi_url
from macros.citation_marks import mark_id, reference_id
from macros.generated_pages import GeneratedPage
from macros.page_macros import say_call
from macros.pages import SENTENCE_MARK, citing_sentence
from macros.record_links import link_to_record, record_title
from macros.render_context import RenderContext, render_for_page
from macros.site import Site

DOWNLOAD_FORMATS = {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "json"}


@dataclass(frozen=True, slots=True)
class _Form:
    """The original or the translation, as the head of the page shows it."""

    title: Html
    lang: str
    status: str
    translated_title: str


@dataclass(frozen=True, slots=True)
class _Entry:
    html: Html
    lang: str


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    title: str
    entries: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class _Context:
    """A sentence of the site that cites the reference."""

    href: str
    title: str
    before: str
    after: str


def generate_reference_pages(site: Site) -> Iterator[GeneratedPage]:
    """All reference pages, language by language."""
    file = site.settings.bibliography_file.relative_to(site.settings.root).as_posix()
    for locale in site.settings.locales:
        for citekey in dict.fromkeys(
            site.bibliography.main_citekey(ref.citekey) for ref in site.bibliography
        ):
            forms = site.bibliography.counterparts(citekey)
            page_id = site.reference_page_ids[citekey]
            context = RenderContext(site, locale.code, site.url(page_id, locale.code))
            title = site.labels.text("reference.page_title", locale.code).format(
                label=forms[0].label or citekey, title=_title_for(forms, locale.code).title.plain
            )
            yield GeneratedPage(
                id=page_id,
                locale=locale.code,
                title=title,
                description=site.formatted(forms[0].citekey, locale.code).plain,
                markdown=_render(forms, context),
                source=f"{file}:{forms[0].line}",
                citekey=citekey,
            )


def _title_for(forms: Sequence[Reference], locale: str) -> Reference:
    """The form in the reader's language, else the original."""
    return next((ref for ref in forms if ref.language == locale), forms[0])


def _render(forms: tuple[Reference, ...], context: RenderContext) -> str:
    citekey = forms[0].citekey
    words = context.site.labels.in_locale(context.locale)
    return render_for_page(
        "reference_page.md.jinja",
        context,
        label=forms[0].label or citekey,
        forms=[_form(ref, words, context) for ref in forms],
        status_checked=_status_checked(forms[0], words),
        styles=[_style(name, forms, context) for name in PROFILES],
        notes=_notes(forms, words),
        identifiers=list(_identifiers(forms, words)),
        contexts=list(_contexts(citekey, context)),
        records=_records(citekey, context),
        downloads=[
            (name, context.link_to_file(f"downloads/references/{citekey}.{suffix}"))
            for name, suffix in DOWNLOAD_FORMATS.items()
        ],
        all=_in_bibliography(citekey, context),
    )


def _in_bibliography(citekey: str, context: RenderContext) -> str:
    """The address of the entry in the whole bibliography, if a page prints it."""
    page_id = context.site.bibliography_page_id
    return f"{context.link_to_page(page_id)}#{reference_id(citekey)}" if page_id else ""


def _form(ref: Reference, words: dict[str, str], context: RenderContext) -> _Form:
    shown = ref.status is not None and ref.status.kind is not StatusKind.NONE_FOUND
    return _Form(
        Html(ref.title.html),
        context.lang(ref.language),
        words[f"status.{ref.status.kind}"] if shown and ref.status else "",
        ref.translated_title.plain if ref.translated_title else "",
    )


def _status_checked(ref: Reference, words: dict[str, str]) -> str:
    if ref.status is None:
        return ""
    checked = words["status.checked"].format(date=ref.status.checked.isoformat())
    return f"{checked} {ref.status.notice}".strip()


def _style(name: str, forms: Sequence[Reference], context: RenderContext) -> _Style:
    return _Style(
        name,
        PROFILES[name].titles[context.locale],
        tuple(
            _Entry(Html(context.site.format_in_style(ref, name).html), context.lang(ref.language))
            for ref in forms
        ),
    )


def _notes(forms: Sequence[Reference], words: dict[str, str]) -> list[str]:
    notes = [words["reference.truncated"]] if any(ref.authors_truncated for ref in forms) else []
    notes += [words["reference.pair"]] if len(forms) > 1 else []
    return notes + [ref.note for ref in forms if ref.note]


def _identifiers(forms: Sequence[Reference], words: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Name, text and address, each identifier once; nothing is made up where the entry has none."""
    ref = forms[0]
    if ref.doi:
        yield words["reference.doi"], ref.doi, doi_url(ref.doi)
    if ref.url:
        yield words["reference.url"], ref.url, ref.url
    if ref.pmid:
        yield words["reference.pmid"], ref.pmid, f"https://pubmed.ncbi.nlm.nih.gov/{ref.pmid}/"
    if ref.pmcid:
        yield words["reference.pmcid"], ref.pmcid, f"https://pmc.ncbi.nlm.nih.gov/articles/{ref.pmcid}/"
    if not (ref.doi or ref.url):
        yield words["reference.doi"], words["reference.no_identifier"], ""
    yield words["reference.citekey"], ref.citekey, ""


def _contexts(citekey: str, context: RenderContext) -> Iterator[_Context]:
    """The citing sentences on pages of the reader's own language."""
    for place in context.site.cited_by.get(citekey, ()):
        if place.page.locale == context.locale:
            sentence = citing_sentence(place.page, place.citation, lambda call: say_call(call, context))
            before, _, after = sentence.partition(SENTENCE_MARK)
            href = f"{context.link_to_page(place.page.id)}#{mark_id(citekey, place.occurrence)}"
            yield _Context(href, place.page.title, before, after)


def _records(citekey: str, context: RenderContext) -> list[dict[str, str]]:
    """Records of any collection that are about the reference, with where they are to be read."""
    site, records = context.site, []
    for collection in site.collections.values():
        for record in collection.records.values():
            if collection.reference_of(record) == citekey:
                name = record_title(collection, record, context.locale, site.labels)
                title = site.labels.text("record.of_collection", context.locale).format(
                    collection=collection.title[context.locale], record=name
                )
                link = link_to_record(context, collection.name, record.id)
                records.append({"title": title, "href": link or ""})
    return records

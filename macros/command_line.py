"""The command line: for contributors, continuous integration and other programs.

Every command prints problems in one of the forms of ``macros.problems`` and ends with 1 when there
is an error, with 0 otherwise, and with 2 when the command itself was mistyped.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from macros.bibliography.adding import add_reference
from macros.bibliography.reading import load_bibliography
from macros.bibliography.styles import PROFILES, format_reference
from macros.building import build_site
from macros.built_site import check_built_directory, require_sight
from macros.checks import run_checks
from macros.checks.freshness import check_translations_are_fresh
from macros.export import export_pages
from macros.files import write_file
from macros.freshness import describe_recording, load_review, record_review
from macros.mending import format_change, mend_prose, write_mended
from macros.problems import Problem, did_you_mean, format_github, format_json, format_text, has_errors
from macros.settings import SiteSettings, load_settings
from macros.site import Site, load_site

FORMATS: dict[str, Callable[[Iterable[Problem]], str]] = {
    "text": format_text,
    "json": format_json,
    "github": format_github,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m macros",
        description="Check, build and export a bilingual reference site.",
        epilog="Exit status: 0 all is well (warnings may have been said), 1 something is to be mended, "
        "2 the command was mistyped.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    check = commands.add_parser(
        "check", help="say everything that is wrong in pages, references and data, without building"
    )
    _add_site_options(check)
    _add_format_option(check)
    check.set_defaults(run=_check)

    fix = commands.add_parser(
        "fix",
        help="mend punctuation, spaces, signs and spelling in pages and data",
        description="Mend what the checks of prose find where nothing else can change by it: numbers, "
        "citations, macro calls, links, ids, attributes and code stay as they are. Every change is printed "
        "with its place. What is left, a person has to decide: see check.",
    )
    _add_site_options(fix)
    fix.add_argument("--dry-run", action="store_true", help="print the changes and write nothing")
    fix.set_defaults(run=_fix)

    build = commands.add_parser(
        "build", help="check, build all languages, check the result, then replace site/"
    )
    _add_site_options(build)
    _add_format_option(build)
    build.add_argument(
        "--out", type=Path, default=None, metavar="DIR", help="folder of the finished site (default: site)"
    )
    build.set_defaults(run=_build)

    check_site = commands.add_parser(
        "check-site", help="find broken links and the like in a built site, any site"
    )
    check_site.add_argument("directory", type=Path, metavar="DIR", help="the folder with the built site")
    check_site.add_argument(
        "--base", default="/", metavar="/PATH/", help="path under which the site is served (default: /)"
    )
    check_site.add_argument(
        "--site-url", default="", metavar="URL", help="its full address; read from its pages if not given"
    )
    _add_format_option(check_site)
    check_site.set_defaults(run=_check_site)

    export = commands.add_parser(
        "export", help="write every page as plain Markdown with nothing left to expand"
    )
    _add_site_options(export)
    export.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to")
    export.set_defaults(run=_export)

    sync = commands.add_parser(
        "sync",
        help="write down that you have compared the languages of a page",
        description="Write into reviews/PAGE.yml what every block says now: you have read both languages "
        "side by side, and they say the same. A block that has changed in one language alone is not written "
        "down without --behind or --without-change.",
    )
    _add_site_options(sync)
    sync.add_argument("pages", nargs="+", metavar="PAGE", help="such as topics/brewing: its path without .md")
    sync.add_argument(
        "--behind",
        action="store_true",
        help="mark what has changed in one language alone: the other is behind, and readers are told so",
    )
    sync.add_argument(
        "--without-change",
        action="append",
        default=[],
        metavar="BLOCK",
        help="write down this block, such as brewing-p2, though it has changed in one language alone: the "
        "other needs no change, as after a corrected slip; can be given several times",
    )
    sync.set_defaults(run=_sync)

    bibliography = commands.add_parser("bibliography", help="print any .bib file in a citation style")
    bibliography.add_argument("--bib", type=Path, required=True, metavar="FILE", help="the BibTeX file")
    bibliography.add_argument("--style", required=True, choices=sorted(PROFILES), help="the citation style")
    bibliography.add_argument(
        "--format", choices=("text", "html", "json"), default="text", help="one entry a line, or a JSON list"
    )
    bibliography.set_defaults(run=_bibliography)

    references = commands.add_parser("references", help="work on references.bib").add_subparsers(
        title="commands", required=True, metavar="COMMAND"
    )
    add = references.add_parser(
        "add", help="add a pasted BibTeX or RIS entry, cleaned; refuses one that is there"
    )
    _add_site_options(add)
    add.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="file with the entry (default: standard input)"
    )
    add.add_argument("--dry-run", action="store_true", help="print the clean entry and write nothing")
    add.set_defaults(run=_add_reference)
    return parser


def _add_site_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config",
        type=Path,
        default=Path("mkdocs.yml"),
        metavar="FILE",
        help="the site (default: mkdocs.yml)",
    )


def _add_format_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=sorted(FORMATS),
        default="text",
        help="text for people, json for programs, github for marks in a pull request (default: text)",
    )


def _say(problems: Sequence[Problem], form: str) -> int:
    """Print problems; the exit status that they mean."""
    if problems or form == "json":
        print(FORMATS[form](sorted(problems)))
    return 1 if has_errors(problems) else 0


_MOST_PROCESSES = 4
"""Each makes for itself what its checks need of the whole site, so more of them win little."""


def _read(options: argparse.Namespace) -> tuple[SiteSettings | None, Site | None, list[Problem]]:
    settings, problems = load_settings(options.config)
    if settings is None:
        return None, None, problems
    site, found = load_site(settings)
    checked = run_checks(site, processes=min(os.cpu_count() or 1, _MOST_PROCESSES))
    return settings, site, [*problems, *found, *checked]


def _check(options: argparse.Namespace) -> int:
    _, _, problems = _read(options)
    status = _say(problems, options.format)
    if options.format == "text":
        errors = sum(problem.severity == "error" for problem in problems)
        print(f"{errors} errors, {len(problems) - errors} warnings", file=sys.stderr)
    return status


def _fix(options: argparse.Namespace) -> int:
    settings, problems = load_settings(options.config)
    if settings is None:
        return _say(problems, "text")
    site, _ = load_site(settings)
    count = 0
    for mended in mend_prose(site):
        count += len(mended.changes)
        for change in mended.changes:
            print(format_change(mended.file, change))
        if not options.dry_run:
            write_mended(mended)
    print(f"{count} changes{', nothing written' if options.dry_run else ''}", file=sys.stderr)
    return 0


def _build(options: argparse.Namespace) -> int:
    settings, site, problems = _read(options)
    errors = [problem for problem in problems if problem.severity == "error"]
    if settings is None or site is None or errors:
        return _say(errors, options.format)
    target = options.out or settings.root / "site"
    problems, output = build_site(settings, options.config, target, len(list(site.all_page_ids())))
    if output:
        print(output, file=sys.stderr)
    status = _say(problems, options.format)
    if not status and not output:
        print(f"The site is in {target}: open {target / 'index.html'} in a browser, or run make serve.")
    return 1 if output else status


def _check_site(options: argparse.Namespace) -> int:
    require_sight()
    problems = check_built_directory(
        options.directory, base=options.base, site_url=options.site_url, source_root=Path.cwd()
    )
    return _say(problems, options.format)


def _export(options: argparse.Namespace) -> int:
    _, site, problems = _read(options)
    if site is None or has_errors(problems):
        return _say([problem for problem in problems if problem.severity == "error"], "text")
    print(f"{export_pages(site, options.out)} pages written to {options.out}")
    return 0


def _sync(options: argparse.Namespace) -> int:
    settings, problems = load_settings(options.config)
    if settings is None:
        return _say(problems, "text")
    site, _ = load_site(settings)
    problems = [
        problem
        for name in options.pages
        for problem in _sync_page(site, name, is_behind=options.behind, without_change=options.without_change)
    ]
    return _say(problems, "text")


def _sync_page(
    site: Site, name: str, *, is_behind: bool, without_change: Collection[str]
) -> Iterator[Problem]:
    page_id = name.removesuffix(".md")
    pages, last = site.counterparts(page_id), site.reviews.get(page_id)
    path = site.settings.reviews_dir / f"{page_id}.yml"
    file = path.relative_to(site.settings.root).as_posix()
    if len(pages) < 2:
        what = f'"{page_id}" is no page that stands in several languages'
        hint = (
            did_you_mean(page_id, site.page_ids) or "name a page by its path below its language, without .md"
        )
        yield Problem(file=file, rule="review-is-valid", message=what, hint=hint)
    elif is_behind and last is None:
        what, hint = "nobody has reviewed this page yet", f"compare its languages, then: sync {page_id}"
        yield Problem(file=file, rule="review-is-valid", message=what, hint=hint)
    else:
        recording = record_review(
            pages, date.today(), last, is_behind=is_behind, without_change=without_change
        )
        write_file(path, recording.text.encode())
        print(f"written to {file}", file=sys.stderr)
        for line in describe_recording(recording):
            print(f"    {line}", file=sys.stderr)
        alone = [found.name for found in (*recording.recorded, *recording.kept) if found.is_lone]
        for block in (block for block in without_change if block not in alone):
            what, hint = f'no block "{block}" has changed in one language alone', did_you_mean(block, alone)
            yield Problem(file=file, rule="review-is-valid", message=what, hint=hint)
        review, problems = load_review(path, site.settings.root)
        yield from problems
        if review:
            yield from check_translations_are_fresh.of_page(page_id, replace(site, reviews={page_id: review}))


def _bibliography(options: argparse.Namespace) -> int:
    bibliography, problems = load_bibliography(options.bib, options.bib.resolve().parent)
    profile = PROFILES[options.style]
    texts = [
        format_reference(ref, profile, original=bibliography.by_citekey.get(ref.translation_of))
        for ref in bibliography
    ]
    if options.format == "json":
        entries = [
            {"citekey": ref.citekey, "label": ref.label, "text": text.plain, "html": text.html}
            for ref, text in zip(bibliography, texts, strict=True)
        ]
        print(json.dumps(entries, ensure_ascii=False, indent=2))
    else:
        for text in texts:
            print(text.html if options.format == "html" else text.plain)
    if problems:
        print(format_text(sorted(problems)), file=sys.stderr)
    return 1 if has_errors(problems) else 0


def _add_reference(options: argparse.Namespace) -> int:
    settings, problems = load_settings(options.config)
    if settings is None:
        return _say(problems, "text")
    path = settings.bibliography_file
    bibliography, problems = load_bibliography(path, settings.root)
    if has_errors(problems):
        return _say(problems, "text")
    try:
        pasted = options.file.read_text("utf-8") if options.file else sys.stdin.read()
    except (OSError, UnicodeDecodeError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 1
    entries, problems = add_reference(bibliography, pasted, str(options.file or "pasted text"))
    print(entries.strip())
    if entries and not options.dry_run and not has_errors(problems):
        with path.open("a", encoding="utf-8") as stream:
            stream.write(entries)
        print(f"written to {path.name}", file=sys.stderr)
    if problems:
        print(format_text(problems), file=sys.stderr)
    return 1 if has_errors(problems) else 0

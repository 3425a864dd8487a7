"""Building: the site is built beside the old one, checked, and only then put in its place.

A build that fails, or is killed, leaves the site that was there. MkDocs runs as a program of its
own, so that this module, like the rest of the core, does not import it.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from macros.built_site import check_built_directory, require_sight
from macros.problems import Problem
from macros.settings import SiteSettings


def build_site(
    settings: SiteSettings, config: Path, target: Path, minimum_pages: int
) -> tuple[list[Problem], str]:
    """Build, check and put in place.

    Returns what is wrong with the built pages and, if MkDocs itself failed, what it printed; in
    either case the old site stays.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with _lock(target), tempfile.TemporaryDirectory(prefix=f"{target.name}.", dir=target.parent) as folder:
        fresh = Path(folder) / "site"
        result = subprocess.run(
            [
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "--strict",
                "--config-file",
                config,
                "--site-dir",
                fresh,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        if result.returncode:
            return [], _what_went_wrong(result.stdout)
        require_sight()
        base = urlsplit(settings.site_url).path or "/"
        problems = check_built_directory(
            fresh,
            base=base,
            site_url=settings.site_url,
            source_root=settings.root,
            minimum_pages=minimum_pages,
        )
        if not any(problem.severity == "error" for problem in problems):
            _put_in_place(fresh, target, Path(folder))
        return problems, ""


def _what_went_wrong(output: str) -> str:
    """What MkDocs printed without its account of what it was doing."""
    lines = output.strip().splitlines()
    return "\n".join(line for line in lines if not line.startswith("INFO"))


def _put_in_place(fresh: Path, target: Path, folder: Path) -> None:
    """Two renames on one disk: a reader meets the old site or the new one, never half of either."""
    if target.exists():
        target.rename(folder / "old")
    fresh.rename(target)


@contextmanager
def _lock(target: Path) -> Iterator[None]:
    """One build of a folder at a time; a second one waits."""
    path = Path(tempfile.gettempdir()) / f"build-{target.as_posix().replace('/', '-')}.lock"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

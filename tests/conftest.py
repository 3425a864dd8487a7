"""Shared by all tests: small sites of invented content, made in memory."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from macros.bibliography.reading import parse_bibliography
from macros.locales import Locale, load_labels
from macros.pages import parse_page
from macros.settings import SiteSettings, load_settings
from macros.site import LABEL_FILE, Site, load_site
from macros.source_text import SourceText

# The same examples in every run: a test that fails for one contributor fails for all.
settings.register_profile("repeatable", derandomize=True, database=None, max_examples=50)
settings.load_profile("repeatable")

ROOT = Path(__file__).resolve().parents[1]

ZH = Locale(code="zh", lang="zh-Hans", name="中文", is_default=True)
EN = Locale(code="en", lang="en", name="English")

INVENTED_BIB = """
@article{oolong2019,
  label = {1}, langid = {english}, author = {Smith, A. B. and Jones, C.},
  title = {Withering of {Oolong} leaves}, journal = {J Tea}, year = {2019}, volume = {3}, pages = {10--19},
  doi = {10.1234/tea.1},
}
@article{matcha2020,
  label = {2}, langid = {english}, author = {Brown, D. and others},
  title = {Shade and matcha}, journal = {J Tea}, year = {2020}, volume = {4}, pages = {1--2},
  doi = {10.1234/tea.2},
}
@article{puer2021,
  label = {3}, langid = {chinese}, author = {王, 小明 and 李, 红},
  title = {普洱茶的渥堆}, journal = {茶学}, year = {2021}, volume = {5}, pages = {7--9},
  doi = {10.1234/tea.3},
}
@article{puer2021-en,
  label = {3}, langid = {english}, author = {Wang, X. M. and Li, H.},
  title = {Pile fermentation of Pu'er tea}, journal = {Tea Sci}, year = {2021}, volume = {5}, pages = {7--9},
  doi = {10.1234/tea.3}, related = {puer2021}, relatedtype = {translationof},
}
@article{sencha2022,
  label = {4}, langid = {english}, author = {Green, E.},
  title = {Steaming of sencha}, journal = {J Tea}, year = {2022}, volume = {6}, pages = {3--4},
  doi = {10.1234/tea.4},
}
"""

SiteMaker = Callable[..., Site]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One test that needs the built site comes first, the others last.

    One worker builds the site while the others have something else to do.
    """
    waiting = [item for item in items if "built_site" in getattr(item, "fixturenames", ())]
    order = dict.fromkeys(waiting, 2) | dict.fromkeys(waiting[:1], 0)
    items.sort(key=lambda item: order.get(item, 1))


@pytest.fixture
def make_site(tmp_path: Path) -> SiteMaker:
    """A function (pages={"zh/index": text, …}, bib=…) → Site; nothing is read from disk but labels."""

    def make(
        pages: Mapping[str, str] | None = None, bib: str = INVENTED_BIB, *, is_good: bool = True
    ) -> Site:
        site_settings = SiteSettings(
            root=tmp_path,
            config_file="mkdocs.yml",
            site_names={"zh": "茶", "en": "Tea"},
            site_url="https://tea.example/",
            docs_dir=tmp_path / "docs",
            data_dir=tmp_path / "data",
            bibliography_file=tmp_path / "references.bib",
            locales=(ZH, EN),
            styles={"zh": "gbt7714-2025", "en": "nlm"},
        )
        labels, problems = load_labels([LABEL_FILE], ROOT, site_settings.locale_codes)
        assert not problems
        bibliography, problems = parse_bibliography(bib, "references.bib")
        assert not (problems and is_good)
        parsed = {}
        for path, text in (pages or {}).items():
            locale, _, page_id = path.partition("/")
            page, found = parse_page(SourceText(f"docs/{path}.md", text), page_id, locale)
            assert not found
            parsed[locale, page_id] = page
        return Site(site_settings, labels, bibliography, {}, parsed)

    return make


@pytest.fixture(scope="session")
def real_site() -> Site:
    """The real site as read, once for all tests of a worker; it never changes."""
    site_settings, problems = load_settings(ROOT / "mkdocs.yml")
    assert site_settings is not None, problems
    return load_site(site_settings)[0]


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real site, built once for all tests and workers."""
    # All workers of one run share the parent of their own temporary folders.
    shared = (
        tmp_path_factory.getbasetemp().parent
        if "PYTEST_XDIST_WORKER" in os.environ
        else tmp_path_factory.getbasetemp()
    )
    target = shared / "real-site"
    with (shared / "real-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            command = [sys.executable, "-m", "macros", "build", "--out", str(target)]
            result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            assert result.returncode == 0, result.stdout + result.stderr
    return target

"""Pages of records and the lists that lead to them, on the real collections."""

import re
from pathlib import Path

import pytest

from macros.record_pages import generate_record_pages
from macros.rendering import render_page
from macros.summary_tables import build_table

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def pages(real_site):
    return {(page.id, page.locale): page for page in generate_record_pages(real_site)}


def test_every_study_has_a_page_in_both_languages(real_site, pages):
    ids = {f"studies/{record}" for record in real_site.collections["studies"].records}
    assert {page_id for page_id, _ in pages} == ids
    assert len(pages) == 2 * len(ids)


def test_a_study_page_prints_the_figures_of_the_source(pages):
    """Source 004, section 3.1, second paragraph."""
    for locale in ("zh", "en"):
        text = pages["studies/lin2017", locale].markdown
        for figure in ("56", "16.1%", "33.3%", "73.2%", "55.6%", "0.04", "0.03"):
            assert figure in text


def test_the_sentence_of_a_study_says_what_is_not_reported(pages):
    assert "does not report the dose" in pages["studies/peng2011", "en"].description
    assert "does not report the dose" not in pages["studies/lin2017", "en"].description
    assert "未报告剂量" in pages["studies/peng2011", "zh"].description


def test_a_study_page_leads_to_its_places_its_reference_and_its_discrepancies(pages):
    text = pages["studies/han2008", "en"].markdown
    assert 'href="../../sources/feng2023/clinical-research/#src-feng2023-3-2-p2"' in text
    assert 'href="../../references/han2008/"' in text
    assert 'href="../../discrepancies/#discrepancies-han2008-cells"' in text


def test_a_study_page_prints_the_notes_of_its_values(pages):
    """Source 004, section 3.1, second paragraph: 共有 56 例 HBV 相关 ACLF 患者接受注射."""
    text = pages["studies/lin2017", "zh"].markdown
    _, note = text.split("治疗 56\u00a0例", 1)
    assert re.match(r'</a><sup class="note-mark"><a href="#characteristics-note-1">', note)
    assert '<li id="characteristics-note-1">原文写“共有 56 例……接受注射”' in note


def test_a_value_from_a_title_leads_to_the_reference(pages):
    text = pages["studies/guo2019", "en"].markdown
    assert re.search(r'href="\.\./\.\./references/guo2019/" data-place="guo2019/title">[^<]', text)


def test_a_study_of_the_same_team_is_named(pages):
    assert re.search(r'team of: <a href="\.\./salama2014/">', pages["studies/salama2010", "en"].markdown)


def test_a_page_of_a_source_lists_the_discrepancies_of_its_passages(real_site):
    text = render_page(real_site.pages["en", "sources/feng2023/clinical-research"], real_site)
    assert "{#about-discrepancies}" in text
    assert 'href="../../../discrepancies/#discrepancies-han2008-cells"' in text
    assert (
        'href="./#src-feng2023-3-2-p2"' in text or 'href="../clinical-research/#src-feng2023-3-2-p2"' in text
    )


def test_a_study_page_says_how_to_cite_it(pages):
    assert "Lin 2017. MSC Liver Reference. https://" in pages["studies/lin2017", "en"].markdown


def test_notes_below_the_results_are_those_of_the_record_and_begin_with_1(pages):
    numbered = 0
    for page in pages.values():
        for table in page.markdown.split('<ol class="table-notes">')[1:]:
            numbers = re.findall(r'<li id="[^"]*-note-(\d+)">', table.partition("</ol>")[0])
            assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
            assert all(f"-note-{number}" in page.markdown.replace("<li", "") for number in numbers)
            numbered += 1
    assert numbered


def test_a_note_on_a_conflict_says_so_where_one_side_states_nothing(real_site):
    table = build_table(real_site.collections["claims"], "mechanisms", "zh", real_site.labels)
    assert table.notes
    assert not [note for note in table.notes if "：；" in note]
    assert any("NR 未报告；" in note for note in table.notes)

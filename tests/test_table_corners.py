"""Tables whose first column names their rows."""

from markdown import Markdown

from macros.table_corners import TableCorners


def html(text: str) -> str:
    converted = Markdown(extensions=["tables", TableCorners()]).convert(text)
    return converted.replace("\n", "")


def test_below_an_empty_corner_the_first_cells_are_the_headings_of_their_rows():
    assert html("| | Oolong |\n|---|---|\n| Water | 85 °C |\n| | 3 min |\n") == (
        "<table><thead><tr><td></td><th>Oolong</th></tr></thead>"
        '<tbody><tr><th scope="row">Water</th><td>85 °C</td></tr>'
        "<tr><td></td><td>3 min</td></tr></tbody></table>"
    )


def test_a_table_with_words_or_a_mark_in_its_corner_stays_as_it_is():
    for corner in ("Tea", "**Tea**", "`x`"):
        assert "scope" not in html(f"| {corner} | Oolong |\n|---|---|\n| Water | 85 °C |\n")

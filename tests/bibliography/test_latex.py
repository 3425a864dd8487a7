r"""What LaTeX in a .bib file looks like to a reader. Expected values are what LaTeX prints."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.bibliography.latex import (
    decode_latex,
    find_closing_brace,
    find_unknown_commands,
    unescape_identifier,
)

# Machines may be busy: how long an example takes is measured elsewhere.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

LATEX = st.text(alphabet="\\{}$^_~`'-\"abvi 12+<&é等", max_size=40)
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            r"\emph{",
            r"\textsuperscript{",
            r"\'{",
            r"\'",
            "{",
            "}",
            "$",
            "^",
            "_",
            r"\alpha",
            r"\it",
            r"\url{",
            "x",
        ]
    ),
    max_size=25,
).map("".join)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        (r"{\v{S}}t{\v e}p{\'a}n", "Štěpán"),
        (r"na{\"\i}ve", "naïve"),
        (r"Cal{\`i}", "Calì"),
        (r"Ch{\'a}vez-Tapia", "Chávez-Tapia"),
        (r"\'Etienne \'{E} {\'E} {\'{E}}", "Étienne É É É"),
        (r"\^o \~n \=a \.z \u g \H{o} \c{c} \k{a} \r{a} \d{s} \b{b}", "ô ñ ā ż ğ ő ç ą å ṣ ḇ"),
        (r"\'\i \'{\i} \v{\j}", "íí ǰ"),
        (r"\'{\^e}", "ế"),
        (r"{\AA}ngstr{\"o}m", "Ångström"),
        (r"Stra{\ss}e, stra\ss e", "Straße, straße"),
        (r"S{\o}ren {\O}", "Søren Ø"),
        (r"{\aa}{\ae}{\AE}{\oe}{\l}{\L}{\dh}{\th}", "åæÆœłŁðþ"),
    ],
)
def test_accents_and_letters_become_the_letters_themselves(raw: str, plain: str):
    assert decode_latex(raw).plain == plain


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        (r"{CD34}\textsuperscript{+} cells", "CD34<sup>+</sup> cells"),
        (r"CD34$^+$ cells", "CD34<sup>+</sup> cells"),
        (r"CD34$^{+}$ cells", "CD34<sup>+</sup> cells"),
        (r"CD34\textsuperscript + cells", "CD34<sup>+</sup> cells"),
        (r"Cu$_2$O", "Cu<sub>2</sub>O"),
        (r"H\textsubscript{2}O", "H<sub>2</sub>O"),
        (r"10$^{-6}$", "10<sup>-6</sup>"),
        (r"\textit{in vivo} and \emph{in vitro}", "<i>in vivo</i> and <i>in vitro</i>"),
        (r"{\em in vivo} study", "<i>in vivo</i> study"),
        (r"{\itshape in vivo}, {\bf bold}", "<i>in vivo</i>, bold"),
        (r"\textbf{bold} \textsc{caps}", "bold caps"),
        (r"\emph{a \emph{b} \textsuperscript{c}}", "<i>a b <sup>c</sup></i>"),
        (r"\textsuperscript{}x", "x"),
        (r"$\alpha$-SMA", "α-SMA"),
        (r"{TGF}$\beta$-1/Smad", "TGFβ-1/Smad"),
        (r"$\alpha $-SMA, $\alpha\beta \gamma$", "α-SMA, αβ γ"),
        (r"\(\gamma\delta\) T cells", "γδ T cells"),
        (r"\alpha-helix", "α-helix"),
        (r"$p \leq 0.05$, $\pm$ 3, $2 \times 10^6$", "p ≤ 0.05, ± 3, 2 × 10<sup>6</sup>"),
        (r"37$^\circ$C and 37$^{\circ}$C", "37°C and 37°C"),
        (r"$5'$-end", "5′-end"),
        (r"costs $5 or \$6", "costs $5 or $6"),
        (r"5\% of R\&D, \#1, a\_b, \{c\}", "5% of R&amp;D, #1, a_b, {c}"),
        ("``quoted'' text", "“quoted” text"),
        ("1990--2000 --- a decade", "1990–2000 — a decade"),
        (r"\href{https://example.org/a_b%20c}{the page \& more}", "the page &amp; more"),
        (r"\url{https://example.org/a\_b%20c}", "https://example.org/a_b%20c"),
        ("<script>alert(1)</script> & {x}", "&lt;script&gt;alert(1)&lt;/script&gt; &amp; x"),
        (r"\emph{<b>}", "<i>&lt;b&gt;</i>"),
        ("肝硬化$^{+}$", "肝硬化<sup>+</sup>"),
    ],
)
def test_markup_becomes_html_with_sup_sub_and_i_only(raw: str, html: str):
    text = decode_latex(raw)
    assert text.html == html
    assert text.plain == unescape(re.sub("</?(?:sup|sub|i)>", "", html))


def test_ties_are_no_break_spaces_in_html_and_spaces_in_plain_text():
    text = decode_latex(r"5~mg and 10\,000")
    assert text.plain == "5 mg and 10 000"
    assert text.html == "5\u00a0mg and 10\u00a0000"


def test_text_without_markup_is_unchanged():
    assert decode_latex("A plain title, 50% of it").plain == "A plain title, 50% of it"


def test_an_unknown_command_stays_visible_and_is_named_once():
    raw = r"A \foo{bar} and \foo{baz}"
    assert r"\foo" in decode_latex(raw).plain
    assert find_unknown_commands(raw) == (r"\foo",)


@pytest.mark.parametrize("raw", [r"\emph{a} \alpha {\it b} \& \'e \href{x}{y} \(x\)", "no command at all"])
def test_commands_that_are_understood_are_not_named(raw: str):
    assert find_unknown_commands(raw) == ()


@pytest.mark.parametrize(
    "raw",
    [
        "{" * 20_000 + "x" + "}" * 20_000,
        r"\emph{" * 20_000 + "x" + "}" * 20_000,
        r"\'{" * 20_000 + "x" + "}" * 20_000,
        r"\textsuperscript" + "{" * 20_000 + "x",
        r"\href{" * 20_000 + "}" * 20_000 + "{x}",
        "$" * 20_001 + "x",
        "}" * 20_000 + "x",
    ],
    ids=["braces", "emph", "accents", "unclosed", "href", "dollars", "closed"],
)
def test_twenty_thousand_levels_are_decoded(raw: str):
    assert "x" in unicodedata.normalize("NFD", decode_latex(raw).plain)


@UNHURRIED
@given(LATEX | FRAGMENTS)
def test_anything_is_decoded_into_well_formed_html(raw: str):
    text = decode_latex(raw)
    open_tags = []
    for closing, tag in re.findall(r"<(/?)([^<>]*)>", text.html):
        assert tag in ("sup", "sub", "i")
        if closing:
            assert open_tags.pop() == tag
        else:
            assert tag not in open_tags
            open_tags.append(tag)
    assert open_tags == []


@UNHURRIED
@given(LATEX | FRAGMENTS)
def test_plain_text_is_the_html_without_its_tags(raw: str):
    text = decode_latex(raw)
    without_tags = unescape(re.sub("</?(?:sup|sub|i)>", "", text.html)).replace("\u00a0", " ")
    assert text.plain == without_tags.strip()


@UNHURRIED
@given(st.text(alphabet="abc éα等0123<>&.,;", max_size=40))
def test_text_without_latex_is_only_escaped(raw: str):
    text = decode_latex(raw)
    assert (text.plain, unescape(text.html)) == (raw.strip(), raw.strip())


def test_identifiers_lose_the_backslash_of_an_escape_and_nothing_else():
    raw = r"https://example.org/a\_b\%20c%20d~e--f\&g$h$"
    assert unescape_identifier(raw) == "https://example.org/a_b%20c%20d~e--f&g$h$"


@pytest.mark.parametrize(("raw", "end"), [("{a{b}c}d", 6), ("{a", -1), (r"{a\}b}", 5), ("{}", 1)])
def test_a_closing_brace_is_found_over_nested_and_escaped_ones(raw: str, end: int):
    assert find_closing_brace(raw, 0) == end

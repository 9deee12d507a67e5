"""Charts: pictures that need nothing but themselves, with title, text and numbers; the same bytes for the same chart."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from engine.views.article import Article, Section, article_markdown, article_text
from engine.views.article_html import article_html
from engine.views.chart import Chart, Kind, Mark
from engine.views.chart_spec import FEW, INKS, PALETTE, Ground, chart_spec
from engine.views.chart_text import drawn, exact, numbers_of, short
from engine.views.drawn_chart import SCALE, chart_png, chart_svg
from tests.house.checkout import ROOT

PAID = Chart(
    "paid", "bars", "Paid <by> payee", "Lea 1 gets the most & Lea 3 nothing.", ("payee", "text"), ("paid", "money"),
    (Mark("Lea 1", Fraction(1_250_000)), Mark("Lea 2", Fraction(-400)), Mark("Lea 3", Fraction(1, 3))),
)  # fmt: skip
BY_VALUE = Chart(
    "by-value", "line", "Listed by floor", "It falls.", ("wage_floor", "money"), ("listed", "count"),
    tuple(Mark(Fraction(1000 * step), Fraction(20 - step)) for step in range(8)),
)  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def of_kind(kind: Kind, count: int = 4, series: int = 1, named: bool = True) -> Chart:
    marks = tuple(
        Mark(f"n{at}" if named else Fraction(at), Fraction(at, 7), f"s{one}" if series > 1 else "",
             Fraction(at, 9), Fraction(at + 1, 5))
        for at in range(count) for one in range(series)
    )  # fmt: skip
    return Chart("any", kind, "Any", "What there is.", ("x", "text" if named else "number"), ("y", "ratio"), marks)


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("series", [1, 2, 11])
@pytest.mark.parametrize("kind", ["line", "bars", "ranges", "points"])
def test_every_kind_is_drawn_with_title_and_text(kind: Kind, series: int, named: bool) -> None:
    """A picture to look at: role, name and description; nothing in it loads anything or runs."""
    chart = of_kind(kind, series=series, named=named)
    svg = chart_svg(chart)
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    assert [root[0].text, root[1].text] == ["Any", "What there is."]
    assert len(root.findall(f".//{SVG}path")) >= 4
    said = svg.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|href|<script|<image|url\(|@import|\son\w+=", said)


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_a_png_is_as_large_as_three_drawings(ground: Ground) -> None:
    data = chart_png(PAID, ground)
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR"
    root = ElementTree.fromstring(chart_svg(PAID, ground))
    size = [int(root.get(side) or 0) * SCALE for side in ("width", "height")]
    assert [int.from_bytes(data[16:20]), int.from_bytes(data[20:24])] == size
    assert chart_png(PAID, ground) == data


def test_the_same_chart_has_the_same_bytes_in_another_process() -> None:
    """Also where names are hashed otherwise."""
    code = (
        "import hashlib\nfrom tests.views.test_drawn_chart import BY_VALUE, PAID, chart_svg, chart_png\n"
        "print(hashlib.sha256((chart_svg(PAID) + chart_svg(BY_VALUE, 'page')).encode() + chart_png(PAID)).hexdigest())"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}, check=True,
            capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert found[0] == found[1] and len(found[0].strip()) == 64


UNDRAWN = ("\0", "\x01", "\x1b", "\ufffe", "\uffff", "\ud800", "\udfff", "\u2028")


def with_texts(text: str) -> Chart:
    marks = tuple(Mark(f"{text}{at}", Fraction(at), f"{text}{series}") for at in range(2) for series in range(2))
    return Chart("any", "bars", text, text, (text, "text"), (text, "money"), marks)


def test_characters_that_no_picture_can_hold_are_replaced() -> None:
    """In another process: with some of them the library of charts does not raise, it ends the process."""
    code = (
        "from xml.etree import ElementTree\n"
        "from tests.views.test_drawn_chart import UNDRAWN, with_texts, chart_svg, chart_png\n"
        "for text in (*map('a{}b'.format, UNDRAWN), 'a' * 22 + chr(0x1f600) * 9, chr(0x1f600) * 99):\n"
        "    chart = with_texts(text)\n"
        "    pages = [ElementTree.fromstring(chart_svg(chart, one).encode()) for one in ('light', 'page')]\n"
        "    assert chart_png(chart)[:4] == b'\\x89PNG'\n"
        "    print(ascii([one.text for one in pages[1][:2]]), ''.join(pages[0].itertext()).count(chr(0xfffd)) > 4)\n"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    lines = found.stdout.splitlines()
    assert lines[:7] == ["['a\\ufffdb', 'a\\ufffdb'] True"] * 7
    assert lines[7] == "['a\\u2028b', 'a\\u2028b'] True" and len(lines) == 10
    assert lines[9].startswith("['\\U0001f600") and lines[9].endswith(" True")


@pytest.mark.parametrize("text", UNDRAWN[:-1])
def test_a_page_holds_no_character_that_pages_cannot(text: str) -> None:
    html = article_html(Article(f"A{text}", text, (), (Section(text, (text,), charts=(with_texts(text),)),)))
    assert text not in html and "<title>\ufffd</title><desc>\ufffd</desc>" in html and html.encode()


def test_numbers_are_written_as_decimals() -> None:
    """No binary fraction of ours: what stands in the specification are texts, which Vega reads as numbers."""
    spec = chart_spec(PAID, "light")
    rows = next(iter(spec["datasets"].values()))
    assert [row["y"] for row in rows] == ["1250000", "-400", "0.333333333333"]
    assert spec["data"]["format"]["parse"]["y"] == "number"
    assert [row["label"] for row in rows] == ["$1.25M", "-$400", "$0.33"]


def test_bars_begin_at_nothing_and_lines_need_not() -> None:
    def ends(chart: Chart) -> tuple[str, str]:
        scale = chart_spec(chart, "light")["layer"][0]["encoding"]["x" if chart.kind == "bars" else "y"]["scale"]
        return scale["domainMin"]["expr"], scale["domainMax"]["expr"]

    high = Chart(
        "h", "bars", "", "", ("a", "text"), ("b", "money"), (Mark("a", Fraction(90)), Mark("b", Fraction(100)))
    )
    assert ends(high) == ("0", "120")
    numbers = (Mark(Fraction(1), Fraction(90)), Mark(Fraction(2), Fraction(100)))
    assert ends(replace(high, kind="line", x=("a", "number"), marks=numbers)) == ("89", "101")


def test_few_marks_are_labeled_and_many_are_not() -> None:
    few, many = of_kind("bars", FEW), of_kind("bars", FEW + 1)
    assert [len(chart_spec(one, "light")["layer"]) for one in (few, many)] == [2, 1]


def test_series_have_the_colors_that_all_eyes_tell_apart() -> None:
    scale = chart_spec(of_kind("line", series=3), "light")["layer"][-1]["encoding"]["color"]["scale"]
    assert scale == {"domain": ["s0", "s1", "s2"], "range": list(PALETTE[:3])}
    many = chart_spec(of_kind("line", series=9), "light")["layer"][-1]["encoding"]["color"]["scale"]
    assert many == {"scheme": "viridis"}


def test_marks_of_several_series_stand_beside_each_other_only_where_they_share_a_place() -> None:
    """Bars that are told apart by color alone are as thick as others, and the chart as high."""
    shared = of_kind("bars", 3, series=2)
    alone = replace(shared, marks=tuple(replace(one, x=f"{one.x} {one.series}") for one in shared.marks))
    specs = [chart_spec(one, "light") for one in (shared, alone)]
    assert ["yOffset" in one["layer"][0]["encoding"] for one in specs] == [True, False]
    assert specs[0]["height"] == specs[1]["height"]


def test_marks_stand_as_given() -> None:
    assert chart_spec(PAID, "light")["layer"][0]["encoding"]["y"]["sort"] is None


def test_on_a_page_a_picture_takes_the_colors_of_the_text() -> None:
    svg = chart_svg(PAID, "page")
    assert "currentColor" in svg and "width=" not in svg[: svg.index("<title>")]
    assert INKS["light"][0] not in svg and INKS["light"][0] in chart_svg(PAID)


def test_a_page_has_picture_text_and_numbers() -> None:
    article = Article("A", "Lead.", (), (Section("S", charts=(PAID, replace(PAID, marks=()))),))
    html = article_html(article)
    assert html.count("<svg ") == 1 and html.count("<details") == 1
    assert "<title>Paid &lt;by&gt; payee</title><desc>Lea 1 gets the most &amp; Lea 3 nothing.</desc>" in html
    assert "<figcaption>Paid &lt;by&gt; payee</figcaption>" in html and "$1,250,000.00" in html
    assert not re.search(r"https?:", html.replace("http://www.w3.org/2000/svg", ""))
    assert "<script" not in html


def test_markdown_has_the_text_alone_and_a_terminal_nothing() -> None:
    article = Article("A", "Lead.", (), (Section("S", charts=(PAID,)),))
    assert "*Paid &lt;by&gt; payee: Lea 1 gets the most & Lea 3 nothing.*" in article_markdown(article)
    assert "<svg" not in article_markdown(article)
    assert "Lea 1" not in article_text(article)


def test_the_numbers_of_a_chart_are_exact() -> None:
    assert numbers_of(PAID) == (
        ("payee", "paid"), (("Lea 1", "$1,250,000.00"), ("Lea 2", "-$400.00"), ("Lea 3", "$0.3333…")),
    )  # fmt: skip
    head, rows = numbers_of(of_kind("ranges", 1, 2))
    assert head == ("x", "", "y", "from", "to") and rows[0] == ("n0", "s0", "0%", "0%", "20%")


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (Fraction(1_250_000), "money", "$1.25M"),
        (Fraction(12_345_678), "money", "$12.3M"),
        (Fraction(-999), "money", "-$999"),
        (Fraction(13_537), "money", "$13.5K"),
        (Fraction(5, 2), "money", "$2.5"),
        (Fraction(2_000_000_000), "money", "$2B"),
        (Fraction(5476, 10000), "ratio", "54.8%"),
        (Fraction(12573), "count", "12,573"),
        (Fraction(1, 3), "number", "0.33"),
    ],
)
def test_short_texts(value: Fraction, unit: str, expected: str) -> None:
    assert short(value, unit) == expected  # type: ignore[arg-type]


def test_texts_of_drawings() -> None:
    assert [drawn(Fraction(2, 3)), drawn(Fraction(-5, 2)), drawn(Fraction(10))] == ["0.666666666667", "-2.5", "10"]
    assert [exact("as it is", "money"), exact(Fraction(1, 8), "ratio")] == ["as it is", "12.5%"]


def test_importing_the_view_loads_no_library_of_charts() -> None:
    code = "import sys, engine.views.article_html, engine.views.simulation_article; print({'altair', 'vl_convert'} & {*sys.modules})"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert found.stdout == "set()\n"

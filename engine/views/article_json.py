"""An article as JSON, from which the same article can be read again: what a page was made of."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, get_args

from ..results.table_file import json_text
from ..results.written_number import written_fraction
from .article import Article, Grid, Section
from .chart import Chart, Kind, Mark

FILE, INTERNAL_FILE = "article.json", "article-internal.json"
"""What everybody may read, and what may tell of single persons."""

FORM = 1


def article_json(one: Article) -> str:
    """The article with all that its page says; numbers of charts stand exactly, as text."""
    return json_text(
        {
            "specie_article": FORM,
            "title": one.title,
            "lead": one.lead,
            "loud": list(one.loud),
            "sections": [_section(each) for each in one.sections],
            "foot": list(one.foot),
            "tag": one.tag,
        }
    )


def _section(one: Section) -> dict[str, Any]:
    return {
        "title": one.title,
        "loud": list(one.loud),
        "bullets": list(one.bullets),
        "paragraphs": list(one.paragraphs),
        "charts": [_chart(each) for each in one.charts],
        "tables": [
            {"head": list(each.head), "numbers": sorted(each.numbers), "rows": [list(row) for row in each.rows]}
            for each in one.grids
        ],
    }


def _chart(one: Chart) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": one.kind,
        "title": one.title,
        "alt": one.alt,
        "x": list(one.x),
        "y": list(one.y),
        "marks": [_mark(each) for each in one.marks],
    }


def _mark(one: Mark) -> dict[str, Any]:
    place = {"at": str(one.x)} if isinstance(one.x, Fraction) else {"x": one.x}
    ends = {"low": one.low, "high": one.high}
    told = {name: str(value) for name, value in ends.items() if value is not None}
    return {**place, "y": str(one.y), **({"series": one.series} if one.series else {}), **told}


def read_article(data: bytes) -> Article | None:
    """The article that `article_json` wrote; nothing where it is something else."""
    try:
        said = json.loads(data)
        if said["specie_article"] != FORM:
            return None
        sections = tuple(map(_read_section, said["sections"]))
        return Article(said["title"], said["lead"], _texts(said["loud"]), sections, _texts(said["foot"]), said["tag"])
    except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError):
        return None


def _texts(said: list[str]) -> tuple[str, ...]:
    return tuple(map(str, said))


def _read_section(said: dict[str, Any]) -> Section:
    grids = tuple(
        Grid(_texts(one["head"]), tuple(map(_texts, one["rows"])), frozenset(one["numbers"])) for one in said["tables"]
    )
    return Section(
        said["title"], _texts(said["paragraphs"]), grids, _texts(said["loud"]), _texts(said["bullets"]),
        tuple(map(_read_chart, said["charts"])),
    )  # fmt: skip


def _read_chart(said: dict[str, Any]) -> Chart:
    marks = tuple(map(_read_mark, said["marks"]))
    (x, x_unit), (y, y_unit) = said["x"], said["y"]
    name, title, alt = _texts([said["name"], said["title"], said["alt"]])
    if said["kind"] not in get_args(Kind):
        raise ValueError("not a kind of charts")
    return Chart(name, said["kind"], title, alt, (str(x), x_unit), (str(y), y_unit), marks)


def _read_mark(said: dict[str, Any]) -> Mark:
    ends = [written_fraction(said[name]) if name in said else None for name in ("low", "high")]
    place = written_fraction(said["at"]) if "at" in said else str(said["x"])
    return Mark(place, written_fraction(said["y"]), str(said.get("series", "")), *ends)

"""A page as its parts, a sentence, sections, tables: one article for a terminal, for Markdown and for HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import wrap

from .chart import Chart
from .markdown import cell, table

TAG = "specie"
"""The hidden word by which a comment of an earlier run is found and replaced."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads, rows of texts, and which columns hold numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A title, warnings (`loud`), a list, paragraphs, charts and tables, in this order. A terminal shows no charts."""

    title: str
    paragraphs: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    loud: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """What it is about, the one sentence that says it, warnings, sections, and what stands at its foot.

    tag   by what a later one is known to be about the same; the title where it is not given
    """

    title: str
    lead: str
    loud: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    foot: tuple[str, ...] = ()
    tag: str = ""


def article_text(one: Article, width: int = 80) -> str:
    """For a terminal of so many columns."""
    lines = _wrapped(one.lead, width)
    for text in one.loud:
        lines += ["", *_wrapped(f"! {text}", width)]
    for section in one.sections:
        lines += ["", section.title, "-" * min(len(section.title), width)]
        for text in section.loud:
            lines += _wrapped(f"! {text}", width)
        for text in section.bullets:
            lines += wrap(text, width, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
        for text in section.paragraphs:
            lines += _wrapped(text, width)
        for number, grid in enumerate(section.grids):
            lines += ["", *grid_lines(grid, width)] if number or section.paragraphs else grid_lines(grid, width)
    if one.foot:
        lines += [""]
        for text in one.foot:
            lines += _wrapped(text, width)
    return "\n".join(lines) + "\n"


def grid_lines(grid: Grid, width: int) -> list[str]:
    """The lines of a table: columns as wide as they need, the widest narrowed and wrapped until all fit. A name in a
    head is broken after `_` and `.`, a number only where there is no room for it.
    """
    count = len(grid.head)
    natural = [max(len(row[place]) for row in (grid.head, *grid.rows)) for place in range(count)]
    heads = [max((len(piece) for piece in _PIECE.findall(text.replace(" ", "_"))), default=0) for text in grid.head]
    least = [min(one, max(8, head)) for one, head in zip(natural, heads, strict=True)]
    words = [max((len(word) for row in grid.rows for word in row[place].split()), default=0) for place in range(count)]
    whole = [max(one, words[place]) if place in grid.numbers else one for place, one in enumerate(least)]
    if sum(whole) + 2 * (count - 1) <= width:
        least = whole
    widths = [*natural]
    while sum(widths) + 2 * (count - 1) > width and any(widths[place] > least[place] for place in range(count)):
        widest = max((place for place in range(count) if widths[place] > least[place]), key=lambda place: widths[place])
        widths[widest] -= 1
    lines = []
    for number, row in enumerate((grid.head, *grid.rows)):
        cells = [_cell_lines(text, widths[place]) for place, text in enumerate(row)]
        for level in range(max(len(one) for one in cells)):
            parts = []
            for place, one in enumerate(cells):
                text = one[level] if level < len(one) else ""
                parts.append(text.rjust(widths[place]) if place in grid.numbers else text.ljust(widths[place]))
            lines.append("  ".join(parts).rstrip())
        if not number:
            lines.append("  ".join("-" * one for one in widths))
    return lines


def _cell_lines(text: str, width: int) -> list[str]:
    """The lines of a cell; a name that is wider than its column breaks after `_` and `.`, and anywhere if it must."""
    parts = [part for word in text.split() for part in _broken(word, width)]
    return wrap(" ".join(parts), width, break_on_hyphens=False) or [""]


def _broken(word: str, width: int) -> list[str]:
    if len(word) <= width:
        return [word]
    found = [""]
    for piece in _PIECE.findall(word):
        if found[-1] and len(found[-1]) + len(piece) > width:
            found.append("")
        found[-1] += piece
    return found


_PIECE = re.compile(r"[^_.]*[_.]+|[^_.]+")
"""A name up to and with the sign behind it."""


def article_markdown(one: Article, limit: int = 65_536, link: str = "") -> str:
    """For a comment on a pull request: at most `limit` characters, after which sections are left out from the end, with
    a `link` to the whole where there is one.
    """
    head = [
        f"<!-- {TAG}: {_hidden(one.tag or one.title)} -->",
        f"### {cell(one.title)}",
        "",
        f"**{escaped(one.lead)}**",
    ]
    for text in one.loud:
        head += ["", f"> **{escaped(text)}**"]
    foot = [f"<sub>{' · '.join(escaped(text) for text in one.foot)}</sub>"] if one.foot else []
    parts = ["\n".join(_section_lines(section)) for section in one.sections]
    left = [f"*Left out here for length: {{}}.*{f' [The whole page]({link})' if link else ''}"]
    for kept in range(len(parts), -1, -1):
        dropped = ", ".join(cell(section.title) for section in one.sections[kept:])
        tail = [left[0].format(dropped)] if dropped else []
        text = "\n\n".join(["\n".join(head), *parts[:kept], *tail, *foot]) + "\n"
        if len(text) <= limit:
            return text
    return text[: limit - 2] + "…\n"


def _hidden(text: str) -> str:
    """Text that may stand in a comment of HTML: on one line, and nothing in it ends the comment."""
    return " ".join(text.replace("--", "- -").replace(">", "").split())


def escaped(text: str) -> str:
    """Text of users in Markdown: what would start a tag, a link, emphasis, code or a mention stands for itself."""
    for sign in "\\`*_[]<>#@|~":
        text = text.replace(sign, f"\\{sign}" if sign not in "<>@" else {"<": "&lt;", ">": "&gt;", "@": "&#64;"}[sign])
    return " ".join(text.split())


def _section_lines(section: Section) -> list[str]:
    lines = [f"#### {escaped(section.title)}"]
    for text in section.loud:
        lines += ["", f"> **{escaped(text)}**"]
    lines += ["", *(f"- {escaped(text)}" for text in section.bullets)] if section.bullets else []
    for text in section.paragraphs:
        lines += ["", escaped(text)]
    for chart in section.charts:
        lines += ["", f"*{escaped(chart.title)}: {escaped(chart.alt)}*"] if chart.marks else []
    for grid in section.grids:
        rows = [[escaped(text) for text in row] for row in grid.rows]
        body = table([escaped(text) for text in grid.head], rows)
        body[1] = f"| {' | '.join('---:' if place in grid.numbers else '---' for place in range(len(grid.head)))} |"
        lines += ["", *body]
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False) or [""]

"""An explanation as text: the verdict in one sentence, then what it rests on, level by level."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..results.dollars import dollars
from ..results.explain.explanation import (
    Datum,
    Entry,
    Explanation,
    Given,
    Item,
    Ledger,
    Margin,
    Note,
    Place,
    Rows,
    Rule,
    SeenRow,
    Step,
)
from ..results.quantity import shown
from ..results.table import decimal_text
from .explanation_words import (
    besides,
    counted_text,
    datum_text,
    file_text,
    in_force_text,
    margin_text,
    read_text,
    row_text,
    rule_name,
    same_row,
    source_text,
    told_elsewhere,
    value_text,
    verdict_text,
)
from .snippet import Line, columns, paint, plain, visible

INDENT = 2
LEAST = 40
"""Columns of text that the deepest level gets, however narrow the terminal."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What the lines of an explanation share: its width, its sources by number, the parameters told already."""

    width: int
    levels: int
    brief: bool = False
    sources: dict[str, int] = field(default_factory=dict)
    told: set[tuple[str, object]] = field(default_factory=set)

    def source(self, text: str) -> str:
        """The sign of a source: its number in the order of use."""
        return f" [{self.sources.setdefault(text, len(self.sources) + 1)}]" if text else ""


STYLES = {"met": "help", "not_met": "error", "undetermined": "warning", "not_applicable": "note"}


def render_explanation(
    explanation: Explanation, width: int = 80, color: bool = False, levels: int = 99, brief: bool = False
) -> str:
    """The explanation, `width` columns wide, ended by a line end; only the first `levels` levels of its tree.

    A `brief` one stands on a page that has told what run it is of: it leaves that out, and single rows, paths, titles
    of sources and what changes nothing.
    """
    lines: list[Line] = [[(line, "strong")] for line in _wrap(explanation.sentence, width, "", "")]
    if not brief:
        lines += [[], *_frame(explanation, width)]
    if explanation.responsible:
        failed = any(one.failed for one in explanation.responsible)
        lines += [[], [("what failed" if failed else "what is not known", "strong")]]
        for one in explanation.responsible:
            read = read_text(one.place) if one.place is not None else ""
            lines += [[(line, "")] for line in _wrap(f"{one.text}{read}", width, "  - ", "    ")]
    if not brief:
        for title, told in besides(explanation):
            lines += [[], [(title, "strong")]]
            lines += [[(line, "")] for one in told for line in _wrap(one, width, "  - ", "    ")]
    page = _Page(width, levels, brief)
    for item in explanation.items:
        lines.append([])
        lines += _item(item, 0, page, explanation.place)
    if page.sources:
        lines += [[], [("sources", "strong")]]
    for source, number in page.sources.items():
        lines += [[(line, "")] for line in _wrap(source, width, f"  [{number}] ", "      ")]
    return "".join(f"{paint(line) if color else plain(line)}\n" for line in lines)


def _frame(explanation: Explanation, width: int) -> Iterator[Line]:
    """Which run it is of, where the row was read, and what is made up."""
    day, year = explanation.as_of.isoformat(), explanation.school_year
    frame = f"policy {explanation.policy} · as of {day} · school year {year}"
    yield from ([(line, "")] for line in _wrap(frame, width, "", ""))
    if file_text(explanation.place):
        read = f"{row_text(explanation.place)}{read_text(explanation.place)}"
        yield from ([(line, "")] for line in _wrap(read, width, "", "  "))
    if explanation.made_up:
        yield from ([(line, "warning")] for line in _wrap(f"made up: {explanation.made_up}", width, "", "  "))


def _item(item: Item, level: int, page: _Page, here: Place) -> Iterator[Line]:
    """The lines of an item; `here` is the row that has just been named."""
    if level >= page.levels:
        return
    match item:
        case Rule():
            yield from _rule(item, level, page, here)
        case Step():
            yield from _line(item.text, value_text(item), level, page)
            yield from _margin(item.margin, level + 1, page)
            for each in item.items:
                yield from _item(each, level + 1, page, here)
        case Rows():
            yield from _line(item.text, value_text(item), level, page)
            yield from _counted(item, level + 1, page, here)
        case Datum():
            yield from _datum(item, level, page, here)
        case Given():
            yield from _given(item, level, page)
        case Ledger():
            yield from _ledger(item, level, page)
        case Note():
            yield from _text(item.text, level, page)


def _rule(rule: Rule, level: int, page: _Page, here: Place) -> Iterator[Line]:
    called, elsewhere = rule_name(rule), told_elsewhere(rule, here)
    of = called if same_row(rule.place, here) else f"{called} of {row_text(rule.place)}"
    said = verdict_text(rule) + (f" ({elsewhere})" if elsewhere else "")
    yield from _line(of, said, level, page, STYLES.get(rule.verdict, "strong"))
    if rule.again:
        return
    if rule.title:
        yield from _named("title", rule.title, level + 1, page)
    if rule.because:
        yield from _named("because" if rule.verdict == "met" else "says", rule.because, level + 1, page)
    if rule.written:
        yield from _named("rule", rule.written, level + 1, page)
    law = _law(rule.cite, rule.source, page)
    since = f"in force since {rule.since.isoformat()}" if rule.since else ""
    if law or since:
        yield from _named("law", "; ".join(part for part in (law, since) if part), level + 1, page)
    if not page.brief:
        yield from _named("path", rule.path, level + 1, page)
    if not same_row(rule.place, here) and file_text(rule.place):
        yield from _named("read", file_text(rule.place), level + 1, page)
    yield from _margin(rule.margin, level + 1, page)
    for item in rule.items:
        same = isinstance(item, Step | Rows) and item.text == rule.written
        if same and isinstance(item, Step):
            for each in item.items:
                yield from _item(each, level + 1, page, rule.place)
        elif same and isinstance(item, Rows):
            yield from _counted(item, level + 1, page, rule.place)
        else:
            yield from _item(item, level + 1, page, rule.place)


def _counted(rows: Rows, level: int, page: _Page, here: Place) -> Iterator[Line]:
    """How many rows were seen, and those that are shown."""
    if page.brief:
        return
    yield from _text(counted_text(rows), level, page)
    for row in rows.rows:
        yield from _seen(row, level + 1, page)


def _seen(row: SeenRow, level: int, page: _Page) -> Iterator[Line]:
    possible = " (possible)" if row.possible else ""
    yield from _text(f"{row_text(row.place)}{possible}{read_text(row.place)}", level, page)
    for item in row.items:
        yield from _item(item, level + 1, page, row.place)


def _datum(datum: Datum, level: int, page: _Page, here: Place) -> Iterator[Line]:
    sign = page.source(source_text(datum))
    yield from _line(datum.text, datum_text(datum) + sign, level, page)
    if not same_row(datum.place, here):
        yield from _text(f"{datum.column} of {row_text(datum.place)}{read_text(datum.place)}", level + 1, page)


def _given(given: Given, level: int, page: _Page) -> Iterator[Line]:
    known = (given.path, given.value) in page.told
    page.told.add((given.path, given.value))
    yield from _line(given.name, shown(given.value, given.type) + (" (told above)" if known else ""), level, page)
    if known:
        return
    if not given.standing:
        if given.title:
            yield from _text(given.title, level + 1, page)
        return
    yield from _text(in_force_text(given), level + 1, page)
    law = _law(given.cite, given.source, page)
    standing = given.standing.replace("_", " ")
    yield from _text("; ".join(part for part in (law, standing, given.note) if part), level + 1, page)
    if given.why and not page.brief:
        yield from _text(given.why, level + 1, page)
    for deferral in given.deferred:
        yield from _text(deferral, level + 1, page)


def _ledger(ledger: Ledger, level: int, page: _Page) -> Iterator[Line]:
    """Amounts in a column on the right; changes stand further in than totals. A law is told where it changes."""
    yield from _text(ledger.text, level, page)
    written = decimal_text if ledger.points else dollars
    amounts = [_signed(written(one.amount), one) for one in ledger.entries]
    room, law = max(map(len, amounts), default=0), ""
    for entry, amount in zip(ledger.entries, amounts, strict=True):
        margin = " " * ((level + (1 if entry.total else 2)) * INDENT)
        first, *rest = _wrap(entry.text, page.width - room - 1, margin, f"{margin}    ")
        gap = " " * max(page.width - sum(map(columns, first)) - len(amount), 1)
        yield [(first + gap, ""), (amount, "strong" if entry.total else "")]
        yield from ([(line, "")] for line in rest)
        if page.brief and not entry.amount and not entry.total:
            continue
        for note in entry.notes:
            yield from _text(note, level + 3, page)
        cited = _law(entry.cite, entry.source, page)
        if cited and cited != law:
            yield from _named("law", cited, level + 3, page)
        law = cited or law


def _signed(amount: str, entry: Entry) -> str:
    return f"+{amount}" if entry.amount > 0 and not entry.total else amount


def _margin(margin: Margin | None, level: int, page: _Page) -> Iterator[Line]:
    if margin is not None:
        yield from _named("margin", margin_text(margin), level, page)


def _law(cite: str, source: str, page: _Page) -> str:
    """A citation, with the title of its source where there is room for it."""
    return f"{cite}: {source}" if source and not page.brief else cite


# -- lines ----------------------------------------------------------------------------------------------------------


def _line(text: str, value: str, level: int, page: _Page, style: str = "strong") -> Iterator[Line]:
    """`text: value`, wrapped; the value is what stands out."""
    margin = " " * (level * INDENT)
    *first, last = _wrap(f"{text}: {value}", page.width, margin, f"{margin}    ")
    yield from ([(line, "")] for line in first)
    at = last.rfind(value)
    yield [(last, "")] if at < 0 else [(last[:at], ""), (last[at:], style)]


def _named(name: str, text: str, level: int, page: _Page) -> Iterator[Line]:
    """A fact of a rule under its short name, aligned."""
    margin = " " * (level * INDENT)
    for line in _wrap(text, page.width, f"{margin}{name:<9}", " " * (level * INDENT + 9)):
        yield [(line, "")]


def _text(text: str, level: int, page: _Page) -> Iterator[Line]:
    margin = " " * (level * INDENT)
    for line in _wrap(text, page.width, margin, f"{margin}    "):
        yield [(line, "")]


def _wrap(text: str, width: int, first: str, rest: str) -> list[str]:
    """Lines of at most `width` columns, more only where the margin would leave too little for words."""
    text = visible(" ".join(text.split()))
    wide = sum(map(columns, text)) - len(text) if not text.isascii() else 0
    room = max(width - (1 if wide else 0), len(rest) + LEAST)
    found = textwrap.wrap(
        text, room, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    )
    return found or [first.rstrip()]

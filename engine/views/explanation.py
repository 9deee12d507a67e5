"""An explanation as text: the verdict in one sentence, then what it rests on, level by level."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Date

from ..execution.values import Missing
from ..results.dollars import dollars
from ..results.explanation import (
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


WORDS = {"met": "met", "not_met": "not met", "undetermined": "undetermined", "not_applicable": "not applicable"}
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
            read = _read(one.place) if one.place is not None else ""
            lines += [[(line, "")] for line in _wrap(f"{one.text}{read}", width, "  - ", "    ")]
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
    if _file(explanation.place):
        read = f"{_row(explanation.place)}{_read(explanation.place)}"
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
            yield from _line(item.text, _value(item), level, page)
            yield from _margin(item.margin, level + 1, page)
            for each in item.items:
                yield from _item(each, level + 1, page, here)
        case Rows():
            yield from _line(item.text, _value(item), level, page)
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
    called = rule.name if rule.path != "priority_list.when" else "qualifies for the list"
    of = called if _same(rule.place, here) else f"{called} of {_row(rule.place)}"
    more = ""
    if rule.again and (rule.written or rule.place.entity == "state"):
        more = " (told above)"
    elif rule.again and not _same(rule.place, here):
        more = " (ask for its place)"
    yield from _line(of, _verdict(rule) + more, level, page, STYLES.get(rule.verdict, "strong"))
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
    if not _same(rule.place, here) and _file(rule.place):
        yield from _named("read", _file(rule.place), level + 1, page)
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
    name = rows.entity.replace("_", " ")
    if not rows.reported:
        yield from _text(f"no rows of {name} are reported, which does not mean that there are none", level, page)
        return
    counts = [f"{rows.rows_in:,} in", f"{rows.rows_out:,} out"]
    counts += [f"{rows.possible:,} possible"] if rows.possible else []
    yield from _text(f"rows of {name}: {', '.join(counts)}" + _shown_rows(rows), level, page)
    for row in rows.rows:
        yield from _seen(row, level + 1, page)


def _shown_rows(rows: Rows) -> str:
    if not rows.rows:
        return ""
    if rows.decisive:
        said = "this one" if len(rows.rows) == 1 else "these"
        return f"; {said} {'left it open' if isinstance(rows.value, Missing) else 'decided'}:"
    return f"; {rows.left_out:,} not shown:" if rows.left_out else ":"


def _seen(row: SeenRow, level: int, page: _Page) -> Iterator[Line]:
    possible = " (possible)" if row.possible else ""
    yield from _text(f"{_row(row.place)}{possible}{_read(row.place)}", level, page)
    for item in row.items:
        yield from _item(item, level + 1, page, row.place)


def _datum(datum: Datum, level: int, page: _Page, here: Place) -> Iterator[Line]:
    source = ", data as of ".join(part for part in (datum.source, datum.vintage) if part)
    if datum.made_up not in ("", "no"):
        source += ("; " if source else "") + "made up" + ("" if datum.made_up == "yes" else f": {datum.made_up}")
    sign = page.source(source)
    yield from _line(datum.text, _datum_value(datum) + sign, level, page)
    if not _same(datum.place, here):
        yield from _text(f"{datum.column} of {_row(datum.place)}{_read(datum.place)}", level + 1, page)


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
    said = [f"parameter: {given.title}" if given.title else "parameter"]
    if given.replaced:
        said.append("put in for this run in place of the policy's value")
    else:
        row = f" for {given.row}" if given.row else ""
        since = f"{',' if row else ''} since {_start(given.starts, given.keys[0])}" if given.starts else ""
        said.append(f"in force{row}{since}" if given.starts else f"not in force yet{row}")
    if given.follows:
        following = "none" if isinstance(given.next_value, Missing) else shown(given.next_value, given.type)
        said.append(f"from {_start(given.follows, given.keys[1])}: {following}")
    elif not given.replaced:
        said.append("no later change written")
    yield from _text("; ".join(said), level + 1, page)
    law = _law(given.cite, given.source, page)
    standing = given.standing.replace("_", " ")
    yield from _text("; ".join(part for part in (law, standing, given.note) if part), level + 1, page)
    for deferral in given.deferred:
        yield from _text(deferral, level + 1, page)


def _start(day: Date, key: str) -> str:
    return key or day.isoformat()


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
    if margin is None:
        return
    gap = margin.value
    below = gap < 0
    size = shown(abs(gap), margin.type)
    if margin.type.unit.kind == "ratio":
        size = size.removesuffix("%") + f" percentage point{'' if size == '1%' else 's'}"
    if gap == 0:
        said = "exactly at the line"
    elif below:
        said = f"{size} too {'little' if margin.rises else 'much'}"
    else:
        said = f"{'at least ' if margin.at_least else ''}{size} to spare"
    yield from _named("margin", said, level, page)


# -- words ----------------------------------------------------------------------------------------------------------


def _row(place: Place) -> str:
    entity = place.entity.replace("_", " ")
    named = f"{entity} {place.key}" if place.entity != "state" else "the state"
    return f"{named} ({place.label})" if place.label else named


def _file(place: Place) -> str:
    if not place.line:
        return ""
    return f"{place.file} line {place.line:,}" if place.file else f"row {place.line:,}"


def _read(place: Place) -> str:
    file = _file(place)
    return f", {file}" if file else ""


def _same(one: Place, other: Place) -> bool:
    return (one.entity, one.key) == (other.entity, other.key)


def _value(item: Step | Rows | Rule) -> str:
    if item.type.kind == "truth" and isinstance(item.value, Missing):
        return "undetermined"
    if isinstance(item, Rows) and isinstance(item.value, Missing) and not item.rows_in + item.possible:
        return "missing (no rows)"
    return shown(item.value, item.type)


def _law(cite: str, source: str, page: _Page) -> str:
    """A citation, with the title of its source where there is room for it."""
    return f"{cite}: {source}" if source and not page.brief else cite


def _verdict(rule: Rule) -> str:
    return WORDS.get(rule.verdict) or _value(rule)


def _datum_value(datum: Datum) -> str:
    text = shown(datum.value, datum.type)
    return f"{text} ({datum.reason})" if isinstance(datum.value, Missing) and datum.reason else text


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

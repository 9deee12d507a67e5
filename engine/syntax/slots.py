"""What stands in one slot of a policy: a word, a truth, a day, an expression, a list, the keys of a named thing.

A slot that is absent or of the wrong kind gives nothing, or an `Invalid` expression: the shape has been reported by
then (`shape.py`), so nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from typing import TypedDict

from ..text.diagnostic import Diagnostics
from ..text.document import Entry, Mapping, Node, Scalar, Sequence
from ..text.source import NOWHERE, Span
from .expr import Expr, Invalid, Order, Sentence
from .parse_expr import parse_order, parse_sentence, parse_test, parse_value
from .policy import Word, YearBegin
from .starts import read_day, read_start


@dataclass(frozen=True, slots=True)
class Reading:
    """What every part of a policy is read with: who writes, when his years begin, and where complaints go."""

    policy: str
    school_year: YearBegin
    fiscal_year: YearBegin
    diagnostics: Diagnostics


class ItemSlots(TypedDict):
    """The slots of `policy.Item`."""

    name: str
    span: Span
    title: str
    note: str
    cite: str
    cite_span: Span
    replaces: str
    replaces_span: Span
    because: Sentence | None
    policy: str


def slot(node: Node | None, key: str) -> Node | None:
    """The value of a key, where `node` is a mapping that has it."""
    return node.get(key) if isinstance(node, Mapping) else None


def entries(node: Node | None) -> tuple[Entry, ...]:
    """The entries of a mapping; none for anything else."""
    return node.entries if isinstance(node, Mapping) else ()


def items(node: Node | None) -> tuple[Node, ...]:
    """The items of a list; none for anything else."""
    return node.items if isinstance(node, Sequence) else ()


def lines(node: Node | None) -> tuple[Entry, ...]:
    """The entries of a list of one-key mappings, such as `tiers`."""
    return tuple(entry for item in items(node) for entry in entries(item)[:1])


def scalar(node: Node | None) -> Scalar | None:
    """A scalar that is not empty."""
    return node if isinstance(node, Scalar) and node.text else None


def text(node: Node | None) -> str:
    """The text of a scalar without the blanks around it; empty for anything else."""
    return node.text.strip() if isinstance(node, Scalar) else ""


def word(node: Node | None) -> Word | None:
    """A name with its place."""
    found = scalar(node)
    return Word(text=found.text.strip(), span=found.span) if found else None


def words(node: Node | None, reading: Reading) -> tuple[Word, ...]:
    """A list of names with their places; one that stands twice is reported (Y060) and kept once."""
    found = [name for name in map(word, items(node)) if name is not None]
    kept: dict[str, Word] = {}
    for name in found:
        if kept.setdefault(name.text, name) is not name:
            reading.diagnostics.report("Y060", name.span, name=name.text, help="take one of them out")
    return tuple(kept.values())


def truth(node: Node | None) -> bool | None:
    """Whether a scalar says yes (`yes`, `true`) or no (`no`, `false`)."""
    return {"yes": True, "true": True, "no": False, "false": False}.get(text(node))


def whole(node: Node | None) -> int | None:
    """A whole number."""
    found = text(node)
    return int(found) if found.isascii() and found.isdigit() and len(found) <= 9 else None


def day(node: Node | None, reading: Reading) -> Date | None:
    """A date; Y050."""
    found = scalar(node)
    return read_day(found, reading.diagnostics) if found else None


def start(node: Node | None, reading: Reading) -> Date | None:
    """The first day of a date, fiscal year or school year; Y050, Y051."""
    found = scalar(node)
    if found is None:
        return None
    return read_start(found, reading.school_year, reading.fiscal_year, reading.diagnostics)


def term(block: Node | None, reading: Reading) -> tuple[Date | None, Date | None]:
    """From when and until when something holds: `from` and `until`, of which each may be absent (Y050, Y051, Y055)."""
    starts, ends = start(slot(block, "from"), reading), start(slot(block, "until"), reading)
    check_until(block, starts, ends, reading)
    return starts, ends


def check_until(block: Node | None, starts: Date | None, ends: Date | None, reading: Reading) -> None:
    """Report a term that ends before it begins (Y055)."""
    until = scalar(slot(block, "until"))
    if until and starts and ends and ends <= starts:
        help = "`until` is the first day on which the rule no longer holds"
        reading.diagnostics.report("Y055", until.span, start=starts, help=help)


def value(node: Node | None, reading: Reading) -> Expr:
    """The expression in a slot that is required."""
    return optional_value(node, reading) or Invalid(span=node.span if node else NOWHERE)


def optional_value(node: Node | None, reading: Reading) -> Expr | None:
    """The expression in a slot that may be absent."""
    found = scalar(node)
    return parse_value(found, reading.diagnostics) if found else None


def test(node: Node | None, reading: Reading) -> Expr:
    """The test in a slot that is required."""
    return optional_test(node, reading) or Invalid(span=node.span if node else NOWHERE)


def optional_test(node: Node | None, reading: Reading) -> Expr | None:
    """The test in a slot that may be absent."""
    found = scalar(node)
    return parse_test(found, reading.diagnostics) if found else None


def test_or_otherwise(node: Node | None, reading: Reading) -> Expr | None:
    """The test of a line in a list of choices; nothing for `otherwise`."""
    return None if text(node) == "otherwise" else test(node, reading)


def sentence(node: Node | None, reading: Reading) -> Sentence | None:
    """A sentence with its values."""
    found = scalar(node)
    return parse_sentence(found, reading.diagnostics) if found else None


def order(node: Node | None, reading: Reading) -> Order | None:
    """An order, written in one text or as a list of its keys."""
    if isinstance(node, Sequence):
        parts = [parse_order(key, reading.diagnostics) for key in map(scalar, node.items) if key]
        return Order(tuple(key for part in parts for key in part.keys), span=node.span) if parts else None
    found = scalar(node)
    return parse_order(found, reading.diagnostics) if found else None


def item(key: Scalar, node: Node | None, reading: Reading) -> ItemSlots:
    """What every named thing carries, from the key that names it and its block."""
    cite, replaces = scalar(slot(node, "cite")), scalar(slot(node, "replaces"))
    return ItemSlots(
        name=key.text,
        span=key.span,
        title=text(slot(node, "title")),
        note=text(slot(node, "note")),
        cite=text(cite),
        cite_span=cite.span if cite else NOWHERE,
        replaces=text(replaces),
        replaces_span=replaces.span if replaces else NOWHERE,
        because=sentence(slot(node, "because"), reading),
        policy=reading.policy,
    )


def choices(node: Node | None, help: str, reading: Reading) -> Iterator[tuple[Scalar, Expr | None]]:
    """The lines of a list of choices: the name of each with its test, nothing for `otherwise`. A name that stands twice
    is reported (Y060, with `help`) and kept once; lines after `otherwise` are reported (Y056).
    """
    written = lines(node)
    check_otherwise(written, reading)
    seen: set[str] = set()
    for entry in written:
        if entry.key.text in seen:
            reading.diagnostics.report("Y060", entry.key.span, name=entry.key.text, help=help)
            continue
        seen.add(entry.key.text)
        yield entry.key, test_or_otherwise(entry.value, reading)


def check_otherwise(choices: tuple[Entry, ...], reading: Reading) -> None:
    """Report lines after `otherwise` (Y056)."""
    for entry in choices[:-1]:
        if text(entry.value) == "otherwise":
            help = "put the line with `otherwise` last"
            reading.diagnostics.report("Y056", entry.value.span, help=help)

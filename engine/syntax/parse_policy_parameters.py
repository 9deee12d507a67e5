"""From the section `parameters` to dated values."""

from __future__ import annotations

import re

from ..text.document import Entry, Mapping, Node, Scalar
from ..text.source import NOWHERE, Span
from .expr import (
    DateLiteral,
    Duration,
    Expr,
    Invalid,
    Money,
    Name,
    Negate,
    Number,
    Percent,
    Text,
    Truth,
)
from .parse_expr import parse_value
from .policy import DatedValue, Deferral, Parameter
from .slots import Reading, day, entries, item, optional_value, scalar, slot, start, text, word

_WITHOUT_SIGN = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?)", re.ASCII)
"""An amount of money without its `$`."""

_LITERALS = (Number, Percent, Money, Duration, DateLiteral, Text, Truth, Name, Invalid)


def parse_parameters(node: Node | None, reading: Reading) -> tuple[Parameter, ...]:
    """The parameters of a policy, the values of each in the order of their dates (Y052 to Y054)."""
    return tuple(_parameter(entry, reading) for entry in entries(node))


def _parameter(entry: Entry, reading: Reading) -> Parameter:
    block = entry.value
    return Parameter(
        **item(entry.key, block, reading),
        unit=word(slot(block, "unit")),
        type=word(slot(block, "type")),
        by=word(slot(block, "by")),
        in_force_by=optional_value(slot(block, "in_force_by"), reading),
        values=dated_values(slot(block, "values"), block, text(slot(block, "unit")), reading),
        review_by=day(slot(block, "review_by"), reading),
        deferred=tuple(
            found for one in entries(slot(block, "deferred")) if (found := _deferral(one, reading)) is not None
        ),
    )


def _deferral(entry: Entry, reading: Reading) -> Deferral | None:
    """What was put off, from when to when; T031 where it was not put off to a later time."""
    since, to = (scalar(slot(entry.value, key)) for key in ("from", "to"))
    starts, ends = start(since, reading), start(to, reading)
    if since is None or to is None or starts is None or ends is None:
        return None
    if ends <= starts:
        help = "`from` is when the value was to begin, `to` is when it begins instead"
        reading.diagnostics.report("T031", to.span, to=to.text, start=since.text, help=help)
        return None
    carried = item(entry.key, entry.value, reading)
    carried["span"] = to.span
    return Deferral(
        **carried,
        starts=starts,
        to=ends,
        keys=(since.text, to.text),
        decided_by=text(slot(entry.value, "decided_by")),
        decided_on=day(slot(entry.value, "decided_on"), reading),
    )


def dated_values(node: Node | None, owner: Node, unit: str, reading: Reading) -> tuple[DatedValue, ...]:
    """Values by the date from which they hold, in the order of the dates (Y052 to Y054). What a value does not say of
    its standing and citation, `owner` says for all.
    """
    found: list[tuple[Entry, DatedValue]] = []
    for dated in entries(node):
        read = _dated_value(dated, owner, unit, reading)
        if read is None:
            continue
        twin = next((other for other, held in found if held.starts == read.starts), None)
        if twin:
            help = "keep one of them"
            reading.diagnostics.report(
                "Y052", dated.key.span, found=dated.key.text, date=read.starts, other=twin.key.text, help=help
            )
            continue
        found.append((dated, read))
    return tuple(sorted((read for _, read in found), key=lambda read: read.starts))


def _dated_value(entry: Entry, owner: Node, unit: str, reading: Reading) -> DatedValue | None:
    starts = start(entry.key, reading)
    if starts is None:
        return None
    # what the value says of itself goes before what the parameter says of all its values
    block = entry.value
    own, shared = (block if slot(block, "value") else None), owner
    said = {key: text(slot(own, key)) or text(slot(shared, key)) for key in ("standing", "cite", "note")}
    standing = said["standing"] or "enacted"
    if standing == "enacted" and not said["cite"]:
        help = ("add `cite:` with the place in the law", "or say how it is known: `standing: assumed`, `secondary` …")
        reading.diagnostics.report("Y054", entry.key.span, start=entry.key.text, help=help)
    cite = scalar(slot(own, "cite")) or scalar(slot(shared, "cite"))
    members = _members(slot(own, "value") if own else block, unit, reading)
    return DatedValue(
        starts=starts,
        members=tuple((name, value) for name, value, _ in members),
        places=tuple(place for _, _, place in members),
        standing=standing,
        cite=said["cite"],
        cite_span=cite.span if cite else NOWHERE,
        note=said["note"],
        key=entry.key.text,
        span=entry.key.span,
    )


def _members(node: Node | None, unit: str, reading: Reading) -> tuple[tuple[str, Expr | None, Span], ...]:
    """The literals of a dated value: one under the empty name, or one for each member that changes."""
    if isinstance(node, Mapping):
        found = [(entry.key, scalar(entry.value)) for entry in node.entries]
        return tuple((key.text, _literal(value, unit, reading), key.span) for key, value in found if value)
    value = scalar(node)
    return (("", _literal(value, unit, reading), value.span),) if value else ()


def _literal(value: Scalar, unit: str, reading: Reading) -> Expr | None:
    """A value that is written out; nothing for the word `none`. Y053 for an expression."""
    if value.text.strip() == "none":
        return None
    if unit.startswith("USD") and (amount := _WITHOUT_SIGN.fullmatch(value.text.strip())):
        help = f"write `{amount[1]}${amount[2]}`"
        reading.diagnostics.report("S012", value.span, found=amount[0], help=help)
        return Invalid(span=value.span)
    read = parse_value(value, reading.diagnostics)
    bare = read.operand if isinstance(read, Negate) else read
    if isinstance(bare, _LITERALS):
        return read
    help = "write a number, an amount, a date or a word here, and compute with it in `definitions`"
    reading.diagnostics.report("Y053", value.span, found=" ".join(value.text.split()), help=help)
    return Invalid(span=value.span)

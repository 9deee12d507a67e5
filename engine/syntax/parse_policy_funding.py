"""From the sections `appropriations` and `funding` to dated money and the lines that draw on it."""

from __future__ import annotations

import re

from ..text.document import Entry, Node
from ..text.source import NOWHERE
from .funding import (
    THE_REST,
    Appropriation,
    DrawingLine,
    Exclusion,
    Funding,
    Limit,
    Minimum,
    PassOn,
    Rounding,
    SetAside,
    Share,
    Spend,
    Stage,
    Total,
)
from .parse_expr import parse_order_at, parse_value
from .parse_policy_parameters import dated_values
from .policy import Parameter, Word
from .slots import (
    Reading,
    entries,
    item,
    lines,
    optional_test,
    optional_value,
    order,
    scalar,
    slot,
    term,
    test,
    text,
    truth,
    value,
    word,
    words,
)

FIRST_COME = "first_come"
OWES_BACK = re.compile(r"owes back\s+")
STUDENT = "student"
"""Who it is that is not paid for twice, where a line does not say."""


def parse_appropriations(node: Node | None, reading: Reading) -> tuple[Appropriation, ...]:
    """The appropriations of a policy (Y050 to Y054, Y060)."""
    return tuple(_appropriation(entry, reading) for entry in entries(node))


def _appropriation(entry: Entry, reading: Reading) -> Appropriation:
    block = entry.value
    carried = item(entry.key, block, reading)
    amount = Parameter(
        **{**carried, "replaces": ""},  # type: ignore[arg-type]
        unit=Word(text="USD", span=entry.key.span),
        values=dated_values(slot(block, "amounts"), block, "USD", reading),
    )
    taken = tuple(
        SetAside(**item(one.key, None, reading), amount=value(one.value, reading))
        for one in entries(slot(block, "set_aside"))
    )
    found: dict[str, DrawingLine] = {}
    for one in lines(slot(block, "pay_in_order")):
        if one.key.text in found:
            reading.diagnostics.report("Y060", one.key.span, name=one.key.text, help="take one of them out")
        else:
            found[one.key.text] = _drawing_line(one, reading)
    return Appropriation(
        **carried,
        amount=amount,
        set_aside=taken,
        pay_in_order=tuple(found.values()),
        pending_claims=text(slot(block, "pending_claims")) or "reserve",
        unspent=text(slot(block, "unspent")),
    )


def _drawing_line(entry: Entry, reading: Reading) -> DrawingLine:
    """`credentials: prorate`, or `credentials: first_come received_on`."""
    carried, written = item(entry.key, None, reading), scalar(entry.value)
    if written is None or not written.text.startswith(FIRST_COME):
        return DrawingLine(**carried, how=text(written) or "prorate")
    start = len(written.text) - len(written.text[len(FIRST_COME) :].lstrip())
    by = parse_order_at(written, start, len(written.text), reading.diagnostics)
    return DrawingLine(**carried, how=FIRST_COME, by=by)


def parse_funding(node: Node | None, reading: Reading) -> tuple[Funding, ...]:
    """The lines of funding of a policy (Y060, S…)."""
    return tuple(found for entry in entries(node) if (found := _line(entry, reading)) is not None)


def _line(entry: Entry, reading: Reading) -> Funding | None:
    block = entry.value
    claim = word(slot(block, "claim"))
    if claim is None:
        return None
    starts, ends = term(block, reading)
    return Funding(
        **item(entry.key, block, reading),
        starts=starts,
        ends=ends,
        claim=claim,
        when=optional_test(slot(block, "when"), reading),
        amount=value(slot(block, "amount"), reading),
        quantity=optional_value(slot(block, "quantity"), reading),
        paid_in=optional_value(slot(block, "paid_in"), reading),
        not_with=_exclusion(slot(block, "not_with"), reading),
        stages=tuple(_stage(one, reading) for one in entries(slot(block, "stages"))),
        limits=tuple(_limit(one, reading) for one in entries(slot(block, "limits"))),
        pay=optional_value(slot(block, "pay"), reading),
        draws_on=word(slot(block, "draws_on")),
        minimum=_minimum(slot(block, "minimum"), reading),
        maximum=optional_value(slot(block, "maximum"), reading),
        hold_harmless=optional_value(slot(block, "hold_harmless"), reading),
        rounding=_rounding(slot(block, "round"), reading),
        order=words(slot(block, "order"), reading),
        pass_on=tuple(
            PassOn(**item(one.key, one.value, reading), at_least=value(slot(one.value, "at_least"), reading))
            for one in entries(slot(block, "pass_on"))
        ),
        spend=tuple(_spend(one, reading) for one in entries(slot(block, "spend"))),
        paid_by=text(slot(block, "paid_by")),
        settle_up=truth(slot(block, "settle_up")) or False,
        owed=word(slot(block, "owed")),
        split=tuple(_share(one, reading) for one in entries(slot(block, "split"))),
    )


def _exclusion(node: Node | None, reading: Reading) -> Exclusion | None:
    """`not_with: [line]`, or a block with `lines` and `within`."""
    if node is None:
        return None
    lines_node = slot(node, "lines") if entries(node) else node
    within, cite = words(slot(node, "within"), reading), scalar(slot(node, "cite"))
    found = words(lines_node, reading)
    if not found:
        return None
    return Exclusion(
        lines=found,
        within=within or (Word(text=STUDENT, span=node.span),),
        cite=text(cite),
        span=node.span,
        cite_span=cite.span if cite else NOWHERE,
    )


def _stage(entry: Entry, reading: Reading) -> Stage:
    """A stage; `if_missed: owes back a and b` names earlier ones."""
    block, missed = entry.value, scalar(slot(entry.value, "if_missed"))
    names = []
    if missed is not None and (found := OWES_BACK.match(missed.text)):
        for one in re.finditer(r"\w+", missed.text[found.end() :]):
            start, end = found.end() + one.start(), found.end() + one.end()
            if one.group() != "and":
                names.append(Word(text=one.group(), span=missed.place(start, end)))
    return Stage(
        **item(entry.key, block, reading),
        when=test(slot(block, "when"), reading),
        pays=value(slot(block, "pays"), reading),
        paid_in=optional_value(slot(block, "paid_in"), reading),
        owes_back=tuple(names),
    )


def _limit(entry: Entry, reading: Reading) -> Limit:
    block = entry.value
    at_most = optional_value(slot(block, "at_most"), reading)
    return Limit(
        **item(entry.key, block, reading),
        within=words(slot(block, "within"), reading),
        keep=value(slot(block, "keep"), reading) if at_most is None else None,
        at_most=at_most,
        by=order(slot(block, "by"), reading),
        of_quantity=text(slot(block, "of")) == "quantity" and at_most is not None,
        where=optional_test(slot(block, "where"), reading),
    )


def _minimum(node: Node | None, reading: Reading) -> Minimum | None:
    if not entries(node):
        return None
    return Minimum(
        each=word(slot(node, "each")),
        amount=value(slot(node, "amount"), reading),
        beyond_claim=truth(slot(node, "beyond_claim")) or False,
        everyone=text(slot(node, "to")) == "everyone",
        short=text(slot(node, "short")) or "refuse",
        span=node.span if node is not None else NOWHERE,
    )


def _rounding(node: Node | None, reading: Reading) -> Rounding:
    if not entries(node):
        return Rounding()
    assert node is not None
    how, remainder = scalar(slot(node, "how")), scalar(slot(node, "remainder"))
    return Rounding(
        what=text(slot(node, "what")) or "payment",
        to=text(slot(node, "to")) or "cent",
        how=parse_value(how, reading.diagnostics) if how else None,
        remainder=text(remainder),
        span=node.span,
        remainder_span=remainder.span if remainder else node.span,
    )


def _spend(entry: Entry, reading: Reading) -> Spend:
    block = entry.value
    return Spend(
        **item(entry.key, block, reading),
        at_least=value(slot(block, "at_least"), reading),
        what=text(slot(block, "for")),
    )


def parse_totals(node: Node | None, reading: Reading) -> tuple[Total, ...]:
    """The totals over lines of funding."""
    found = []
    for entry in entries(node):
        written = slot(entry.value, "value") if entries(entry.value) else entry.value
        found.append(Total(**item(entry.key, entry.value, reading), value=value(written, reading)))
    return tuple(found)


def _share(entry: Entry, reading: Reading) -> Share:
    written = text(entry.value)
    share = None if written == THE_REST else value(entry.value, reading)
    return Share(**item(entry.key, None, reading), share=share)

"""From `domains` of the section `accountability` to records."""

from __future__ import annotations

from ..text.document import Entry, Node
from .domain import Ceiling, Domain
from .parse_policy_weights import parse_missing
from .policy import Word
from .slots import Reading, entries, item, lines, optional_value, scalar, slot, test, text, value, whole, words


def parse_domains(node: Node | None, reading: Reading) -> tuple[Domain, ...]:
    """The domains in the order written (Y056 to Y063, S…)."""
    return tuple(_domain(one, reading) for one in entries(node))


def _domain(entry: Entry, reading: Reading) -> Domain:
    block = entry.value
    unweighted = text(slot(block, "weight")) == "none"
    missing = slot(block, "missing_indicator")
    return Domain(
        **item(entry.key, block, reading),
        weights=tuple(
            (Word(text=one.key.text, span=one.key.span), value(one.value, reading))
            for one in entries(slot(block, "weights"))
        ),
        better_of=words(slot(block, "better_of"), reading),
        missing=None if missing is None else parse_missing(missing, reading),
        at_most=_caps(slot(block, "at_most"), reading),
        round=whole(slot(block, "round")),
        how=optional_value(slot(block, "how"), reading),
        weight=None if unweighted else optional_value(slot(block, "weight"), reading),
        unweighted=unweighted,
    )


def _caps(node: Node | None, reading: Reading) -> tuple[Ceiling, ...]:
    if scalar(node) is not None:
        found = value(node, reading)
        return (Ceiling(value=found, span=found.span),)
    return tuple(
        Ceiling(value=value(one.key, reading), when=test(one.value, reading), span=one.key.span.to(one.value.span))
        for one in lines(node)
    )

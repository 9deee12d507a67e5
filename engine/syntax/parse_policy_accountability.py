"""From the section `accountability` to weights, index, ratings and overrides."""

from __future__ import annotations

from ..text.document import Entry, Mapping, Node
from .accountability import (
    Accountability,
    Blend,
    Index,
    Override,
    Rating,
)
from .parse_policy_cut_scores import parse_cut_scores
from .parse_policy_domains import parse_domains
from .parse_policy_indicator import parse_indicator, parse_minimum
from .parse_policy_weights import parse_missing, parse_weights
from .slots import (
    Reading,
    choices,
    entries,
    item,
    optional_test,
    optional_value,
    slot,
    test,
    value,
    whole,
    word,
    words,
)


def parse_accountability(entry: Entry | None, reading: Reading) -> Accountability | None:
    """The section, from the entry whose key is `accountability` (Y056 to Y063, S…)."""
    block = entry.value if entry else None
    if entry is None or not isinstance(block, Mapping):
        return None
    return Accountability(
        **item(entry.key, block, reading),
        levels=words(slot(block, "for"), reading),
        rated_when=optional_test(slot(block, "rated_when"), reading),
        student_groups=words(slot(block, "student_groups"), reading),
        minimum_n=parse_minimum(slot(block, "minimum_n"), reading),
        indicators=tuple(parse_indicator(one, reading) for one in entries(slot(block, "indicators"))),
        weights=parse_weights(slot(block, "weights"), reading),
        missing=parse_missing(slot(block, "missing_indicator"), reading),
        domains=parse_domains(slot(block, "domains"), reading),
        index=_index(slot(block, "index"), reading),
        cut_scores=parse_cut_scores(_entry(block, "cut_scores"), reading),
        ratings=_ratings(slot(block, "ratings"), reading),
        overrides=tuple(
            found for one in entries(slot(block, "overrides")) if (found := _override(one, reading)) is not None
        ),
        extent=entry.key.span.to(entry.value.span),
    )


def _entry(block: Mapping, key: str) -> Entry | None:
    return next((one for one in block.entries if one.key.text == key), None)


def _index(node: Node | None, reading: Reading) -> Index | None:
    if not entries(node):
        return None
    blend = _blend(slot(node, "blend"), reading)
    return Index(blend=blend, round=whole(slot(node, "round")), how=optional_value(slot(node, "how"), reading))


def _blend(node: Node | None, reading: Reading) -> Blend | None:
    if node is None or not entries(node):
        return None
    return Blend(
        all_students=value(slot(node, "all_students"), reading),
        student_groups=value(slot(node, "student_groups"), reading),
        only_if_alone=words(slot(node, "only_if_alone"), reading),
        span=node.span,
    )


def _ratings(node: Node | None, reading: Reading) -> tuple[Rating, ...]:
    help = "give each rating its own name; join the tests with `or`"
    return tuple(Rating(**item(name, None, reading), when=when) for name, when in choices(node, help, reading))


def _override(entry: Entry, reading: Reading) -> Override | None:
    rating, best = word(slot(entry.value, "rating")), word(slot(entry.value, "at_most"))
    given = rating or best
    if given is None:
        return None
    when = test(slot(entry.value, "when"), reading)
    return Override(**item(entry.key, entry.value, reading), rating=given, when=when, gate=rating is None)

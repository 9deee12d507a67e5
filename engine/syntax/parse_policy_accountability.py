"""From the section `accountability` to weights, index, ratings and overrides."""

from __future__ import annotations

from ..text.document import Entry, Mapping, Node
from ..text.source import Span
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
    entries,
    item,
    lines,
    optional_test,
    optional_value,
    slot,
    term,
    test,
    test_or_otherwise,
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
        weights=parse_weights(_entry(block, "weights"), reading),
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
    """The lines in their order. Two that hold at one time have two names (Y060), and none that holds while one of
    `otherwise` does stands after it (Y056).
    """
    found: list[Rating] = []
    rest: list[tuple[Rating, Span]] = []
    for entry in lines(node):
        block = entry.value
        written = slot(block, "when") if isinstance(block, Mapping) else block
        starts, ends = term(block, reading)
        carried, when = item(entry.key, block, reading), test_or_otherwise(written, reading)
        rating = Rating(**carried, starts=starts, ends=ends, when=when)
        for one, span in rest:
            if _together(one, rating):
                reading.diagnostics.report("Y056", span, help="put the line with `otherwise` last")
        if any(one.name == rating.name and _together(one, rating) for one in found):
            help = "give each rating its own name; join the tests with `or`"
            reading.diagnostics.report("Y060", entry.key.span, name=rating.name, help=help)
            continue
        found.append(rating)
        if when is None and written is not None:
            rest.append((rating, written.span))
    return tuple(found)


def _together(one: Rating, two: Rating) -> bool:
    """Whether two lines are ever in force on one day."""
    before = one.ends is not None and two.starts is not None and one.ends <= two.starts
    after = two.ends is not None and one.starts is not None and two.ends <= one.starts
    return not before and not after


def _override(entry: Entry, reading: Reading) -> Override | None:
    rating, best = word(slot(entry.value, "rating")), word(slot(entry.value, "at_most"))
    given = rating or best
    if given is None:
        return None
    when = test(slot(entry.value, "when"), reading)
    starts, ends = term(entry.value, reading)
    carried = item(entry.key, entry.value, reading)
    return Override(**carried, starts=starts, ends=ends, rating=given, when=when, gate=rating is None)

"""From `cut_scores` of the section `accountability` to records."""

from __future__ import annotations

from ..text.document import Entry, Node
from .cut_scores import CutScores, Raise
from .expr import Expr
from .policy import Word
from .slots import Reading, entries, item, slot, start, value, whole, words


def parse_cut_scores(entry: Entry | None, reading: Reading) -> CutScores | None:
    """The cut scores, from the entry whose key is `cut_scores` (Y051, Y060, S…)."""
    if entry is None:
        return None
    block = entry.value
    first = start(slot(block, "computed_from"), reading)
    shares = _by_name(slot(block, "shares"), reading)
    if first is None or not shares:
        return None
    return CutScores(
        **item(entry.key, block, reading),
        shares=shares,
        computed_from=first,
        by=_by_name(slot(block, "by"), reading),
        rising=_raise(slot(block, "raise"), reading),
    )


def _raise(node: Node | None, reading: Reading) -> Raise | None:
    if node is None or not entries(node):
        return None
    return Raise(
        by=value(slot(node, "by"), reading),
        when_share=value(slot(node, "when_share"), reading),
        of=words(slot(node, "of"), reading),
        starts=start(slot(node, "from"), reading),
        until=_by_name(slot(node, "until"), reading),
        round=whole(slot(node, "round")),
        span=node.span,
    )


def _by_name(node: Node | None, reading: Reading) -> tuple[tuple[Word, Expr], ...]:
    return tuple((Word(text=one.key.text, span=one.key.span), value(one.value, reading)) for one in entries(node))

"""How the score of a row stands to that of the last one on a priority list."""

from __future__ import annotations

from fractions import Fraction

from ...execution.reference import Interpreter, Row
from ...execution.values import Key
from ...syntax.policy import PriorityList
from ...syntax.print import print_expr
from ..quantity import shown
from ..replay import Replay, place_of, source_title
from .explanation import Failing, Margin
from .failing import gap_text
from .otherwise import Rank


def rank_of(replay: Replay, item: PriorityList, key: Key) -> Rank | None:
    """The score of a row against the cut score of the list; nothing where the list has no limit, ranks by nothing or
    keeps a place in another way, or where the score is not known.
    """
    if item.rank_by is None or item.limit is None or item.quotas:
        return None
    first, entity = item.rank_by.keys[0], item.entity.text
    node, limit = (replay.words.nodes.get(one.id) for one in (first.value, item.limit))
    cut = replay.interpreter.value("state", "cut_score", ("state",))
    if node is None or limit is None or not isinstance(cut, Fraction):
        return None
    row, descending = Row(entity, key), first.descending

    def inside(run: Interpreter) -> bool | None:
        score = run.evaluate(node, row)
        if not isinstance(score, Fraction):
            return None
        limit = (
            None if item.limit is None else run.evaluate(replay.words.nodes[item.limit.id], Row("state", ("state",)))
        )
        if limit != as_is:  # with another limit another row is the last
            return run.value(entity, "within_limit", key) is True
        return score >= cut if descending else score <= cut

    as_is = replay.interpreter.evaluate(limit, row)
    nodes = [(node, row), (limit, row)]
    score = replay.interpreter.evaluate(node, row)
    failing = None
    if isinstance(score, Fraction) and score != cut and (score > cut) is not descending:
        gap = abs(score - cut)
        of = f", {item.cite}" if item.cite else ""
        said = f"{shown(score, node.type)} is {gap_text(gap, node.type)} {'under' if descending else 'over'} the "
        said += f"{shown(cut, node.type)} of the last on the list{of}"
        failing = Failing(
            f"a place within the limit, ranked by {print_expr(item.rank_by)}", "the rule of the list",
            place_of(replay, entity, key), False, True, said, Margin(-gap, node.type, descending), item.cite,
            source_title(replay, item.cite),
        )  # fmt: skip
    return Rank(inside, nodes, failing)

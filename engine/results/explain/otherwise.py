"""What an explanation says beyond the verdict: what fails, what would turn it, and what it would be either way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ...execution.reference import Interpreter
from ...execution.values import Missing
from .either_way import either_way
from .explanation import Explanation, Failing, FailingSet, Nearest
from .failing import known_as_is, set_of
from .formula import Condition, Formula, conditions_of, formula_of
from .nearest import Rows, nearest_changes
from .question import Question

MANY = 20_000
"""Rows of a list or claims of a line beyond which they are not replayed once more for every change that is tried."""


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of a row on a list as far as its own score goes: whether it reaches that of the last on the list, by
    how much it does not, and the nodes that decide.
    """

    inside: Callable[[Interpreter], bool | None]
    nodes: Rows
    failing: Failing | None = None


def with_otherwise(
    found: Explanation, question: Question, test: str, replays: bool, rank: Rank | None = None
) -> Explanation:
    """An explanation with the failing conditions of the column of truths `test`, and with `replays` also with the
    change that turns it and what an open answer would be either way.

    `rank` is the place on a list, which decides after the rule.
    """
    replay, key = question.replay, question.key
    known = known_as_is(replay)
    value = replay.interpreter.value(question.entity, test, key)
    sign = question.sign(question.answer(replay.interpreter))
    formula = formula_of(replay, known, question.entity, test, key, wanted=sign is not True)
    failing = None
    if sign is False and value is False:
        failing = set_of(replay, known, formula)
    elif sign is False and rank is not None and rank.failing is not None:
        failing = FailingSet((rank.failing,))
    if failing is not None:
        found = replace(found, failing=failing)
    if not replays:
        return found
    if question.kind in ("list", "claim") and len(replay.interpreter.keys(question.entity)) > MANY:
        said = f"what would turn it is not tried by replay: there are more than {MANY:,} rows"
        return replace(found, nearest=Nearest((), 0, False, said))
    if sign is None:
        answer = question.answer(replay.interpreter)
        open_value = answer if isinstance(answer, Missing) else value
        return replace(found, either=either_way(question, known, [*conditions_of(formula)], open_value, key))

    def gate(run: Interpreter) -> bool | None:
        own = run.value(question.entity, test, key)
        if not isinstance(own, bool):
            return None
        ranked = own and rank is not None and (value is True or sign is True)
        return rank.inside(run) if ranked and rank is not None else own

    more = rank.nodes if rank is not None and value is True else ()
    return replace(found, nearest=nearest_changes(question, known, _against(formula), gate, more))


def _against(formula: Formula) -> Sequence[Condition]:
    """The conditions that would have to come out otherwise."""
    return [one for one in conditions_of(formula) if not one.holds]

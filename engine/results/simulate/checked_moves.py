"""Of which points of a sweep it is asked who moves, and beside which others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from ...syntax.policy import Word
from ...syntax.scenario import Scenario
from ...text.diagnostic import Diagnostics
from ...text.suggest import nearest
from .axis import Axis

MOST = 100
"""Points of which it may be asked who moves: of each the rows are kept."""

EACH_POINT = "yes"


@dataclass(frozen=True, slots=True)
class CheckedMoves:
    """The place of a swept parameter, along which points are compared with that of its first value; nothing where each
    point is compared with the policy as it is.
    """

    axis: int | None


def check_moves(scenarios: Sequence[Scenario], axes: Sequence[Axis], diagnostics: Diagnostics) -> CheckedMoves | None:
    """What is asked; nothing where it is not, or a parameter is named that is not swept (X098), two scenarios ask
    otherwise, or there are too many points (X099).
    """
    asked = [one.who_moves for one in scenarios if one.who_moves is not None]
    if not asked:
        return None
    first = asked[0]
    other = next((one for one in asked if one.text != first.text), None)
    if other is not None:
        _not_comparable(other, f"another scenario has `who_moves: {first.text}`", "take one of them out", diagnostics)
        return None
    names = [axis.name for axis in axes]
    written = [sweep for one in scenarios for sweep in one.sweeps]
    if len(written) > len(axes):  # a sweep is at fault, which has been said
        return None
    if (first.text != EACH_POINT and first.text not in names) or not axes:
        near = nearest(first.text, names)
        help = f"did you mean `{near}`?" if near else "write `yes`, or a parameter that `sweep:` has"
        diagnostics.report("X098", first.span, help=help, name=first.text)
        return None
    count = prod(len(axis.values) for axis in axes)
    if count > MOST:
        said = f"these are {count:,} points, and of {MOST} at the most it is told who moves"
        _not_comparable(first, said, "try fewer values, or take `who_moves:` out", diagnostics)
        return None
    return CheckedMoves(None if first.text == EACH_POINT else names.index(first.text))


def _not_comparable(word: Word, problem: str, help: str, diagnostics: Diagnostics) -> None:
    diagnostics.report("X099", word.span, help=help, problem=problem)

"""Cost against reach: of the runs of a sweep, those that no other one beats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..checked_sensitivity import CheckedFrontier
from ..measure import Measures


@dataclass(frozen=True, slots=True)
class Weighed:
    """One run: its place among those of the sweep (nothing for the policy as it is), its cost and reach. It is on the
    frontier where `beaten_by` is nothing: no run reaches as much at less cost, or more at no more. `each` is what one
    more costs from the last run on the frontier that reaches less.
    """

    place: int | None
    cost: Fraction
    reach: Fraction
    beaten_by: Weighed | None
    each: Fraction | None

    @property
    def is_best(self) -> bool:
        """Whether it is on the frontier."""
        return self.beaten_by is None


@dataclass(frozen=True, slots=True)
class WeighedRuns:
    """All runs whose cost and reach are known, by cost, then reach; how many of the others there are is `unknown`."""

    asked: CheckedFrontier
    runs: tuple[Weighed, ...]
    unknown: int


def weighed(asked: CheckedFrontier, baseline: Measures, points: Sequence[Measures]) -> WeighedRuns:
    """The policy as it is and every run of the sweep, each held against all others."""
    all_runs = [(None, baseline), *enumerate(points)]
    known: list[tuple[Fraction, Fraction, int | None]] = []
    for place, run in all_runs:
        cost, reach = run[asked.cost], run[asked.reach]
        if cost is not None and reach is not None:
            known.append((cost, reach, place))
    known.sort(key=lambda one: (one[0], -one[1], -1 if one[2] is None else one[2]))
    found: list[Weighed] = []
    best: Weighed | None = None
    before: Weighed | None = None
    for cost, reach, place in known:
        if best is None or reach > best.reach:
            each = None if best is None else (cost - best.cost) / (reach - best.reach)
            before, best = best, Weighed(place, cost, reach, None, each)
            found.append(best)
        elif (cost, reach) == (best.cost, best.reach):
            each = None if before is None else (cost - before.cost) / (reach - before.reach)
            found.append(Weighed(place, cost, reach, None, each))
        else:
            found.append(Weighed(place, cost, reach, best, None))
    return WeighedRuns(asked, tuple(found), len(all_runs) - len(known))

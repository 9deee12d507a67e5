"""Coverage in full: which outcomes of each condition, which rules and which dated values the cases of a policy saw."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date
from fractions import Fraction

from ...syntax.policy import Policy
from ...text.source import Span
from ...types.checked import CheckedPolicy
from ..run import Run
from .coverage import Coverage
from .observer import FALSE, TRUE, UNDETERMINED, Observed, Observer, Recorder, Spot, record, watches
from .written_conditions import conditions, is_own, written

KINDS = {
    "tables": "table rows", "bands": "bands", "points": "points lines", "priority_list.tiers": "tiers",
    "priority_list.quotas": "limits", "accountability.ratings": "rating lines",
    "accountability.overrides": "overrides", "accountability.gates": "overrides",
}  # fmt: skip
"""What a rule is called, by the beginning of its path."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things of a kind were seen, of how many. A condition counts twice: once true, once false."""

    kind: str
    seen: int
    of: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What no case has shown: the path of the rule, the text of the condition or the date of the value, what was never
    seen, and for a condition whether it was undetermined in some case.
    """

    kind: str
    path: str
    text: str
    never: str
    undetermined: bool
    span: Span


@dataclass(frozen=True, slots=True)
class PolicyCoverage:
    """What the cases of one policy have seen of it."""

    policy: str
    file: str
    tallies: tuple[Tally, ...]
    gaps: tuple[Gap, ...]
    undetermined: int
    """Conditions that some case leaves undetermined, of all."""

    @property
    def seen(self) -> int:
        """How much was seen, of everything."""
        return sum(one.seen for one in self.tallies)

    @property
    def of(self) -> int:
        """How much there is to see."""
        return sum(one.of for one in self.tallies)


def percent(seen: int, of: int) -> Fraction:
    """A share in percent with one decimal, cut and never rounded up; 100 where there is nothing to see."""
    return Fraction(1000 * seen // of, 10) if of else Fraction(100)


@dataclass(slots=True)
class ConditionCoverage:
    """Gathers what the runs of a policy's cases showed of its conditions and dated values."""

    checked: CheckedPolicy
    _conditions: dict[Spot, tuple[str, Span]] = field(default_factory=dict)
    _tests: set[Spot] = field(default_factory=set)
    _watches: dict[Date, tuple[object, dict[int, set[Spot]]]] = field(default_factory=dict)
    _observed: Observed = field(default_factory=Observed)

    def __post_init__(self) -> None:
        policy = self.checked.policy
        for one in written(policy):
            for condition in () if one.cell else conditions(one.expr):
                self._conditions.setdefault((condition.span.start, condition.span.end), (one.path, condition.span))
        for epoch in self.checked.epochs:
            self._tests |= record(policy, epoch, self._conditions).tests

    def see(self, run: Run) -> None:
        """Take in what a run showed."""
        starts = run.epoch.starts
        if starts not in self._watches:
            recorder: Recorder = record(run.checked.policy, run.epoch, self._conditions)
            self._watches[starts] = run.plan, watches(run.plan, recorder.nodes)
        plan, watched = self._watches[starts]
        assert plan is run.plan, "nodes are told by their identity"
        Observer(run, watched, self._observed).see_all()

    def report(self, rules: Coverage) -> PolicyCoverage:
        """All that was seen, with what `rules` were hit."""
        policy = self.checked.policy
        tests = {at: place for at, place in sorted(self._conditions.items()) if at in self._tests}
        seen = {at: self._observed.outcomes.get(at, set()) for at in tests}
        gaps = [
            Gap(
                "conditions", path, " ".join(span.text.split()), _never(seen[at]), UNDETERMINED in seen[at], span
            )
            for at, (path, span) in tests.items()
            if not {TRUE, FALSE} <= seen[at]
        ]  # fmt: skip
        tallies = [Tally("conditions", sum(len(one & {TRUE, FALSE}) for one in seen.values()), 2 * len(tests))]
        tallies += _rules(rules, gaps)
        tallies += self._dated(policy, gaps)
        gaps.sort(key=lambda gap: (gap.span.start, gap.kind, gap.path, gap.text))
        undetermined = sum(UNDETERMINED in one for one in seen.values())
        return PolicyCoverage(policy.id, policy.source.name, tuple(tallies), tuple(gaps), undetermined)

    def _dated(self, policy: Policy, gaps: list[Gap]) -> list[Tally]:
        of = seen = 0
        for parameter in policy.parameters:
            for dated in parameter.values:
                if not is_own(policy, dated.span):
                    continue
                for member, _ in dated.members:
                    path = f"parameters.{parameter.name}" + (f".{member}" if member else "")
                    of += 1
                    if (path, dated.starts) in self._observed.read:
                        seen += 1
                    else:
                        text = f"since {dated.key or dated.starts.isoformat()}"
                        gaps.append(Gap("dated values", path, text, "never used", False, dated.span))
        return [Tally("dated values", seen, of)]


def _never(outcomes: set[str]) -> str:
    """What is left to show of a condition."""
    if not outcomes & {TRUE, FALSE}:
        return "never true, never false" if outcomes else "never evaluated"
    return "never false" if TRUE in outcomes else "never true"


def _rules(rules: Coverage, gaps: list[Gap]) -> list[Tally]:
    """The rules by kind, in a fixed order; those that were not hit go to `gaps`."""
    of: dict[str, int] = dict.fromkeys(("rules", *dict.fromkeys((*KINDS.values(), "limits"))), 0)
    for path in rules.paths():
        of[kind_of(path)] += 1
    missed = dict.fromkeys(of, 0)
    for one in rules.unhit():
        kind = kind_of(one.path)
        missed[kind] += 1
        since = f"since {one.since.isoformat()}" if one.since else ""
        text = since or (" ".join(one.span.text.split()) if kind in ("table rows", "bands", "points lines") else "")
        gaps.append(Gap(kind, one.path, text, one.never, False, one.span))
    return [Tally(kind, count - missed[kind], count) for kind, count in of.items() if count]


def kind_of(path: str) -> str:
    """What the rule of a path is called."""
    if ".limits." in path or ".capped." in path:
        return "limits"
    first = ".".join(path.split(".")[:2])
    return KINDS.get(first) or KINDS.get(path.split(".", 1)[0]) or "rules"

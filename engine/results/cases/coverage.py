"""Coverage: which rules of a policy its cases have hit, and which of them nothing has tried yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Date
from fractions import Fraction

from ...execution.values import Missing, NotApplicable, Value
from ...plan.plan import Column
from ...syntax.policy import Policy
from ...text.source import Span
from ...types.checked import CheckedDefinition, CheckedPolicy
from ..decision import RULES
from ..decode import values_of
from ..run import Run
from .choice_coverage import ChoiceCoverage


@dataclass(frozen=True, slots=True)
class Unhit:
    """A rule that no case hit: its path, the date of its version where it has several, what never happened, its
    place.
    """

    path: str
    since: Date | None
    never: str
    span: Span


@dataclass(slots=True)
class _Rule:
    """A rule and how far cases have got with it: `hit`, or `known` to have a value that is not the one asked for."""

    path: str
    since: Date | None
    wanted: str
    span: Span
    known: bool = False
    hit: bool = False


@dataclass(slots=True)
class Coverage:
    """Gathers what the runs of a policy's cases hit. Rules of policies that it extends do not count: they have cases of
    their own.

    A criterion, an eligibility, a determination and a definition that is a test have to be met once, in each of their
    versions; another definition, an indicator and a domain have to have a value; a tier, a rating and an override to be
    given; a line of funding has to pay, each of its limits, each quota of a list and each cap on a count to be reached;
    a row of a table or of bands and a line of points have to be taken.
    """

    checked: CheckedPolicy
    _rules: dict[tuple[str, Date | None], _Rule] = field(default_factory=dict)
    _choices: ChoiceCoverage = field(init=False)

    def __post_init__(self) -> None:
        self._choices = ChoiceCoverage(self.checked.policy)
        for epoch in self.checked.epochs:
            for one in epoch.definitions:
                if self._is_own(one):
                    self._add(one.path, one.since, _wanted(one), one.span)
        for path, wanted, span in _of_sections(self.checked.policy):
            if self._here(span):
                self._add(path, None, wanted, span)

    def _is_own(self, one: CheckedDefinition) -> bool:
        written = not one.lowered or one.role == "determination"
        return written and one.expr is not None and self._here(one.span)

    def _here(self, span: Span) -> bool:
        return span.source.name == self.checked.policy.source.name

    def _add(self, path: str, since: Date | None, wanted: str, span: Span) -> None:
        self._rules.setdefault((path, since), _Rule(path, since, wanted, span))

    @property
    def count(self) -> int:
        """How many rules there are to hit."""
        return len(self._rules) + self._choices.count

    def paths(self) -> Iterator[str]:
        """The path of each rule that there is to hit, once for each version, row and line."""
        yield from (path for path, _ in self._rules)
        yield from self._choices.paths()

    def see(self, run: Run) -> None:
        """Take in what a run hit."""
        definitions = {(one.entity, one.name): one for one in run.epoch.definitions}
        for column in run.plan.columns:
            one = definitions.get((column.id.entity, column.id.name))
            if one is not None and self._is_own(one):
                self._note(self._rules[one.path, one.since], values_of(run, column))
            else:
                for path in _shown_by(column):
                    if (path, None) in self._rules:
                        self._note(self._rules[path, None], values_of(run, column))
        self._choices.see(run)

    def _note(self, rule: _Rule, values: list[Value]) -> None:
        known = [value for value in values if not isinstance(value, Missing | NotApplicable)]
        rule.known |= bool(known)
        match rule.wanted:
            case "met" | "true":
                rule.hit |= any(value is True for value in known)
            case "paid":
                rule.hit |= any(isinstance(value, Fraction) and value > 0 for value in known)
            case "given" | "reached":
                rule.hit |= _last(rule.path) in known or any(value is True for value in known)
            case _:
                rule.hit |= bool(known)

    def unhit(self) -> tuple[Unhit, ...]:
        """The rules that nothing hit, in the order of the policy."""
        versions: dict[str, int] = {}
        for path, _ in self._rules:
            versions[path] = versions.get(path, 0) + 1
        found = [
            Unhit(
                one.path,
                one.since if versions[one.path] > 1 else None,
                f"never {one.wanted}" if one.known and one.wanted != "known" else "never with a known value",
                one.span,
            )
            for one in self._rules.values()
            if not one.hit
        ]
        found += [Unhit(path, None, "never taken", span) for path, span in self._choices.unhit()]
        return tuple(sorted(found, key=lambda one: (one.span.start, one.since or Date.min, one.path)))


def _last(path: str) -> str:
    """The name at the end of a path; that of a rating may have a point in it."""
    ratings = "accountability.ratings."
    return path.removeprefix(ratings) if path.startswith(ratings) else path.rpartition(".")[2]


def _wanted(one: CheckedDefinition) -> str:
    if one.role in RULES:
        return "met"
    return "true" if one.type.kind == "truth" else "known"


def _of_sections(policy: Policy) -> Iterator[tuple[str, str, Span]]:
    """The rules that stand in a section of their own: path, what has to happen once, and place."""
    for tier in policy.priority_list.tiers if policy.priority_list else ():
        yield f"priority_list.tiers.{tier.name}", "given", tier.span
    for quota in policy.priority_list.quotas if policy.priority_list else ():
        yield f"priority_list.quotas.{quota.name}", "reached", quota.span
    if policy.accountability is not None:
        for indicator in policy.accountability.indicators:
            yield f"accountability.indicators.{indicator.name}", "known", indicator.span
            for cap in indicator.caps:
                yield f"accountability.indicators.{indicator.name}.capped.{cap.name}", "reached", cap.span
        for domain in policy.accountability.domains:
            yield f"accountability.domains.{domain.name}", "known", domain.span
        for rating in policy.accountability.ratings:
            yield f"accountability.ratings.{rating.name}", "given", rating.span
        for override in policy.accountability.overrides:
            yield f"accountability.overrides.{override.name}", "given", override.span
    for line in policy.funding:
        yield f"funding.{line.name}", "paid", line.span
        for limit in line.limits:
            yield f"funding.{line.name}.limits.{limit.name}", "reached", limit.span


def _shown_by(column: Column) -> list[str]:
    """The paths of the rules of sections of which a column shows whether they were hit."""
    name, role = column.id.name, column.id.role
    if role == "list" and name == "tier":
        return [f"priority_list.tiers.{tier}" for tier in column.type.values]
    if role == "list" and name == "list_quota":
        return [f"priority_list.quotas.{quota}" for quota in column.type.values]
    if role == "rating" and name in ("rating", "override"):
        return [f"accountability.{name}s.{word}" for word in column.type.values]
    if role == "rating" and name == "gate":
        return [f"accountability.overrides.{word}" for word in column.type.values]
    line, _, part = name.partition(": ")
    if role == "indicator":
        capped = [f"accountability.indicators.{line}.capped.{part.removesuffix(' reached')}"] if part else []
        wholes = [f"accountability.indicators.{name}", f"accountability.domains.{name}"]
        return [*wholes, *(capped if part.endswith(" reached") else [])]
    if role == "claim" and part == "limited by":
        return [f"funding.{line}.limits.{limit}" for limit in column.type.values]
    return [f"funding.{name}"] if role == "payment" else []

"""What scenarios ask of sensitivity and of cost against reach, held to the policy, and put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction
from typing import TypeVar

from ...syntax.policy import Word
from ...syntax.scenario import Scenario
from ...text.diagnostic import Diagnostics
from ...text.source import Span
from ...text.suggest import nearest, quoted
from ...types.checked import CheckedPolicy
from .measure import LISTED, PAID, UNDETERMINED, measures_of, rows_named

Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class CheckedSensitivity:
    """Which numbers are watched, and by how much parameters are moved: a number by `step` of itself, a share by
    `points`, a date by `days`. `paths` are the cells that are moved; nothing where all are that the run reads. The
    moved values hold from `starts` on; nothing where they always do.
    """

    of: tuple[str, ...]
    step: Fraction
    points: Fraction
    days: int
    paths: tuple[str, ...] | None
    starts: Date | None


@dataclass(frozen=True, slots=True)
class CheckedFrontier:
    """Of the runs of a sweep, those that reach most at their cost: two numbers of a run."""

    cost: str
    reach: str


def check_sensitivity(
    checked: CheckedPolicy, scenarios: Sequence[Scenario], diagnostics: Diagnostics
) -> CheckedSensitivity | None:
    """What the scenarios ask of sensitivity; they ask for the same, or one of them asks (X060, X077, X078)."""

    def held(one: Scenario) -> tuple[CheckedSensitivity, Span] | None:
        asked = one.sensitivity
        if asked is None:
            return None
        of = tuple(word.text for word in asked.of if _is_measure(checked, word, diagnostics))
        paths = tuple(dict.fromkeys(path for word in asked.parameters for path in _paths(checked, word, diagnostics)))
        made = CheckedSensitivity(
            of or usual(checked), asked.step, asked.points, asked.days, paths if asked.parameters else None, one.starts
        )
        return made, asked.span

    return _only("sensitivity", scenarios, held, diagnostics)


def check_frontier(
    checked: CheckedPolicy, scenarios: Sequence[Scenario], swept: bool, diagnostics: Diagnostics
) -> CheckedFrontier | None:
    """What the scenarios ask of cost against reach; something must be swept (X060, X078, X079)."""

    def held(one: Scenario) -> tuple[CheckedFrontier, Span] | None:
        asked = one.frontier
        if asked is None:
            return None
        known = [_is_measure(checked, word, diagnostics) for word in (asked.cost, asked.reach)]
        if not swept:
            help = "add `sweep:` with the values of a parameter that are to be weighed"
            diagnostics.report("X079", asked.span, help=help)
        return (CheckedFrontier(asked.cost.text, asked.reach.text), asked.span) if all(known) and swept else None

    return _only("frontier", scenarios, held, diagnostics)


def _only(
    key: str,
    scenarios: Sequence[Scenario],
    held: Callable[[Scenario], tuple[Asked, Span] | None],
    diagnostics: Diagnostics,
) -> Asked | None:
    """What all scenarios that have a key say under it; that one says it otherwise is reported (X078)."""
    first: tuple[Asked, str] | None = None
    for one in scenarios:
        found = held(one)
        if found is None:
            continue
        asked, span = found
        if first is None:
            first = (asked, one.name.text)
        elif asked != first[0]:
            help = "leave one of the scenarios out, or let both say the same"
            diagnostics.report("X078", span, help=help, key=key, scenario=first[1])
    return None if first is None else first[0]


def usual(checked: CheckedPolicy) -> tuple[str, ...]:
    """The numbers that are watched where nobody names others: what is paid, how many are listed, the share of rows with
    the best rating; where a policy has none of these, how much is not known.
    """
    known, section = measures_of(checked), checked.policy.accountability
    levels = [] if section is None or not section.ratings else [word.text for word in section.levels]
    best = [f"share of {rows_named(checked, level)} rated {section.ratings[0].name}" for level in levels if section]
    return tuple(name for name in (PAID, LISTED, *best) if name in known) or (UNDETERMINED,)


def _is_measure(checked: CheckedPolicy, word: Word, diagnostics: Diagnostics) -> bool:
    known = measures_of(checked)
    if word.text in known:
        return True
    near = nearest(word.text, known)
    help = f"did you mean `{near}`?" if near else f"there are {quoted(known)}"
    diagnostics.report("X060", word.span, help=help, name=word.text, policy=checked.policy.id)
    return False


def _paths(checked: CheckedPolicy, word: Word, diagnostics: Diagnostics) -> list[str]:
    """The cells that a name stands for: a parameter's, those of all its members, or that of one (X077)."""
    name, dot, member = word.text.partition(".")
    found = checked.parameters.get(name)
    members = found.members if found is not None else ()
    if found is not None and (not dot or member in members):
        return [f"parameters.{word.text}"] if dot or not members else [f"parameters.{name}.{one}" for one in members]
    known = [f"{name}.{one}" for one in members] or list(checked.parameters)
    near = nearest(word.text, known)
    help = f"did you mean `{near}`?" if near else f"there are {quoted(known)}"
    diagnostics.report("X077", word.span, help=help, name=word.text, policy=checked.policy.id)
    return []

"""School years ahead: what each run gives is on record in the next one, with what is set and without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date as Date

from ....model.school_year import school_year_text
from ....plan.in_force import Binding
from ...payments import fiscal_year
from ..checked_scenario import CheckedScenario
from ..grounds import Grounds
from ..journal import Journal
from .bound_years import bound_to_years, standing_in
from .chain import Chain, Side
from .checked_years import CheckedYears
from .programs import Programs
from .year_on import same_day

PART = "years"


@dataclass(frozen=True, slots=True)
class Year:
    """A year: 0 is that of the run. `scenario` is the baseline itself where nothing is set."""

    number: int
    as_of: Date
    school_year: str
    fiscal_year: str
    baseline: Side
    scenario: Side


@dataclass(frozen=True, slots=True)
class YearsAhead:
    """What came of the years. `compared` says whether something is set, so that there are two sides; `bound` are rules
    that a literal binds to a year, `notes` what else a reader has to know.
    """

    asked: CheckedYears
    years: tuple[Year, ...]
    compared: bool
    bound: tuple[str, ...]
    notes: tuple[str, ...]


def years_ahead(grounds: Grounds, scenario: CheckedScenario, journal: Journal) -> YearsAhead:
    """Run a policy as it is, and as scenarios have it where they set or change anything, year after year. Raises
    PolicyError where a run fails as one of its own would.
    """
    plain, asked = grounds.plain, scenario.years
    assert asked is not None
    later = any(one.starts is not None and one.starts > plain.as_of for one in scenario.overlays)
    compared = bool(scenario.settings) or grounds.moved or later
    year = plain.binding().cells["school_year"]
    assert isinstance(year, int)
    count = asked.count(year)
    programs = Programs()
    chains = [Chain(plain, plain, asked, programs)]
    if compared:
        chains.append(Chain(grounds.changed, plain, asked, programs, scenario.overlays))
    years: list[Year] = []
    for number in range(count + 1):
        sides = []
        for chain in chains:
            side, run = chain.year(number, year + number)
            sides.append(side)
            journal.told(PART, number * len(chains) + len(sides), (count + 1) * len(chains))
        said = (same_day(plain.as_of, number), school_year_text(year + number), fiscal_year(run))
        years.append(Year(number, *said, sides[0], sides[-1]))
    bindings = [replace(plain, as_of=one.as_of).binding() for one in years]
    bound = bound_to_years(chains[-1].checked, [one.as_of for one in years])
    notes = (*standing_in(plain.checked, bindings), *_taking_effect(bindings, years), *_without_amount(chains))
    return YearsAhead(asked, tuple(years), compared, bound, notes)


def _taking_effect(bindings: list[Binding], years: list[Year]) -> Iterable[str]:
    """The values of parameters that another value follows on the way."""
    for before, after, year in zip(bindings, bindings[1:], years[1:], strict=False):
        for one, two in zip(before.resolved, after.resolved, strict=True):
            if one.starts != two.starts and two.starts is not None:
                name = one.path.removeprefix("parameters.")
                yield f"{name} is {two.written} from {two.starts.isoformat()} on, so from {year.school_year}"


def _without_amount(chains: list[Chain]) -> Iterable[str]:
    return dict.fromkeys(said for chain in chains for said in chain.said)

"""How an indicator of a row came about, in words with its own numbers, by replay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..execution.reference import STATE
from ..execution.values import Key, Missing, Value
from ..model.school_year import school_year_text
from ..syntax.accountability import Indicator
from ..syntax.print import print_expr
from ..types.lower.measure import ALL_STUDENTS, cohort_entity
from ..types.lower.years import MEAN
from .cohort_gaps import Gaps, Looking, gaps_of
from .rated import OPEN, Ends, Level, called, ends_of, enough, exact, to_nine
from .ratings import rows_of
from .replay import Replay, checked_trace
from .table import decimal_text

LOW, HIGH = 0, 1


@dataclass(frozen=True, slots=True)
class Rated:
    """A row of a level, where its numbers are replayed and held against what the run stored (X900)."""

    replay: Replay
    level: Level
    key: Key

    def has(self, name: str) -> bool:
        """Whether the level has such a column."""
        return (self.level.name, name) in self.replay.columns

    def value(self, name: str) -> Value:
        """A column of the row; missing where there is none."""
        return checked_trace(self.replay, self.level.name, name, self.key).value if self.has(name) else Missing()

    def ends(self, name: str) -> Ends:
        """A number of the row by both ends; what a division has touched as it is seen, with 9 decimals."""
        low, high = ends_of(self.value(name))
        if not self.has(name) or not self.replay.columns[self.level.name, name].type.quotient:
            return low, high
        return None if low is None else to_nine(low), None if high is None else to_nine(high)

    def word(self, name: str) -> str:
        """A word of the row, empty where it is missing."""
        found = self.value(name)
        return found if isinstance(found, str) else ""

    def gaps(self, item: Indicator, group: str = "") -> Gaps:
        """What leaves an indicator of the row open."""
        return gaps_of(self.level, item, self.key, Looking(self.replay.interpreter), group, always=True)


@dataclass(frozen=True, slots=True)
class Spot:
    """An indicator of a row, for everyone or a student group."""

    rated: Rated
    item: Indicator
    group: str = ""

    @property
    def rows(self) -> str:
        """What the rows of the cohort are called, such as students."""
        return rows_of(self.rated.level, self.item)

    def ends(self, part: str = "") -> Ends:
        """A number of it by both ends."""
        return self.rated.ends(called(self.item.name, self.group, part))

    def known(self, part: str) -> Fraction | None:
        """A number of it where that is known."""
        return exact(self.ends(part))

    def has(self, part: str) -> bool:
        """Whether it has such a column."""
        return self.rated.has(called(self.item.name, self.group, part))

    @property
    def status(self) -> str:
        """Rated, pending, not_rated or not_applicable."""
        return self.rated.word(called(self.item.name, self.group, "status"))


def number_text(value: Fraction) -> str:
    """A number with all its decimals and commas between thousands: nothing is cut where numbers are to add up."""
    whole, _, decimals = decimal_text(abs(value)).partition(".")
    return f"{'-' if value < 0 else ''}{int(whole):,}" + (f".{decimals}" if decimals else "")


def between(ends: Ends) -> str:
    """A number as text: `12`, `from 12 to 13`, `at least 12`; `not known`."""
    low, high = ends
    if low is not None and low == high:
        return number_text(low)
    if low is None:
        return "not known" if high is None else f"at most {number_text(high)}"
    if high is None:
        return f"at least {number_text(low)}"
    return f"from {number_text(low)} to {number_text(high)}"


def decimals(places: int) -> str:
    """`1 decimal`, `a whole number`."""
    return "a whole number" if not places else f"{places} decimal{'' if places == 1 else 's'}"


def division(spot: Spot, end: int) -> str:
    """The number from its numerator to its points, at one end: `10 / 12 students = 83.333333333, rounded to 83.3`."""
    item = spot.item
    said, open_so = _quotient(spot, end)
    if open_so:
        return said
    unrounded = spot.ends("unrounded")[end]
    before = spot.ends("before limits")[end] if spot.has("before limits") else unrounded
    if item.scale is not None or item.score is not None or (item.rate_round is not None and item.value is None):
        rate = spot.ends("rate at most" if end and spot.has("rate at most") else "rate")[end]
        shown = "not known" if rate is None else number_text(rate)
        if item.value is None:
            said += f" = {shown}" + (f" ({decimals(item.rate_round)})" if item.rate_round is not None else "")
    if item.scale is not None:
        said += f"; the bands {item.scale.text} give"
    elif item.score is not None:
        said += f"; the score {print_expr(item.score)} is"
    if before is not None:
        equal = _equal(item)
        said += f"{equal} {number_text(before)}" if equal is not None else ""
    return said + _limits(spot, before, unrounded) + _rounded(unrounded, spot.ends()[end], item.round)


def _equal(item: Indicator) -> str | None:
    """What leads from the rate to the number; nothing where it is the rate itself and has been said."""
    if item.scale is not None or item.score is not None:
        return ""
    return None if item.rate_round is not None or item.value is not None else " ="


def _quotient(spot: Spot, end: int) -> tuple[str, bool]:
    """The numerator over the denominator, or the mean of years, or what is reported; whether there is no number."""
    item = spot.item
    if item.value is not None:
        reported = spot.ends("rate" if item.score is not None else "unrounded")[end]
        if spot.has("before limits") and item.score is None:
            reported = spot.ends("before limits")[end]
        shown = "not known" if reported is None else number_text(reported)
        return f"reported: {print_expr(item.value)} is {shown}", False
    most = "numerator at most" if end and spot.has("numerator at most") else "numerator"
    over, under = spot.ends(most)[end], spot.ends("denominator")[end]
    if over is None or not under:
        return ("its numbers are not known" if under != 0 else f"it has no {spot.rows}"), True
    if item.over_years is not None and item.over_years.how == MEAN:
        rates = [
            number_text(rate)
            for back in range(item.over_years.years)
            if (rate := year_rate(spot, back, end)) is not None
        ]
        return f"({' + '.join(rates)}) / {len(rates)} years", False
    if item.rate is not None:
        return f"{number_text(over)} of {number_text(under)} {spot.rows} × 100", False
    if item.mean is not None:
        return f"{number_text(over)} / {number_text(under)} {spot.rows}", False
    return f"{number_text(over)} / {number_text(under)}", False


def year_rate(spot: Spot, back: int, end: int) -> Fraction | None:
    """The rate of a year of several of which the mean is taken; nothing where the year is not calculated."""
    year = f"{back} earlier" if back else "this year"
    if spot.rated.value(called(spot.item.name, spot.group, f"calculated {year}")) is not True:
        return None
    most = f"rate at most {year}"
    return spot.ends(most if end and spot.has(most) else f"rate {year}")[end]


def _limits(spot: Spot, before: Fraction | None, after: Fraction | None) -> str:
    """What held the number up or down, or made it 0."""
    item = spot.item
    if item.zero_when is not None and spot.rated.value(called(item.name, spot.group, "zero")) is True:
        return f"; it is 0, since {print_expr(item.zero_when)}"
    if before is None or after is None or before == after:
        return ""
    return f", {'no less' if after > before else 'no more'} than {number_text(after)}"


def _rounded(before: Fraction | None, after: Fraction | None, places: int | None) -> str:
    if places is None or before is None or after is None or before == after:
        return ""
    return f", rounded to {number_text(after)}"


def steps_of_score(spot: Spot) -> Iterator[str]:
    """The numbers that a score reads besides the rate: that of the year before, and the steps."""
    if spot.has("prior rate"):
        yield f"prior.rate: {between(spot.ends('prior rate'))}"
    for step in spot.item.steps:
        yield f"{step.name}: {print_expr(step.value)} is {between(spot.ends(step.name))}"


def caps_of(spot: Spot) -> Iterator[str]:
    """What is under each cap, how many may count and how many do."""
    for cap in spot.item.caps:
        under, most = between(spot.ends(cap.name)), between(spot.ends(f"{cap.name} at most"))
        counted = between(spot.ends(f"{cap.name} counted"))
        why = "" if cap.because is None else f": {print_expr(cap.because)}"
        yield (
            f"cap {cap.name}: {under} {spot.rows} where {print_expr(cap.when)}, of whom {counted} count "
            f"({print_expr(cap.at_most)} is {most}), as a group: none is picked{why}"
        )


def years_pooled(spot: Spot) -> Iterator[str]:
    """Over which years it is pooled, and what each of them adds."""
    years = spot.known("years")
    over, needs = spot.item.over_years, spot.item.minimum_n or spot.rated.level.section.minimum_n
    if over is not None and spot.has("calculated this year"):
        how = "the mean of the rates of" if over.how == MEAN else "pooled over"
        calculated = between(spot.ends("years"))
        yield f"{how} {over.years} years, of which {over.at_least} have to be calculated; {calculated} are"
        yield from _each_year(spot, over.years)
    elif years is not None and years > 1 and needs is not None and needs.pooling is not None:
        first, until = spot.ends("n this year"), print_expr(needs.pooling.until)
        how = f"pooled over {years} years, until there are {until}"
        if needs.pooling.together:
            how = f"{years} years taken together, which need {until}"
        yield f"{how}: this year has {between(first)}"
        yield from _each_year(spot, int(years))


def _each_year(spot: Spot, years: int) -> Iterator[str]:
    """What each year adds."""
    for back in range(years):
        part = f"{back} earlier" if back else "this year"
        low, high = spot.ends(f"numerator {part}")
        if spot.has(f"numerator at most {part}"):
            high = spot.ends(f"numerator at most {part}")[HIGH]
        under = f"denominator {part}" if spot.has(f"denominator {part}") else f"n {part}"
        rows = "" if spot.has(f"denominator {part}") else f" {spot.rows}"
        over = "of" if spot.item.rate is not None else "/"
        if (low, high) == (None, None):
            yield f"{_year(spot, back)}: not known" + (", not in prior_indicators" if _on_record(spot, back) else "")
            continue
        said = f"{between((low, high))} {over} {between(spot.ends(under))}{rows}"
        if spot.rated.value(called(spot.item.name, spot.group, f"calculated {part}")) is False:
            said += ", not calculated"
        yield f"{_year(spot, back)}: {said}{source_of(spot, back)}"


def unrecorded(spot: Spot) -> list[str]:
    """The years that may be pooled and are neither in this dataset nor on record."""
    backs = [back for back in range(1, 99) if spot.has(f"n {back} earlier")]
    return [_year(spot, back) for back in backs if _on_record(spot, back) and spot.ends(f"n {back} earlier") == OPEN]


def source_of(spot: Spot, back: int) -> str:
    """Where the numbers of a year come from, if not from the rows of this dataset."""
    return ", from prior_indicators" if _on_record(spot, back) else ""


def _on_record(spot: Spot, back: int) -> bool:
    """Whether a year is taken from the record, since this dataset has no rows of it or does not tell years apart."""
    if back and spot.item.cohort_year is None:
        return True
    name = f"{spot.item.name}: rows {back} earlier"
    if not back or (STATE, name) not in spot.rated.replay.columns:
        return False
    return spot.rated.replay.interpreter.value(STATE, name, (STATE,)) == 0


def _year(spot: Spot, back: int) -> str:
    found = spot.rated.replay.interpreter.value(STATE, f"{spot.item.name}: rated year", (STATE,))
    return school_year_text(found - back) if isinstance(found, int) else f"{back} years earlier"


def too_few(spot: Spot) -> str:
    """Why it is not rated: `7 students over 3 years, and 10 are needed`."""
    needs, over_years = spot.item.minimum_n or spot.rated.level.section.minimum_n, spot.item.over_years
    calculated = spot.known("years")
    if over_years is not None and calculated is not None and calculated < over_years.at_least:
        return f"{number_text(calculated)} of {over_years.years} years calculated, and {over_years.at_least} are needed"
    if spot.item.value is None and spot.known("denominator") == 0:
        return f"there are no {spot.rows} to divide by"
    if needs is None:
        return "it has no number"
    part = "denominator" if needs.of == "denominator" and spot.item.value is None else "n"
    years = spot.known("years")
    over = f" over {years} years" if years is not None and years > 1 else ""
    rows = spot.rows if part == "n" else "in the denominator"
    if part == "n" and spot.known("n") == 1:
        rows = cohort_entity(spot.item, spot.rated.replay.run.epoch.world).replace("_", " ")
    return f"{between(spot.ends(part))} {rows}{over}, and {print_expr(enough(needs, years))} are needed"


def group_text(spot: Spot) -> str:
    """For whom it stands, where not for everyone."""
    return f" for {spot.group.replace('_', ' ')}" if spot.group and spot.group != ALL_STUDENTS else ""

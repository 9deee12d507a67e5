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
from .cohort_gaps import Gaps, Looking, gaps_of
from .rated import OPEN, Ends, Level, called, ends_of, exact
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
        """A number of the row by both ends."""
        return ends_of(self.value(name))

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
    value = spot.ends()[end]
    if item.value is not None:
        reported = spot.ends("unrounded")[end]
        said = f"reported: {print_expr(item.value)} is {'not known' if reported is None else number_text(reported)}"
        return said + _rounded(reported, value, item.round)
    most = "numerator at most" if end and spot.has("numerator at most") else "numerator"
    over = spot.ends(most)[end]
    under = spot.ends("denominator")[end]
    if over is None or not under:
        return "its numbers are not known" if under != 0 else f"it has no {spot.rows}"
    if item.rate is not None:
        said = f"{number_text(over)} of {number_text(under)} {spot.rows} × 100"
    elif item.mean is not None:
        said = f"{number_text(over)} / {number_text(under)} {spot.rows}"
    else:
        said = f"{number_text(over)} / {number_text(under)}"
    unrounded = spot.ends("unrounded")[end]
    if item.scale is not None:
        rate = spot.ends("rate at most" if end and spot.has("rate at most") else "rate")[end]
        shown = "not known" if rate is None else number_text(rate)
        said += f" = {shown}" + (f" ({decimals(item.rate_round)})" if item.rate_round is not None else "")
        said += f"; the bands {item.scale.text} give"
    if unrounded is None:
        return said
    equal = "" if item.scale is not None else " ="
    return f"{said}{equal} {number_text(unrounded)}" + _rounded(unrounded, value, item.round)


def _rounded(before: Fraction | None, after: Fraction | None, places: int | None) -> str:
    if places is None or before is None or after is None or before == after:
        return ""
    return f", rounded to {number_text(after)}"


def years_pooled(spot: Spot) -> Iterator[str]:
    """Over which years it is pooled, and what each of them adds."""
    years = spot.known("years")
    needs = spot.item.minimum_n or spot.rated.level.section.minimum_n
    if years is None or years == 1 or needs is None or needs.pooling is None:
        return
    first = spot.ends("n this year")
    until = print_expr(needs.pooling.until)
    yield f"pooled over {years} years, until there are {until}: this year has {between(first)}"
    for back in range(int(years)):
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
        yield f"{_year(spot, back)}: {said}{source_of(spot, back)}"


def unrecorded(spot: Spot) -> list[str]:
    """The years that may be pooled and are neither in this dataset nor on record."""
    backs = [back for back in range(1, 99) if spot.has(f"n {back} earlier")]
    return [_year(spot, back) for back in backs if _on_record(spot, back) and spot.ends(f"n {back} earlier") == OPEN]


def source_of(spot: Spot, back: int) -> str:
    """Where the numbers of a year come from, if not from the rows of this dataset."""
    return ", from prior_indicators" if _on_record(spot, back) else ""


def _on_record(spot: Spot, back: int) -> bool:
    """Whether a year is taken from the record, since this dataset has no rows of it."""
    name = f"{spot.item.name}: rows {back} earlier"
    if not back or (STATE, name) not in spot.rated.replay.columns:
        return False
    return spot.rated.replay.interpreter.value(STATE, name, (STATE,)) == 0


def _year(spot: Spot, back: int) -> str:
    found = spot.rated.replay.interpreter.value(STATE, f"{spot.item.name}: rated year", (STATE,))
    return school_year_text(found - back) if isinstance(found, int) else f"{back} years earlier"


def too_few(spot: Spot) -> str:
    """Why it is not rated: `7 students over 3 years, and 10 are needed`."""
    needs = spot.item.minimum_n or spot.rated.level.section.minimum_n
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
    return f"{between(spot.ends(part))} {rows}{over}, and {print_expr(needs.count)} are needed"


def group_text(spot: Spot) -> str:
    """For whom it stands, where not for everyone."""
    return f" for {spot.group.replace('_', ' ')}" if spot.group and spot.group != ALL_STUDENTS else ""

"""One policy year after year: the data move on, grow and respond, and each run is on record in the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ....execution.dataset import Dataset
from ....execution.joined_frame import one_array
from ....model.school_year import school_year_text
from ....plan.from_checked import plan_policy
from ....plan.part import part_of_plan
from ....plan.plan import UNKEPT, Column, Plan
from ....text.diagnostic import Diagnostics
from ....text.errors import PolicyError
from ....types.checked import CheckedPolicy
from ...policy_data import completed
from ...reruns import COUNTED
from ...run import Run
from ..ground import Ground
from ..grown_rows import Growth, TooManyRowsError, grown
from ..measure import Measures
from ..overlay.overlay import Overlay, overlay_on
from .asked_rows import asking
from .checked_years import CheckedYears, Responding, share_at
from .on_record import on_record, with_single_years
from .programs import Programs
from .rows_meant import Meant, rows_in, rows_meant
from .year_on import a_year_on, same_day, wages_raised
from .year_read import Standings, YearRead, read_year


@dataclass(frozen=True, slots=True)
class Grown:
    """What grew in a year, or responded: so many rows were meant, and so many came of them. `unknown` are rows of which
    nobody can tell whether they are meant.
    """

    what: str
    share: Fraction
    rows: int
    change: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Side:
    """A year of the policy as it is, or with what is set."""

    read: YearRead
    grown: tuple[Grown, ...]

    @property
    def measures(self) -> Measures:
        """The numbers of the run."""
        return self.read.measures


class Chain:
    """One policy year after year. The data before any response are kept, so that responses do not add up."""

    def __init__(
        self, ground: Ground, plain: Ground, asked: CheckedYears, programs: Programs, overlays: Sequence[Overlay] = ()
    ) -> None:
        self._ground, self._plain, self._asked = ground, plain, asked
        self._programs, self._overlays = programs, overlays
        self._askings: dict[int, CheckedPolicy] = {}
        self._known: dict[int, CheckedPolicy] = {}
        self.checked = ground.checked
        self._data = ground.dataset
        self._before: Run | None = None
        self._standings: Standings | None = None
        self.said: dict[str, None] = {}

    def year(self, number: int, begins: int) -> tuple[Side, Run]:
        """The next year; 0 is the data as they are. Raises PolicyError (X059, X089) for what data cannot hold."""
        told: list[Grown] = []
        self._take_effect(number)
        if self._before is not None:
            moved = a_year_on(self._data, self._asked.moving)
            moved = on_record(moved, self._before, self._asked.moving)
            moved = wages_raised(moved, share_at(self._asked.written.wages, begins), begins, self._asked.written.span)
            self._before = None
            self._data = self._more(moved, number, begins, told)
        data = self._responded(self._data, number, begins, told) if number else self._data
        run = self._run(data, number)
        read = read_year(run, self._standings)
        self._before, self._standings = run, read.standings
        return Side(read, tuple(told)), run

    def _take_effect(self, number: int) -> None:
        """The rules of scenarios that hold as of the day of a year. Rows that they change from a later day on stay."""
        start, day = self._ground.as_of, same_day(self._ground.as_of, number)
        held, first = overlay_on(self._overlays, day), overlay_on(self._overlays, start)
        if held is first or held is None:
            return
        if held.rows and (first is None or held.rows != first.rows):
            said = f"rows that a scenario changes from {held.starts} on stay as they are: only rules change on the way"
            self.said[said] = None
        if held.checked.tables != self._ground.checked.tables:
            said = f"what a scenario adds to the data from {held.starts} on is not read: only rules change on the way"
            self.said[said] = None
            return
        self.checked = self._known.setdefault(id(held), completed(held.checked, self._ground.dataset))

    def _asking(self) -> CheckedPolicy:
        """The policy of the year with the tests on rows. Raises PolicyError where they do not fit its rules."""
        key = id(self.checked)
        if key not in self._askings:
            own = Diagnostics()
            self._askings[key] = asking(self.checked, self._asked.asks, own)
            if own.has_errors:
                raise PolicyError(own.sorted())
        return self._askings[key]

    def _at(self, number: int, dataset: Dataset, checked: CheckedPolicy) -> Ground:
        return Ground(checked, dataset, same_day(self._ground.as_of, number), self._ground.settings)

    def _run(self, dataset: Dataset, number: int) -> Run:
        ground = self._at(number, dataset, self.checked)
        epoch, binding = self.checked.epoch(ground.as_of), ground.binding()

        def planned() -> Plan:
            return part_of_plan(with_single_years(plan_policy(self.checked, epoch)), self._is_needed)

        plan, program = self._programs.of(self.checked, ground.as_of, "a year", planned)
        columns = program.run(dataset, binding.cells, binding.schedules)
        return Run(self.checked, epoch, plan, binding, dataset, columns, "duckdb")

    def _is_needed(self, column: Column) -> bool:
        """Whether a column is counted, shown or on record: of persons who move on nothing goes on record."""
        table = self.checked.tables.get(column.id.entity)
        if table is not None and table.personal_key:
            goes_on = column.id.role in ("payment", "eligibility") and table.name not in self._asked.moving
            return goes_on or column.id.role in COUNTED
        return column.id.role not in UNKEPT

    def _more(self, dataset: Dataset, number: int, begins: int, told: list[Grown]) -> Dataset:
        """The data with what grows: cohorts first, then what is named, of the rows that there are then."""
        share = share_at(self._asked.written.cohorts, begins)
        if share:
            dataset = self._grown(dataset, Growth("student", share, f"+{begins}"), None, "students", begins, told)
        shares = [share_at(one.by, begins) for one in self._asked.growing]
        if not any(shares):
            return dataset
        meant = self._meant(dataset, number)
        for at, (one, by) in enumerate(zip(self._asked.growing, shares, strict=True)):
            if by:
                growth = Growth(one.table, by, f"+{begins}.{at + 1}", f"grow {at + 1} {begins}")
                rows = None if one.asked is None else meant[one.asked]
                dataset = self._grown(dataset, growth, rows, one.text, begins, told)
        return dataset

    def _responded(self, dataset: Dataset, number: int, begins: int, told: list[Grown]) -> Dataset:
        """The data with what people do because an incentive is another than in the policy as it is."""
        changes = [one.elasticity * self._change(one, number) for one in self._asked.responding]
        if not any(changes):
            return dataset
        meant = self._meant(dataset, number)
        for at, (one, change) in enumerate(zip(self._asked.responding, changes, strict=True)):
            if change:
                growth = Growth(one.table, max(change, Fraction(-1)), f"+{begins}r{at + 1}", f"response {at + 1}")
                rows = None if one.asked is None else meant[one.asked]
                what = f"{one.text}, responding to {one.parameter}"
                dataset = self._grown(dataset, growth, rows, what, begins, told)
        return dataset

    def _change(self, one: Responding, number: int) -> Fraction:
        """By which part of it a parameter is greater than in the policy as it is, as of the same day."""
        if self._ground is self._plain:
            return Fraction(0)
        day = same_day(self._plain.as_of, number - one.lag)
        before, after = (replace(ground, as_of=day).binding().cells[one.path] for ground in (self._plain, self._ground))
        if not isinstance(before, Fraction) or not isinstance(after, Fraction) or not before:
            self.said[
                f"{one.parameter} has no amount in the policy as of {day.isoformat()}: nothing responds to it"
            ] = None
            return Fraction(0)
        return (after - before) / before

    def _meant(self, dataset: Dataset, number: int) -> list[_Codes]:
        found = rows_meant(self._at(number, dataset, self._asking()), self._asked.asks, self._programs)
        return [_codes(dataset, one.table, meant) for one, meant in zip(self._asked.asks, found, strict=True)]

    def _grown(
        self, dataset: Dataset, growth: Growth, meant: _Codes | None, what: str, begins: int, told: list[Grown]
    ) -> Dataset:
        """The data with other rows of a table, by the codes that are meant. Raises PolicyError (X059)."""
        if growth.table not in dataset.tables:
            return dataset
        known = meant or _codes(dataset, growth.table, rows_in(dataset, growth.table))
        frame = dataset.tables[growth.table]
        codes = one_array(frame.columns[frame.keys[0]].values).to_pylist()
        among = [row for row, code in enumerate(codes) if code in known.codes]
        try:
            more = grown(dataset, growth, among)
        except TooManyRowsError as error:
            own, when = Diagnostics(), f" in {school_year_text(begins)}"
            error.report(own, self._asked.written.span, "run fewer years, or let less grow", when)
            raise PolicyError(own.sorted()) from None
        change = more.tables[growth.table].row_count - frame.row_count
        told.append(Grown(what, growth.share, len(among), change, known.unknown))
        return more


@dataclass(frozen=True, slots=True)
class _Codes:
    """Rows by their codes, which stay theirs while others come and go."""

    codes: frozenset[str]
    unknown: int


def _codes(dataset: Dataset, table: str, meant: Meant) -> _Codes:
    frame = dataset.tables[table]
    codes = one_array(frame.columns[frame.keys[0]].values).to_pylist()
    return _Codes(frozenset(codes[row] for row in meant.rows), meant.unknown)

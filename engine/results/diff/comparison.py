"""A change of a policy, or of data, as it is felt: both sides run and compared, each effect traced to its edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction
from pathlib import Path

from ...execution.dataset import Dataset
from ...execution.memory_tables import MemoryTables
from ...model.standard import STANDARD
from ...text.diagnostic import Diagnostics
from ...text.errors import PolicyError
from ...types.check_policy import check_policy
from ...types.checked import CheckedPolicy
from ..columns_read import columns_read
from ..outcome import Outcome, outcome
from ..policy_data import completed, day_of_run, read_data
from ..run import Run, run_policy
from ..simulate.measure import COUNT, PAID, measured, measures_of
from .apply import apply
from .attribution import Attribution, attribute, smallest_groups
from .edit import Edit, PolicyDiff
from .outcome_diff import OutcomeDiff, compare_outcomes
from .payment_changes import paid_by_line
from .policy_diff import diff_files
from .rows_of_table import groupable
from .totals import compare_totals
from .version import Version

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Split:
    """What the new policy did and what the new data did to a number, in both orders: the policy first (on the old data)
    or last (on the new), likewise the data; `policy` and `data` are the means, which add up to the change.
    """

    measure: str
    before: Fraction
    after: Fraction
    policy_on_old_data: Fraction
    policy_on_new_data: Fraction
    data_under_old_policy: Fraction
    data_under_new_policy: Fraction
    policy: Fraction
    data: Fraction


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that is known of a change.

    edits       what differs between the two policies
    outcome     what becomes of every result; nothing where no data were given
    causes      which of `edits.edits` causes how much (by their places); nothing where there is one edit, or no data
    crossed     of two vintages of data, what policy and data did
    elsewhere   the same change of policy on other data, such as those of earlier years, by the title of the data
    """

    edits: PolicyDiff
    outcome: OutcomeDiff | None = None
    causes: Attribution | None = None
    crossed: tuple[Split, ...] = ()
    elsewhere: tuple[tuple[str, OutcomeDiff], ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A policy with the data that it runs on."""

    checked: CheckedPolicy
    folder: str | Path | MemoryTables


class Workplace:
    """Runs policies on folders of data; what was read is kept for policies that read the same of it."""

    def __init__(self, as_of: Date | None, backend: str, diagnostics: Diagnostics) -> None:
        self._as_of, self._backend, self._found = as_of, backend, diagnostics
        self._read: list[tuple[str, Mapping[str, object], dict[str, set[str]], Dataset]] = []

    def outcome(self, side: Side) -> Outcome | None:
        """What a policy says of data; nothing where these break the contract."""
        run = self._run(side)
        return None if run is None else outcome(run)

    def totals(self, old: CheckedPolicy, new: CheckedPolicy, folder: str | Path | MemoryTables) -> OutcomeDiff | None:
        """What becomes of payments and ratings; nothing where data break the contract."""
        data = [self._data(Side(one, folder)) for one in (old, new)]
        if data[0] is None or data[1] is None:
            return None
        day = day_of_run(new, data[1], self._as_of, self._found)
        if day is None:
            return None
        return compare_totals(completed(old, data[0]), completed(new, data[1]), data[0], data[1], day)

    def _run(self, side: Side) -> Run | None:
        data = self._data(side)
        if data is None:
            return None
        day = day_of_run(side.checked, data, self._as_of, self._found)
        return None if day is None else run_policy(completed(side.checked, data), data, day, self._backend)

    def _data(self, side: Side) -> Dataset | None:
        needed, place = columns_read(side.checked), str(side.folder)
        for folder, tables, columns, data in self._read:
            if folder == place and tables == side.checked.tables and columns == needed:
                return data
        found = read_data(side.checked, side.folder, self._found, groupable(side.checked))
        if found is not None:
            self._read.append((place, side.checked.tables, needed, found))
        return None if self._found.has_errors else found


def compare_files(
    old: str | Path, new: str | Path, data: str | Path | MemoryTables, *,
    new_data: str | Path | MemoryTables | None = None, elsewhere: tuple[str | Path, ...] = (),
    as_of: Date | None = None, backend: str = "duckdb", causes: bool = True, totals: bool = False,
    prove: bool = False,
) -> Comparison:  # fmt: skip
    """`compare_sides` of two files (or files of revisions). Raises PolicyError where these or the data are at fault."""
    found = Diagnostics()
    edits, before, after = diff_files(old, new, found, prove)
    compared = compare_sides(
        edits, before, after, data, found, new_data=new_data, elsewhere=elsewhere, as_of=as_of, backend=backend,
        causes=causes, totals=totals,
    )  # fmt: skip
    if compared is None or found.has_errors:
        raise PolicyError(found.sorted())
    return compared


def compare_sides(
    edits: PolicyDiff, old: Version, new: Version, data: str | Path | MemoryTables, diagnostics: Diagnostics, *,
    new_data: str | Path | MemoryTables | None = None, elsewhere: tuple[str | Path, ...] = (),
    as_of: Date | None = None, backend: str = "duckdb", causes: bool = True, totals: bool = False,
) -> Comparison | None:  # fmt: skip
    """The old policy on `data` and the new one on `new_data` (or the same); nothing where data break the contract.

    `elsewhere` are further folders on which both policies are run. With `causes`, what changes is traced to the edits,
    or to policy and data where both are others. `as_of` is the day of all runs, else that of each dataset. With
    `totals` payments and ratings alone are compared, on `data`.
    """
    place = Workplace(as_of, backend, diagnostics)
    if totals:
        alone = place.totals(old.checked, new.checked, data)
        return None if alone is None else Comparison(edits, alone)
    sides = (Side(old.checked, data), Side(new.checked, data if new_data is None else new_data))
    before, after = (place.outcome(side) for side in sides)
    if before is None or after is None:
        return None
    found = compare_outcomes(before, after)
    crossed: tuple[Split, ...] = ()
    traced = None
    if new_data is not None:
        corners = [place.outcome(Side(one.checked, folder)) for one, folder in ((new, data), (old, new_data))]
        if corners[0] is None or corners[1] is None:
            return None
        crossed = _split(before, corners[0], corners[1], after)
    elif causes:
        traced = _causes(edits.edits, old, data, place, before, after)
    others = []
    for folder in elsewhere:
        both = [place.outcome(Side(one.checked, folder)) for one in (old, new)]
        if both[0] is None or both[1] is None:
            return None
        title = both[1].run.dataset.title or str(folder)
        others.append((title, compare_outcomes(both[0], both[1])))
    return Comparison(edits, found, traced, crossed, tuple(others))


def worth_of(one: Outcome) -> dict[str, Fraction]:
    """The numbers of a run that are attributed, as simulations count them: dollars paid in all and by line, rows
    listed, rows with each rating, what is undetermined. Of a line whose payments cannot all be told those that are
    known count.
    """
    found, known = measured(one.run), paid_by_line(one)
    for line, paid in known.items():
        found[f"{PAID} by {line}"] = paid
    if known:
        found[PAID] = sum(known.values(), ZERO)
    kinds = measures_of(one.run.checked)
    return {name: value for name, value in found.items() if value is not None and _is_attributed(name, kinds[name])}


def _is_attributed(name: str, kind: str) -> bool:
    return kind == COUNT or name == PAID or name.startswith(f"{PAID} by ")


def _causes(
    edits: tuple[Edit, ...],
    old: Version,
    data: str | Path | MemoryTables,
    place: Workplace,
    before: Outcome,
    after: Outcome,
) -> Attribution | None:
    """The parts of the edits that can change a result; nothing where there are not several of them."""
    felt = [number for number, edit in enumerate(edits) if not edit.edit_class.harmless]
    quiet = frozenset(range(len(edits))) - frozenset(felt)
    if len(felt) < 2:
        return None
    checks: dict[frozenset[int], CheckedPolicy | None] = {}

    def made(chosen: frozenset[int]) -> CheckedPolicy | None:
        """The old policy with some of the edits that count, and all that change no result (names among them)."""
        if chosen not in checks:
            checks[chosen] = _checked(old, [edits[number] for number in sorted(quiet | {felt[one] for one in chosen})])
        return checks[chosen]

    def worth(chosen: frozenset[int]) -> Mapping[str, Fraction]:
        if not chosen:
            return worth_of(before)
        if len(chosen) == len(felt):
            return worth_of(after)
        checked = made(chosen)
        found = None if checked is None else place.outcome(Side(checked, data))
        return worth_of(before) if found is None else worth_of(found)

    groups = smallest_groups(len(felt), lambda chosen: made(chosen) is not None)
    found = attribute(groups, worth)
    named = tuple(frozenset(felt[one] for one in group) for group in found.groups)
    return Attribution(named, found.parts, found.orders, found.runs, found.exact)


def _checked(old: Version, edits: list[Edit]) -> CheckedPolicy | None:
    """The old policy with some edits, checked; nothing where it has errors."""
    found = Diagnostics()
    checked = check_policy(apply(old, edits), STANDARD, found)
    return None if found.has_errors else checked


def _split(before: Outcome, new_policy: Outcome, new_data: Outcome, after: Outcome) -> tuple[Split, ...]:
    """What the policy and what the data did, by number: the two corners between before and after are the new policy on
    the old data and the old policy on the new data.
    """
    worths = [worth_of(one) for one in (before, new_policy, new_data, after)]
    found = []
    for name in sorted(set().union(*worths)):
        start, policy, data, end = (one.get(name, ZERO) for one in worths)
        if start == policy == data == end:
            continue
        on_old, on_new, under_old, under_new = policy - start, end - data, data - start, end - policy
        shares = ((on_old + on_new) / 2, (under_old + under_new) / 2)
        found.append(Split(name, start, end, on_old, on_new, under_old, under_new, *shares))
    return tuple(found)

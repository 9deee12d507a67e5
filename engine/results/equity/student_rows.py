"""What a run comes to for each student: access, whether anything was earned and credited, dollars."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..claim_arrays import claim_arrays, read_array
from ..diff.list_moves import ON
from ..diff.rows_of_table import SCHOOL_OF, STUDENT
from ..line import column_named, lines_of_run
from ..priority_list import list_columns
from ..run import Run

ATTAINMENT, CREDENTIAL = "attainment", "credential"
PAID, POINTS, LISTED = "a claim that is paid", "points", "a credential on the list"
CENTS = 2


@dataclass(frozen=True, slots=True)
class StudentRows:
    """Arrow columns in the order of the table of students.

    attained   whether the student has an attainment
    credited   whether the run credits the student, by what `credited_by` says
    waiting    whether that waits for what is not known
    access     whether anybody of the student's school is credited: a school that offers what counts, as far as results
               tell; nothing where the data have no schools of students
    cents      what claims for the student are paid, in cents; nothing where the policy pays nothing for students
    """

    attained: Any
    credited: Any
    waiting: Any
    access: Any | None
    cents: Any | None
    credited_by: str


def student_rows(run: Run) -> StudentRows | None:
    """What the run comes to for each student; nothing where the data have no students, or the policy credits none."""
    frame = run.dataset.tables.get(STUDENT)
    if frame is None:
        return None
    keys = frame.columns[frame.keys[0]].values
    found = _of_claims(run, keys) or _of_points(run, keys) or _of_list(run, keys)
    if found is None:
        return None
    credited, waiting, cents, by = found
    earned = _read(run, ATTAINMENT, STUDENT)
    attained = _among(keys, earned) if earned is not None else credited
    access = None
    if SCHOOL_OF in frame.columns:
        schools = frame.columns[SCHOOL_OF].values
        access = _among(schools, schools.filter(credited).drop_null())
    return StudentRows(attained, credited, pc.and_(waiting, pc.invert(credited)), access, cents, by)


def _of_claims(run: Run, keys: Any) -> tuple[Any, Any, Any, str] | None:
    """Students with a claim that is paid, those with one that is pending, and their cents."""
    credited, waiting = pa.repeat(False, len(keys)), pa.repeat(False, len(keys))
    cents, any_line = pa.repeat(0, len(keys)), False
    for line in lines_of_run(run):
        entity, made = line.item.claim.text, claim_arrays(run, line)
        own = entity == STUDENT
        students = run.columns[entity].column(0).combine_chunks() if own else read_array(run, entity, STUDENT)
        if students is None:
            continue
        any_line, paid = True, made.column("paid")
        got = made.either(made.status("paid"), paid.positive())
        credited = pc.or_(credited, _among(keys, students.filter(got)))
        waiting = pc.or_(waiting, _among(keys, students.filter(made.status("pending"))))
        sums = pa.table({"student": students, "paid": _in_cents(paid.values, paid.scale)}).group_by("student")
        found = sums.aggregate([("paid", "sum")])
        places = pc.index_in(keys, value_set=found.column("student").combine_chunks())
        cents = pc.add(cents, pc.fill_null(found.column("paid_sum").combine_chunks().take(places), 0))
    return (credited, waiting, cents, PAID) if any_line else None


def _in_cents(values: Any, scale: int) -> Any:
    """Dollars as whole cents, of which no student is paid more than nine digits; what is paid has two decimals."""
    known = pc.fill_null(values, pa.scalar(0).cast(values.type))
    if scale == CENTS:
        return known.cast(pa.int64())
    return pa.array([int(Fraction(int(one), 10**scale) * 10**CENTS) for one in known.to_pylist()], pa.int64())


def _of_points(run: Run, keys: Any) -> tuple[Any, Any, None, str] | None:
    """Students with points above nothing in any table of points about students."""
    credited, waiting, found = pa.repeat(False, len(keys)), pa.repeat(False, len(keys)), False
    for item in run.checked.policy.points:
        entity, column = item.entity.text, column_named(run, item.entity.text, item.name)
        if entity != STUDENT or column is None or entity not in run.columns:
            continue
        found, table = True, run.columns[entity]
        there = table.column(0).combine_chunks()
        ends = [f"{item.name}__low", f"{item.name}__high"] if column.type.bounded else [item.name, item.name]
        low, high = (table.column(name).combine_chunks() for name in ends)
        sure = pc.fill_null(pc.greater(low, pa.scalar(0).cast(low.type)), False)
        may = pc.fill_null(pc.greater(high, pa.scalar(0).cast(high.type)), True)
        credited = pc.or_(credited, _among(keys, there.filter(sure)))
        waiting = pc.or_(waiting, _among(keys, there.filter(may)))
    return (credited, waiting, None, POINTS) if found else None


def _of_list(run: Run, keys: Any) -> tuple[Any, Any, None, str] | None:
    """Students with an attainment of a credential that is on the list."""
    item = run.checked.policy.priority_list
    students, credentials = _read(run, ATTAINMENT, STUDENT), _read(run, ATTAINMENT, CREDENTIAL)
    if item is None or item.entity.text != CREDENTIAL or students is None or credentials is None:
        return None
    status = list_columns(run)["list_status"]
    listed = run.columns[CREDENTIAL].column(0).combine_chunks()
    on = pa.array([str(one) in ON for one in status])
    credited = _among(keys, students.filter(_among(credentials, listed.filter(on))))
    return credited, pa.repeat(False, len(keys)), None, LISTED


def _read(run: Run, table: str, column: str) -> Any:
    frame = run.dataset.tables.get(table)
    return None if frame is None or column not in frame.columns else frame.columns[column].values


def _among(values: Any, wanted: Any) -> Any:
    return pc.is_in(values, value_set=pc.unique(wanted))

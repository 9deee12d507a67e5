"""More or fewer rows of a table: which rows are drawn, and how a row is copied with all that refers to it.

A draw hangs on the seed, the name of the table and the key of the row alone: not on the order of rows, on what else is
drawn, or on any state. Whoever copies or takes out rows of a dataset does it with these functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import blake2b
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ...execution.dataset import Dataset
from ...execution.frame import Frame
from ...execution.joined_frame import joined, one_array, with_values, without_rows
from ...text.diagnostic import Diagnostics
from ...text.source import Span

ALIKE = ("accountable_school", "class_of")
"""In what students are alike of whom one takes the place of another, as far as the data have it."""

SEED = 1
"""The seed of a scenario that names none."""

MOST_ROWS = 20_000_000
"""So many rows a table has at most once rows of it have grown."""

Keys = Mapping[str, str]
"""The key of a row → that of its copy."""


class TooManyRowsError(Exception):
    """A table would have `count` rows, or more: none was copied for it."""

    def __init__(self, table: str, count: int) -> None:
        super().__init__(f"{table}: {count}")
        self.table, self.count = table, count

    def report(self, diagnostics: Diagnostics, span: Span, help: str, when: str = "") -> None:
        """Say it where the growth is asked for (X059)."""
        count, most = f"{self.count:,}", f"{MOST_ROWS:,}"
        diagnostics.report("X059", span, help=help, table=self.table, count=count, when=when, most=most)


def rows_of_share(count: int, share: Fraction) -> int:
    """So large a share of so many rows, halves rounded up, without its sign: 10% of 10 rows are 1."""
    return int(abs(share) * count + Fraction(1, 2))


def drawn(seed: int, name: str, frame: Frame, among: Sequence[int], count: int) -> list[int]:
    """`count` of some rows: those whose digest of seed, name and key is least; all of them where they are no more."""
    parts = [one_array(frame.columns[key].values).take(pa.array(among, pa.int64())).to_pylist() for key in frame.keys]
    head = f"{seed}\x1f{name}\x1f".encode()
    digests = [
        (blake2b(head + "\x1f".join(map(str, key)).encode(), digest_size=16).digest(), row)
        for row, key in zip(among, zip(*parts, strict=True), strict=True)
    ]
    return sorted(row for _, row in sorted(digests)[:count])


def can_be_copied(frame: Frame) -> bool:
    """Whether a row can have a copy with a code of its own: its key is one text."""
    return len(frame.keys) == 1 and frame.columns[frame.keys[0]].column.type == "text"


@dataclass(frozen=True, slots=True)
class Growth:
    """Rows of a table that become more by a share, or fewer where it is negative. `mark` is put behind the code of a
    copy, with `x2` behind it for the second copy of a row and so on; no two growths of one dataset have the same mark,
    nor one that ends so. `name` tells the draw from others.
    """

    table: str
    share: Fraction
    mark: str
    name: str = ""
    seed: int = SEED


def grown(dataset: Dataset, growth: Growth, among: Sequence[int] | None = None) -> Dataset:
    """The dataset with more, or fewer, of some rows of a table (of all where none are named), each with all that refers
    to it. A share above 100% copies every row as often as it is whole, and draws for the rest. Raises TooManyRowsError.
    """
    frame = dataset.tables[growth.table]
    rows = list(range(frame.row_count)) if among is None else list(among)
    name = growth.name or growth.table
    if growth.share < 0:
        fewer = rows_of_share(len(rows), growth.share)
        return without(dataset, growth.table, drawn(growth.seed, name, frame, rows, fewer))
    wanted, turn, found = rows_of_share(len(rows), growth.share), 1, dataset
    _held(growth.table, frame.row_count + wanted)
    while wanted > 0:
        taken = drawn(growth.seed, name, frame, rows, wanted)
        if not taken:
            break
        source = one_array(frame.columns[frame.keys[0]].values).take(pa.array(taken, pa.int64())).to_pylist()
        mark = growth.mark + (f"x{turn}" if turn > 1 else "")
        found = with_copies(found, growth.table, source, mark, max(1, wanted // len(taken)))
        wanted, turn = wanted - len(taken), turn + 1
    return found


def with_copies(dataset: Dataset, table: str, codes: Sequence[str], mark: str, times: int = 1) -> Dataset:
    """The dataset with a copy of rows, by their codes, and of whatever refers to them. A copy has the code of its row
    with a mark, which is longer where a row has that code; what it refers to is the copy where that was copied as well,
    or else the same. Rows with a key of several columns are copied where one of them is another by that. Raises
    TooManyRowsError where a table would have too many once the rows are copied so many `times`.

    An attainment that is copied by itself is that of another student: nobody earns one credential twice.
    """
    tables = dict(dataset.tables)
    made: dict[str, Keys] = {}
    for name in _reached(dataset, table):
        frame = dataset.tables[name]
        ties = [column for column, data in frame.columns.items() if data.column.type in made and name != table]
        if name == table:
            rows = _rows_with(frame, frame.keys[0], set(codes))
        else:
            rows = sorted({row for tie in ties for row in _rows_with(frame, tie, made[frame.columns[tie].column.type])})
            if not can_be_copied(frame) and not set(ties) & set(frame.keys):
                continue
        _held(name, frame.row_count + len(rows) * times)
        more = frame.take(pa.array(rows, pa.int64()))
        for tie in ties:
            more = with_values(more, tie, _renamed(more, tie, made[frame.columns[tie].column.type]))
        if can_be_copied(frame):
            made[name] = _codes_of_copies(frame, rows, mark)
            more = with_values(more, frame.keys[0], _renamed(more, frame.keys[0], made[name]))
        if name == table == "attainment":
            more = _of_others(dataset, more)
        tables[name] = joined(frame, more)
    for name, frame in dataset.tables.items():
        if {"entity", "subject"} <= set(frame.columns):
            tables[name] = _records_copied(tables[name], made)
    return replace(dataset, tables=tables)


def _held(table: str, count: int) -> None:
    if count > MOST_ROWS:
        raise TooManyRowsError(table, count)


def _codes_of_copies(frame: Frame, rows: Sequence[int], mark: str) -> Keys:
    """The codes of some rows, and those of their copies, which no row has: as many `'` as it takes stand behind
    the mark of one that would be that of another row.
    """
    known = one_array(frame.columns[frame.keys[0]].values)
    codes = known.take(pa.array(rows, pa.int64()))
    made = dict(zip(codes.to_pylist(), pc.binary_join_element_wise(codes, mark, "").to_pylist(), strict=True))
    while True:
        copies = pa.array(made.values(), pa.string())
        taken = set(copies.filter(pc.is_in(copies, value_set=known)).to_pylist())
        if not taken:
            return made
        made = {code: f"{copy}'" if copy in taken else copy for code, copy in made.items()}


def without(dataset: Dataset, table: str, rows: Sequence[int]) -> Dataset:
    """The dataset without some rows of a table and whatever refers to them."""
    tables, gone = dict(dataset.tables), dict[str, set[str]]()
    for name in _reached(dataset, table):
        frame = dataset.tables[name]
        out = list(rows)
        if name != table:
            ties = [column for column, data in frame.columns.items() if data.column.type in gone]
            out = sorted({row for tie in ties for row in _rows_with(frame, tie, gone[frame.columns[tie].column.type])})
        if len(frame.keys) == 1:
            codes = one_array(frame.columns[frame.keys[0]].values).take(pa.array(out, pa.int64()))
            gone[name] = set(codes.to_pylist())
        tables[name] = without_rows(frame, out)
    for name, frame in tables.items():
        if {"entity", "subject"} <= set(frame.columns):
            entities, subjects = _about(frame)
            out = [row for row, subject in enumerate(subjects) if subject in gone.get(entities[row], ())]
            tables[name] = without_rows(frame, out)
    return replace(dataset, tables=tables)


def _reached(dataset: Dataset, table: str) -> list[str]:
    """The table and those whose rows refer to it, or to one that does, each after those to which it refers."""
    found = {table}
    while True:
        more = {
            name
            for name, frame in dataset.tables.items()
            if name not in found and any(data.column.type in found for data in frame.columns.values())
        }
        if not more:
            break
        found |= more
    ordered = [table]
    while len(ordered) < len(found):
        ready = [name for name in sorted(found - set(ordered)) if _refers_to(dataset, name) & found <= {*ordered, name}]
        ordered += ready or sorted(found - set(ordered))[:1]
    return ordered


def _refers_to(dataset: Dataset, name: str) -> set[str]:
    return {data.column.type for data in dataset.tables[name].columns.values()}


def _rows_with(frame: Frame, column: str, values: Any) -> list[int]:
    wanted = pa.array(sorted(values), pa.string())
    found = pc.fill_null(pc.is_in(one_array(frame.columns[column].values), value_set=wanted), False)
    return [int(row) for row in pc.indices_nonzero(found).to_pylist()]


def _renamed(frame: Frame, column: str, codes: Keys) -> Any:
    values = one_array(frame.columns[column].values).to_pylist()
    return pa.array([codes.get(value, value) for value in values], pa.string())


def _records_copied(frame: Frame, made: Mapping[str, Keys]) -> Frame:
    """Records about rows that were copied are those of the copies, too."""
    entities, subjects = _about(frame)
    rows = [row for row, entity in enumerate(entities) if subjects[row] in made.get(entity, {})]
    if not rows:
        return frame
    more = frame.take(pa.array(rows, pa.int64()))
    return joined(frame, with_values(more, "subject", pa.array([made[entities[row]][subjects[row]] for row in rows])))


def _about(frame: Frame) -> tuple[list[str], list[str]]:
    """Of records, what kind of thing each is about, and which."""
    return tuple(one_array(frame.columns[part].values).to_pylist() for part in ("entity", "subject"))


# -- whose an attainment is -----------------------------------------------------------------------------------------


def _of_others(dataset: Dataset, more: Frame) -> Frame:
    """Copies of attainments as those of other students: nobody earns one credential twice, so more attainments are more
    students who earn it.

    It is a student of the same school and class who does not have the credential: the first after a drawn one, in the
    order of their codes. Where there is none it stays with the student of the row that is copied.
    """
    students = dataset.tables.get("student")
    if students is None or not {"student", "credential"} <= set(more.columns):
        return more
    held = dataset.tables["attainment"].columns
    wanted = pc.unique(one_array(more.columns["credential"].values))
    among = pc.is_in(one_array(held["credential"].values), value_set=wanted)
    parts = [one_array(held[part].values).filter(among).to_pylist() for part in ("student", "credential")]
    has = set(zip(*parts, strict=True))
    codes = one_array(students.columns[students.keys[0]].values).to_pylist()
    alike = [name for name in ALIKE if name in students.columns]
    parts = [one_array(students.columns[name].values).to_pylist() for name in alike]
    kinds = list(zip(*parts, strict=True)) if parts else [()] * len(codes)
    groups: dict[tuple[Any, ...], list[str]] = {}
    for code, kind in zip(codes, kinds, strict=True):
        groups.setdefault(kind, []).append(code)
    kind_of = dict(zip(codes, kinds, strict=True))
    found: list[str] = []
    named = (one_array(more.columns[part].values).to_pylist() for part in (more.keys[0], "student", "credential"))
    for copy, student, credential in zip(*named, strict=True):
        group = groups.get(kind_of.get(student, ()), [])
        start = int.from_bytes(blake2b(str(copy).encode(), digest_size=8).digest()) % max(len(group), 1)
        others = (one for one in chain(group[start:], group[:start]) if (one, credential) not in has)
        holder = next(others, student)
        has.add((holder, credential))
        found.append(holder)
    return with_values(more, "student", pa.array(found, pa.string()))

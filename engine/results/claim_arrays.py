"""The claims of a line as Arrow columns: counted, compared and summed without a Python value for each of a million."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..types.lower.line import Line
from .line import column_named
from .run import Run

WIDE = pa.decimal128(38, 0)
"""Wide enough for any sum of claims."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of claims in physical form: whole numbers at a scale, text or truth without one; null where missing."""

    values: Any
    scale: int = 0

    def missing(self) -> Any:
        """A mask of the rows without a value."""
        return pc.is_null(self.values)

    def false(self) -> Any:
        """A mask of the rows that are surely false."""
        return _certain(pc.invert(self.values))

    def positive(self) -> Any:
        """A mask of the rows above nothing."""
        return _certain(pc.greater(self.values, pa.scalar(0).cast(self.values.type)))

    def below(self, other: Column) -> Any:
        """A mask of the rows with less than in another column of amounts; a missing one is none."""
        if self.scale == other.scale:
            nothing = pa.scalar(0).cast(WIDE)
            return pc.less(*(pc.fill_null(one.values.cast(WIDE), nothing) for one in (self, other)))
        unit, unit_of = 10**other.scale, 10**self.scale
        pairs = zip(self.values.to_pylist(), other.values.to_pylist(), strict=True)
        return pa.array([int(left or 0) * unit < int(right or 0) * unit_of for left, right in pairs])

    def total(self, rows: Any) -> Fraction:
        """The sum over the rows of a mask, exact; a missing value counts as nothing."""
        found = pc.sum(self.values.filter(rows).cast(WIDE)).as_py()
        return Fraction(int(found or 0), 10**self.scale)


def _certain(mask: Any) -> Any:
    return pc.fill_null(mask, False)


@dataclass(frozen=True, slots=True)
class ClaimArrays:
    """The claims of a line of a run, in the order of the keys."""

    run: Run
    line: Line

    @property
    def everything(self) -> Any:
        """The mask of all claims."""
        return pa.repeat(True, len(self.run.columns[self.line.item.claim.text]))

    def column(self, part: str) -> Column:
        """A column of the line."""
        entity, name = self.line.item.claim.text, self.line.name(part)
        column = column_named(self.run, entity, name)
        assert column is not None, name
        stored = name if not column.type.bounded else f"{name}__low"
        values = self.run.columns[entity].column(stored).combine_chunks()
        return Column(values, column.type.scale if column.type.kind == "number" else 0)

    def status(self, word: str) -> Any:
        """The mask of the claims of which this became."""
        return _certain(pc.equal(self.column("status").values, word))

    def both(self, one: Any, other: Any) -> Any:
        """The rows in both masks."""
        return pc.and_(one, other)

    def either(self, one: Any, other: Any) -> Any:
        """The rows in one of the masks."""
        return pc.or_(one, other)

    def but(self, one: Any, other: Any) -> Any:
        """The rows in the first mask and not in the second."""
        return pc.and_(one, pc.invert(other))

    def count(self, rows: Any) -> int:
        """How many rows are in a mask."""
        return int(pc.sum(rows).as_py() or 0)

    def distinct(self, values: Any, rows: Any) -> int:
        """How many different values stand in the rows of a mask."""
        return int(pc.count_distinct(values.filter(rows)).as_py())

    def among(self, values: Any, wanted: Sequence[str]) -> Any:
        """The rows whose value is one of those wanted."""
        return pc.is_in(values, value_set=pa.array(list(wanted), pa.string()))


def claim_arrays(run: Run, line: Line) -> ClaimArrays:
    """The claims of a line."""
    return ClaimArrays(run, line)


def read_array(run: Run, entity: str, name: str) -> Any:
    """A column of the data in the order of the claims; nothing where the run has not read one."""
    frame = run.dataset.tables.get(entity)
    if frame is None or name not in frame.columns:
        return None
    stored = [run.columns[entity].column(key).combine_chunks() for key in frame.keys]
    there = [frame.columns[key].values for key in frame.keys]
    values = frame.columns[name].values
    if all(one.equals(other) for one, other in zip(stored, there, strict=True)):
        return values  # both are sorted by key, as a table that was read from a file is
    places = {key: place for place, key in enumerate(zip(*(one.to_pylist() for one in there), strict=True))}
    rows = zip(*(one.to_pylist() for one in stored), strict=True)
    return values.take(pa.array([places[key] for key in rows], pa.int64()))

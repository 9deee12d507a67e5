"""A table that has been opened: its headers are known, and its columns can be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .file_bytes import FileBytes
from .frame import Array


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Columns of cells by header, blank where there is no value; `lines` are the lines or rows on which they stand.

    Cells are strings, as they are or as a dictionary. `kinds` says what they are (see `raw_cells`); a column that is
    not in it holds texts.
    """

    columns: Mapping[str, Array]
    lines: Array
    kinds: Mapping[str, Array] = field(default_factory=dict)


ReadColumns: TypeAlias = Callable[[Sequence[str]], TableColumns | None]
"""Reads the columns under some headers; nothing where they cannot be read, which is reported."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook; `letters` are those of the columns, by header."""

    name: str
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OpenTable:
    """`name` is what messages call it. `file` is nothing for a table in memory, `sheet` for all but workbooks."""

    name: str
    headers: tuple[str, ...]
    read: ReadColumns
    file: FileBytes | None = None
    sheet: Sheet | None = None

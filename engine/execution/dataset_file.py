"""What `dataset.yaml` says: which tables there are, in which files, under which headers, with which gaps.

title: Example state
as_of: 2026-11-01                    # the date of a run that names none
made_up: no                          # yes: nothing in it is real; note says more
note: wages are public figures
jurisdiction: US-OH                  # rows of other places are refused …
scope:
  areas: [US-OH]                     # … or left out, with everything that refers to them
  known: [district]                  # and so are rows that refer to a district which the table does not have
tables:
  occupation:
    file: occupations.csv            # .csv, .tsv, .json (all plain or .gz), .parquet or .xlsx, inside this folder
  articulation:
    empty: yes                       # known to have no rows; no file
  labor_market:
    file: oews.tsv.gz
    source: Occupational Employment and Wage Statistics
    url: https://www.bls.gov/oes/
    vintage: May 2025
    licence: public domain
    made_up: no                      # or which part of it is
    complete: no                     # a row that is not there may not have been reported
    missing:                         # texts that mean missing, in every column of this table
      - "*"
      - "**"
    thousands: yes                   # 1,234 is a number
    separator: tab                   # what parts the cells where the file's name says otherwise: , ; | or tab
    masks:                           # what a text (or, with `footnote`, its code) means
      "*":
        why: not released
    columns:                         # only those whose headers are not the model's names
      occupation: OCC_CODE
      area: AREA
      annual_median:
        from: A_MEDIAN
        footnote: A_MEDIAN_FN
        missing: "-"
        masks:
          8:
            why: not released
          5:
            at_least: 239200
        error: mean_wage_error           # its relative standard error: a column of the table, or a percent
  district:
    file: districts.xlsx
    sheet: Directory                 # of a workbook: which sheet, without it the first
    header_row: 3                    # the row of the headers, without it the first that is not blank
    stop_at_blank_row: yes           # what follows the first blank row is no part of the table
    columns:
      district_id:
        from: LEA
        pad_to: 3                    # numbers are codes of so many digits, 1 is 001
"""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from datetime import date as Date
from decimal import Decimal

from ..text.source import Span


@dataclass(frozen=True, slots=True)
class Mask:
    """What a masked cell says: why there is no value, or an end that the value does not pass."""

    why: str = ""
    at_least: Decimal | None = None
    at_most: Decimal | None = None

    @property
    def bounds(self) -> bool:
        """Whether it gives an end."""
        return self.at_least is not None or self.at_most is not None


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """Where a column of the model stands in a file and how its cells are written.

    `missing` are the texts that mean no value; `masks` say what such a text means or, where `footnote` names
    a column, what the code in that column means. `why` is the column that holds reasons, in files of the
    standard form. `pad_to` are the digits of codes that stand there as numbers; 0 where none may.
    """

    header: str
    span: Span
    missing: tuple[str, ...] = ()
    footnote: str = ""
    masks: Mapped[str, Mask] = field(default_factory=dict)
    thousands: bool = False
    why: str = ""
    pad_to: int = 0
    error: Decimal | str = ""


@dataclass(frozen=True, slots=True)
class TableSource:
    """One table of a dataset: its file and what is known of it.

    `file` is empty where the table is declared `empty`. `columns` are the columns that are mapped; every other one
    stands under its own name, and `missing`, `masks` and `thousands` hold for all of them. `separator` is empty where
    the file's name says it. `sheet`, `header_row` (0 where it is the first that is not blank) and `stop_at_blank_row`
    are about workbooks. `complete` is nothing where the model's own word holds.
    """

    name: str
    span: Span
    file: str = ""
    file_span: Span | None = None
    empty: bool = False
    columns: Mapped[str, ColumnSource] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    masks: Mapped[str, Mask] = field(default_factory=dict)
    thousands: bool = False
    separator: str = ""
    sheet: str = ""
    header_row: int = 0
    stop_at_blank_row: bool = False
    complete: bool | None = None
    source: str = ""
    url: str = ""
    vintage: str = ""
    licence: str = ""
    made_up: str = ""


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """A `dataset.yaml` as read. `broken` are tables that it names, or means, in a way that has been complained of.

    `scope` are the areas outside which rows are left out; `known` the tables outside which no reference may lead.
    """

    span: Span
    tables: Mapped[str, TableSource]
    broken: frozenset[str] = frozenset()
    title: str = ""
    as_of: Date | None = None
    made_up: bool = False
    note: str = ""
    jurisdiction: str = ""
    scope: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    scope_span: Span | None = None

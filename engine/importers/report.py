"""What an import did, for the command to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """Rows of the source are read, and then written or skipped: `rows_read` is the sum of both.

    `masked` counts the cells without an exact value by what the publisher says of them, `skipped` the rows left out
    by reason. `vintage` is the release; `notes` say what was taken for granted; `files` are the files written.
    """

    source: str
    vintage: str
    rows_read: int
    rows_written: int
    masked: Mapping[str, int]
    skipped: Mapping[str, int]
    files: tuple[str, ...]
    notes: tuple[str, ...] = ()

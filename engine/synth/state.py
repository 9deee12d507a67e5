"""A made-up state as a dataset in a folder: written table by table, in batches, whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from ..text.diagnostic import Diagnostics
from ..text.new_folder import new_folder
from ..text.source import Source, Span
from .arrays import Array
from .attainments import attainment_rows, make_rounds, most_attainments
from .base import Base, copied, credentials_of, read_base
from .dataset_yaml import FILES, MARK, dataset_yaml
from .draws import Ints
from .layout import Layout, make_layout
from .organizations import district_rows, school_rows, teacher_rows
from .priors import prior_payment_rows, prior_rating_rows
from .report import SynthReport
from .students import enrollment_rows, student_rows
from .table_writer import table_writer

BATCH = 100_000
MOST_STUDENTS = 100_000_000
FORMATS = ("parquet", "csv")

Progress = Callable[[int, int], None]
"""Told after each batch how many rows of persons there are and how many there will be, enrollments left out."""


def make_state(
    out: Path,
    jurisdiction: str,
    students: int,
    attainments: int,
    seed: int,
    format: str,
    base: Path,
    diagnostics: Diagnostics,
    *,
    batch: int = BATCH,
    progress: Progress | None = None,
) -> SynthReport | None:
    """Write a made-up state into the folder `out`: the same seed and sizes give the same bytes, whatever the `batch`.

    `jurisdiction` is a code such as US-XX; `format` is parquet or csv, that of the tables made; the tables of the
    dataset
    `base` that are not made are taken over. Reported, and nothing written: what cannot be made (D054), a folder that
    holds something else (D056), a place that cannot be written (D055).
    """
    span = Span(Source(str(out), ""), 0, 0)
    start = read_base(base, FILES)
    credentials = credentials_of(start)
    wrong = _wrong(jurisdiction, students, attainments, seed, format, most_attainments(students, len(credentials)))
    for option, wanted in wrong:
        diagnostics.report("D054", span, option=option, wanted=wanted)
    if out.is_file():
        help = "name a folder"
        diagnostics.report("D055", span, help=help, file=str(out), problem="it is a file, not a folder")
    elif not _is_free(out):
        help = "name a new folder, or one that holds a state made before"
        diagnostics.report("D056", span, help=help, folder=str(out))
    if diagnostics.has_errors:
        return None
    layout = make_layout(seed, students, attainments, credentials)
    try:
        return _replace(Path(os.path.realpath(out)), start, layout, jurisdiction, format, batch, progress)
    except OSError as problem:
        said = problem.strerror or str(problem)
        said = said[:1].lower() + said[1:]
        diagnostics.report("D055", span, help="name a folder where you may write", file=str(out), problem=said)
        return None


def _wrong(
    jurisdiction: str, students: int, attainments: int, seed: int, format: str, most: int
) -> Iterator[tuple[str, str]]:
    """The options that cannot be, each with what it takes."""
    if not re.fullmatch(r"US-[A-Z]{2}", jurisdiction):
        yield "state", "two capital letters, such as XX"
    if not 1 <= students <= MOST_STUDENTS:
        yield "students", f"a number from 1 to {MOST_STUDENTS:,}"
    elif not 0 <= attainments <= most:
        yield "attainments", f"a number from 0 to {most:,} for {students:,} students"
    if not 0 <= seed < 1 << 63:
        yield "seed", "a whole number from 0 up"
    if format not in FORMATS:
        yield "format", " or ".join(FORMATS)


def _is_free(out: Path) -> bool:
    """Whether a state may be written here: nothing is there, or an empty folder, or a state made before."""
    try:
        if not any(out.iterdir()):
            return True
        with (out / "dataset.yaml").open(encoding="utf-8") as file:
            return file.readline().rstrip("\n") == MARK
    except (OSError, UnicodeDecodeError):
        return not out.exists()


def _replace(
    out: Path, start: Base, layout: Layout, jurisdiction: str, format: str, batch: int, progress: Progress | None
) -> SynthReport:
    """The state as the folder `out`, made beside it and renamed; what stood there comes back if that fails."""
    with new_folder(out) as made:
        report = _write(made, start, layout, jurisdiction, format, batch, progress)
    return report


def _write(
    folder: Path, start: Base, layout: Layout, jurisdiction: str, format: str, batch: int, progress: Progress | None
) -> SynthReport:
    for table, file in start.files.items():
        (folder / file).write_bytes(copied(start, table, jurisdiction))
    rows, files = {}, dict(start.files)
    tables = _tables(layout, jurisdiction, batch)
    done, total = 0, layout.teachers + layout.students + layout.attainments
    for table, batches in tables.items():
        file = f"{FILES[table]}.{format}"
        count = 0
        with table_writer(folder / file, format) as writer:
            for columns in batches:
                writer.write(columns)
                count += len(next(iter(columns.values())))
                if progress is not None and table in ("teacher", "student", "attainment"):
                    progress(done + count, total)
        if table in ("teacher", "student", "attainment"):
            done += count
        rows[table] = count
        if count:
            files[table] = file
        else:
            (folder / file).unlink(missing_ok=True)
    text = dataset_yaml(start, layout, jurisdiction, format, rows)
    (folder / "dataset.yaml").write_text(text, encoding="utf-8", newline="\n")
    names = (*sorted(files.values()), "dataset.yaml")
    return SynthReport(jurisdiction=jurisdiction, seed=layout.seed, rows=rows, copied=tuple(start.files), files=names)


def _tables(layout: Layout, jurisdiction: str, batch: int) -> dict[str, Iterator[dict[str, Array]]]:
    """The batches of each table that is made."""
    rounds = make_rounds(layout)
    return {
        "district": iter([district_rows(layout, jurisdiction)]),
        "school": iter([school_rows(layout)]),
        "teacher": (teacher_rows(layout, rows) for rows in _batches(layout.teachers, batch)),
        "student": (student_rows(layout, rows) for rows in _batches(layout.students, batch)),
        "enrollment": (enrollment_rows(layout, rows) for rows in _batches(layout.students, batch)),
        "attainment": (attainment_rows(layout, rounds, rows) for rows in _batches(layout.attainments, batch)),
        "prior_rating": iter([prior_rating_rows(layout)]),
        "prior_payment": iter([prior_payment_rows(layout)]),
    }


def _batches(count: int, batch: int) -> Iterator[Ints]:
    """The numbers from 0 to below `count`, some at a time."""
    for begin in range(0, count, batch):
        yield np.arange(begin, min(begin + batch, count), dtype=np.int64)

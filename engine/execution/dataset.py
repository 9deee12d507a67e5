"""A dataset: tables whose rows keep the data contract, read from a folder with `dataset.yaml`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path

import pyarrow as pa

from ..model.standard import EMPTY_IF_ABSENT
from ..model.table import Table
from ..text.diagnostic import Diagnostic, Diagnostics, Severity
from ..text.load import load_source
from ..text.read import read_document
from ..text.source import NOWHERE, Source, Span
from ..text.suggest import file_cure, nearest
from .contract import check_references, frame_of, report_all
from .dataset_error import declared_errors
from .dataset_file import ColumnSource, DatasetFile, TableSource
from .frame import Frame
from .known_names import KnownNames, check_names
from .memory_tables import MemoryTables, open_memory_table
from .raw_table import RawTable, known_headers, read_raw_table
from .read_dataset_file import read_dataset_file
from .row_complaints import RowComplaints
from .scope import apply_scope, check_jurisdiction, keep_known, parents_of
from .side_by_side import side_by_side
from .table_file import open_table_file

_NAME = "dataset.yaml"
_LARGE = 100_000
"""Rows of a table that is worth a thread."""
_LARGE_FILE = 4 * 1024**2


@dataclass(frozen=True, slots=True)
class Dataset:
    """Frames by table name, and what is known of them.

    `fingerprints` gives the SHA-256 of every file read, dataset.yaml among them; `sources` what that says of each
    table.
    """

    tables: Mapping[str, Frame]
    title: str = ""
    as_of: Date | None = None
    made_up: bool = False
    note: str = ""
    jurisdiction: str = ""
    scope: tuple[str, ...] = ()
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, TableSource] = field(default_factory=dict)


def read_dataset(
    folder: str | Path | MemoryTables,
    tables: Mapping[str, Table],
    needed: Mapping[str, Collection[str]] | None,
    diagnostics: Diagnostics,
    *,
    jurisdiction: str = "",
    known: KnownNames | None = None,
    welcome: Mapping[str, Collection[str]] | None = None,
    ties: bool = False,
) -> Dataset | None:
    """The dataset in `folder`, or of tables in memory; nothing where anything in it is wrong (D001 to D036).

    `tables` is the data model. `needed` names the columns that a policy uses, by table; the keys come with them,
    and other tables are only looked at as far as references lead there. Without it everything that the dataset
    gives is read and checked. Rows outside `jurisdiction`, the policy's (the dataset's own holds as well), are
    refused unless a `scope` leaves them out. `known` are the names that records of decisions may bear. Columns that
    are `welcome`, by table, are read too where the table is and has them. With `ties` every table that the dataset
    gives is read with its references, so that rows can be taken out with all that refers to them.
    """
    own = Diagnostics()
    if isinstance(folder, MemoryTables):
        said: DatasetFile | None = _said_of_memory(folder, tables, own)
    else:
        said = _said_in(Path(folder), tables, own)
    if said is None:
        diagnostics.extend(own.sorted())
        return None
    raws = _read_tables(folder, tables, said, needed, own, welcome or {}, ties)
    if own.has_errors and "area" in said.tables and "area" not in raws:
        diagnostics.extend(own.sorted())  # which rows belong to the jurisdiction cannot be told
        return None
    if said.scope:
        raws = apply_scope(raws, said.scope)
    if said.known:
        raws = keep_known(raws, said.known)
    broken = _check_rows(said, raws, own)
    places = tuple(dict.fromkeys(place for place in (jurisdiction, said.jurisdiction) if place))
    frames = build_frames(raws, said, tables, places, own, known=known, broken=broken)
    diagnostics.extend(own.sorted())
    if own.has_errors:
        return None
    _add_absent(frames, tables, needed, places)
    files = {raw.file.name: raw.file.digest for raw in raws.values() if raw.file is not None}
    if not isinstance(folder, MemoryTables):  # dataset.yaml says how the others are read
        files[_NAME] = hashlib.sha256((Path(folder) / _NAME).read_bytes()).hexdigest()
    return Dataset(
        {name: frames[name] for name in tables if name in frames},
        title=said.title,
        as_of=said.as_of,
        made_up=said.made_up,
        note=said.note,
        jurisdiction=said.jurisdiction,
        scope=said.scope,
        fingerprints=dict(sorted(files.items())),
        sources=said.tables,
    )


def build_frames(
    raws: Mapping[str, RawTable],
    said: DatasetFile,
    tables: Mapping[str, Table],
    places: Collection[str],
    diagnostics: Diagnostics,
    *,
    known: KnownNames | None = None,
    broken: Collection[str] = (),
) -> dict[str, Frame]:
    """Typed and sorted frames of raw tables; whatever breaks the data contract is reported.

    `known` are the names that records may bear; references into tables that are `broken` are not looked at.
    """
    complaints = {name: RowComplaints(raw) for name, raw in raws.items()}
    parents = parents_of(raws.get("area"))

    def frame(name: str) -> Frame:
        for place in places:
            own = "in dataset.yaml" if place == said.jurisdiction else "of the policy"
            check_jurisdiction(raws[name], place, own, parents, complaints[name])
        declared = said.tables[name].complete if name in said.tables else None
        complete = tables[name].complete if declared is None else declared
        return frame_of(raws[name], complaints[name], complete=complete)

    large = max((raw.row_count for raw in raws.values()), default=0) > _LARGE
    frames = side_by_side(frame, raws, large=large)
    # what is wrong with a table as a whole is told once, not again by every row that refers to it
    lost = {name for name in frames if complaints[name].has_unread(tables[name].key)}
    targets = {name: frame for name, frame in frames.items() if name not in broken and name not in lost}

    def check(name: str) -> None:
        check_references(frames[name], targets, tables, complaints[name])
        if known is not None:
            check_names(frames[name], known, complaints[name])

    side_by_side(check, raws, large=large)
    report_all(complaints, diagnostics)
    return frames


def empty_raw(table: Table) -> RawTable:
    """A table without rows, with every column."""
    nothing = {column.name: pa.array([], pa.string()) for column in table.columns}
    sources = {column.name: ColumnSource(column.name, NOWHERE) for column in table.columns}
    return RawTable(table, nothing, pa.array([], pa.int64()), sources)


def _said_in(folder: Path, tables: Mapping[str, Table], diagnostics: Diagnostics) -> DatasetFile | None:
    """What the `dataset.yaml` of a folder says."""
    path = folder / _NAME
    if not path.is_file():
        beside = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
        help = file_cure(path, beside) or "a dataset is a folder with a file `dataset.yaml` that names its tables"
        diagnostics.report("D001", Span(Source(str(path), ""), 0, 0), help=help, folder=str(folder))
        return None
    source = load_source(path, diagnostics)
    document = None if source is None else read_document(source, diagnostics)
    return None if document is None else read_dataset_file(document, tables, diagnostics)


def _said_of_memory(memory: MemoryTables, tables: Mapping[str, Table], diagnostics: Diagnostics) -> DatasetFile:
    """What a `dataset.yaml` would say of tables in memory."""
    span = Span(Source(memory.name or "the tables in memory", ""), 0, 0)
    sources, broken = {}, set()
    for name, given in memory.tables.items():
        if name in tables:
            sources[name] = TableSource(name, span, empty=hasattr(given, "__len__") and len(given) == 0)
            continue
        near = nearest(name, tables)
        help = f"did you mean `{near}`?" if near else "`specie data describe` lists the tables"
        diagnostics.report("D004", span, help=help, table=name)
        broken |= {near} if near else set()
    return DatasetFile(
        span, sources, frozenset(broken), memory.name, memory.as_of, memory.made_up, jurisdiction=memory.jurisdiction
    )


def _read_tables(
    folder: str | Path | MemoryTables,
    tables: Mapping[str, Table],
    said: DatasetFile,
    needed: Mapping[str, Collection[str]] | None,
    diagnostics: Diagnostics,
    welcome: Mapping[str, Collection[str]],
    ties: bool,
) -> dict[str, RawTable]:
    """The raw tables that are asked for and those to which their references lead, as far as they can be read."""
    wanted = _wanted(tables, said, needed, diagnostics)
    for name, table in tables.items() if ties else ():
        if name in said.tables:
            refers = {column.name for column in table.columns if column.type in tables}
            wanted.setdefault(name, (set(table.key), set()))[1].update(refers)
    for name, columns in welcome.items():
        if name in wanted:
            wanted[name][1].update(columns)

    def read(name: str) -> tuple[RawTable | None, Diagnostics]:
        source, table, own = said.tables[name], tables[name], Diagnostics()
        if source.empty:
            return empty_raw(table), own
        if isinstance(folder, MemoryTables):
            opened = open_memory_table(name, folder.tables[name], source.span, own)
        else:
            opened = open_table_file(Path(folder), table, source, known_headers(table, source), own)
        return None if opened is None else read_raw_table(opened, table, source, *wanted[name], own), own

    found = side_by_side(read, wanted, large=_has_large_files(folder, said))
    for _, own in found.values():
        diagnostics.extend(own.sorted())
    return {name: raw for name, (raw, _) in found.items() if raw is not None}


def _has_large_files(folder: str | Path | MemoryTables, said: DatasetFile) -> bool:
    if isinstance(folder, MemoryTables):
        return False
    try:
        files = [Path(folder) / source.file for source in said.tables.values() if source.file]
        return any(file.is_file() and file.stat().st_size > _LARGE_FILE for file in files)
    except (OSError, ValueError):  # what is wrong with it is told when it is read
        return False


def _wanted(
    tables: Mapping[str, Table],
    said: DatasetFile,
    needed: Mapping[str, Collection[str]] | None,
    diagnostics: Diagnostics,
) -> dict[str, tuple[set[str], set[str]]]:
    """Table → the columns that must be there and those that are welcome."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for name, table in tables.items():
        if needed is None and name in said.tables:
            required = {column.name for column in table.columns if column.required}
            found[name] = ({*table.key, *required}, {column.name for column in table.columns})
        elif needed is not None and name in needed:
            if name in said.tables:
                ties = {column.name for column in table.columns if column.type in tables}
                errors = declared_errors(table, said.tables[name], needed[name]).values()
                welcome = {
                    table.label,
                    table.area,
                    *(ties if said.scope or said.known else ()),
                    *(one for one in errors if isinstance(one, str)),
                }
                found[name] = ({*table.key, *needed[name]}, welcome)
            elif name != "state" and name not in EMPTY_IF_ABSENT and name not in said.broken:
                help = f"name its file under `tables`, or write `{name}:` with `empty: yes` if it has no rows"
                diagnostics.report("D006", said.span, help=help, table=name)
    if needed is None:
        return found
    for name in list(found):
        columns = found[name][0]
        for column in tables[name].columns:
            if column.name in columns and column.type in said.tables and column.type not in found:
                found[column.type] = (set(tables[column.type].key), {tables[column.type].label})
    if "area" in said.tables:
        found.setdefault("area", ({"code"}, set()))[1].add("part_of")
    return {name: found[name] for name in tables if name in found}


def _check_rows(said: DatasetFile, raws: Mapping[str, RawTable], diagnostics: Diagnostics) -> set[str]:
    """Every table has rows, unless it is declared to have none (D030); the names of those that have not."""
    broken = set()
    for name, raw in raws.items():
        source = said.tables[name]
        if raw.row_count or source.empty:
            continue
        broken.add(name)
        if raw.left_out:
            span, why = said.scope_span or source.span, " in the scope"
            help = f"all {raw.left_out:,} rows lie outside; codes are written as in the file"
        else:
            span, why = source.file_span or source.span, ""
            help = "if there are none, write `empty: yes` instead of `file`"
        diagnostics.report("D030", span, help=help, table=name, why=why)
    return broken


def _add_absent(
    frames: dict[str, Frame],
    tables: Mapping[str, Table],
    needed: Mapping[str, Collection[str]] | None,
    places: Collection[str],
) -> None:
    """The one row of the state, and the tables of decisions that need no file."""
    if "state" in tables and "state" not in frames:
        frames["state"] = state_frame(tables["state"], next(iter(places), ""))
    for name in tables:
        if name in EMPTY_IF_ABSENT and name not in frames and (needed is None or name in needed):
            raw = empty_raw(tables[name])
            frames[name] = frame_of(raw, RowComplaints(raw), complete=tables[name].complete)


def state_frame(table: Table, jurisdiction: str) -> Frame:
    """The one row of the table `state`: its key is the word `state`, its name the jurisdiction."""
    raw = empty_raw(table)
    cells = {name: pa.array([""], pa.string()) for name in raw.cells}
    cells[table.key[0]] = pa.array(["state"], pa.string())
    if "name" in cells:
        cells["name"] = pa.array([jurisdiction], pa.string())
    one = RawTable(table, cells, pa.array([1], pa.int64()), raw.sources)
    return frame_of(one, RowComplaints(one), complete=True)


_GAP = "missing"


def dataset_from_rows(
    tables: Mapping[str, Table],
    rows: Mapping[str, Sequence[Mapping[str, str]]],
    *,
    as_of: Date | None = None,
    jurisdiction: str = "",
    complete: Mapping[str, bool] | None = None,
    diagnostics: Diagnostics | None = None,
) -> Dataset:
    """The dataset that `rows` (table → rows → cells as text) make; every table of `tables` is in it.

    A cell that is absent, blank or `missing` has no value; `missing: not released` also says why. A bound is
    `at_least 239200` or `>=239200`, `at_most 5` or `<=5`. `complete` overrides what the model says of a table.
    Rows that break the data contract are reported to `diagnostics`; without it they raise ValueError, as do
    tables and columns that the model has not.
    """
    unknown = [name for name in rows if name not in tables]
    if unknown:
        raise ValueError(f"no such table: {', '.join(unknown)}")
    found = Diagnostics() if diagnostics is None else diagnostics
    sources = {name: TableSource(name, NOWHERE, complete=said) for name, said in (complete or {}).items()}
    raws = {name: _raw_in_memory(table, rows.get(name, ())) for name, table in tables.items()}
    places = (jurisdiction,) if jurisdiction else ()
    frames = build_frames(raws, DatasetFile(NOWHERE, sources), tables, places, found)
    if diagnostics is None and found.has_errors:
        errors = [one for one in found.sorted() if one.severity is Severity.ERROR]
        raise ValueError("\n".join(map(_in_one_line, errors)))
    if "state" in frames and not frames["state"].row_count:
        frames["state"] = state_frame(tables["state"], jurisdiction)
    return Dataset(frames, as_of=as_of, jurisdiction=jurisdiction)


def _in_one_line(found: Diagnostic) -> str:
    return f"{found.code} {found.span.source.name}, row {found.span.source.first_line}: {found.message}"


def _raw_in_memory(table: Table, rows: Sequence[Mapping[str, str]]) -> RawTable:
    names = [column.name for column in table.columns]
    unknown = {name for row in rows for name in row} - set(names)
    if unknown:
        raise ValueError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    cells, reasons = {}, {}
    for name in names:
        texts = [row.get(name, "") for row in rows]
        gaps = [text.strip().partition(":") for text in texts]
        given = ["" if gap[0] == _GAP else text for gap, text in zip(gaps, texts, strict=True)]
        cells[name] = pa.array(given, pa.string())
        reasons[name] = pa.array([gap[2].strip() if gap[0] == _GAP else "" for gap in gaps], pa.string())
    sources = {name: ColumnSource(name, NOWHERE) for name in names}
    lines = pa.array(range(1, len(rows) + 1), pa.int64())
    return RawTable(table, cells, lines, sources, reasons=reasons)

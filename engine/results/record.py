"""A run on disk: its tables in files and `run.json`, which says exactly what they were made from."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import date as Date
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..syntax.policy import Policy
from ..text.diagnostic import Diagnostics
from ..text.source import Source, Span
from .outcome import Outcome
from .statistics import parameter_rows
from .table import ResultTable, cell_text

RECORD = "run.json"


def write_run(result: Outcome, out: Path, format: str, version: str, diagnostics: Diagnostics) -> bool:
    """Write the tables of a run and its record into the folder `out`, whole or not at all.

    `format` is csv, json or parquet. The files are made in a sibling folder that then takes the place of `out`. A
    folder that holds anything but a run is refused (X012), as is a place that cannot be written (X019). Bytes depend
    on policy, data and as-of date alone.
    """
    span = Span(Source(str(out), ""), 0, 0)
    if not _is_free(out):
        help = "name a new folder, or one that an earlier run has written and nobody has added to"
        diagnostics.report("X012", span, help=help, folder=str(out))
        return False
    files = {f"{one.name}.{format}": WRITERS[format](one) for one in result.tables}
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    files[RECORD] = _json_bytes(record(result, hashes, version))
    try:
        _write_folder(Path(os.path.realpath(out)), files)  # unlike `resolve`, fails on a ring of links as on all else
    except OSError as problem:
        said = problem.strerror or str(problem)
        file = next((one for one in out.parents if one.is_file()), None)
        said = f"`{file}` is a file, not a folder" if file is not None else said[:1].lower() + said[1:]
        diagnostics.report("X019", span, help="name a folder where you may write", folder=str(out), problem=said)
        return False
    return True


def _is_free(out: Path) -> bool:
    """Whether a run may be written here: nothing is there, or an empty folder, or a run and nothing else."""
    try:
        inside = {one.name for one in out.iterdir()}
    except NotADirectoryError:
        return not out.is_file()
    except OSError:
        return True  # nothing is there, or writing will say what is wrong
    if not inside:
        return True
    try:
        said = json.loads((out / RECORD).read_bytes())
    except (OSError, ValueError):
        return False
    written = said.get("outputs") if isinstance(said, dict) and "specie_run" in said else None
    return isinstance(written, dict) and inside <= {RECORD, *written}


def _write_folder(out: Path, files: Mapping[str, bytes]) -> None:
    """The files as the folder `out`, made beside it and renamed; what stood there comes back if that fails."""
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    made, before = beside / "new", beside / "old"
    try:
        made.mkdir()
        for name, data in files.items():
            (made / name).write_bytes(data)
        if out.exists():
            out.rename(before)
        try:
            made.rename(out)
        except OSError:
            if before.exists():
                before.rename(out)
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def record(result: Outcome, hashes: dict[str, str], version: str) -> dict[str, Any]:
    """What `run.json` says: policy, parameters, data, engine, dates, counts and the hashes of the tables."""
    run = result.run
    return {
        "specie_run": 1,
        "engine": version,
        "policy": run.checked.policy.id,
        "policy_hash": policy_hash(run.checked.policy),
        "plan_hash": hashlib.sha256("".join(c.digest for c in run.plan.columns).encode()).hexdigest(),
        "as_of": run.as_of.isoformat(),
        "school_year": run.school_year,
        "epoch": run.epoch.starts.isoformat(),
        "parameters": parameter_rows(run),
        "data": {
            "title": run.dataset.title,
            "made_up": run.dataset.made_up,
            "note": run.dataset.note,
            "files": dict(sorted(run.dataset.fingerprints.items())),
        },
        "rows": {one.name: len(one.rows) for one in result.tables},
        "held": len(result.held),
        "failed": sum(1 for one in result.held if one.failed),
        "outputs": dict(sorted(hashes.items())),
    }


def policy_hash(policy: Policy) -> str:
    """A hash of what a policy says, with everything it extends, whatever its layout and comments."""
    return hashlib.sha256(repr(policy).encode()).hexdigest()


# -- formats ----------------------------------------------------------------------------------------------------


def csv_bytes(one: ResultTable) -> bytes:
    """A table as CSV: UTF-8, LF, blanks for nothing; a text that a spreadsheet would run as a formula is made inert."""
    rows = [[_inert(cell) if isinstance(cell, str) else cell_text(cell) for cell in row] for row in one.rows]
    return "".join(",".join(map(_quoted, row)) + "\n" for row in [one.names, *rows]).encode()


def _quoted(text: str) -> str:
    """A cell in quotation marks where it needs them; the standard writer forgets a lone carriage return."""
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


_SPECIAL = re.compile(r'[,"\r\n]')
_NUMERIC = re.compile(r"-?\d+(\.\d+)?(\.\.-?\d+(\.\d+)?)?", re.ASCII)


def _inert(text: str) -> str:
    """A text that no spreadsheet runs: one that begins with a formula's sign and is no number gets an apostrophe."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMERIC.fullmatch(text) else text


def json_bytes(one: ResultTable) -> bytes:
    """A table as a list of objects; exact numbers stand as text, so that no reader makes binary fractions of them."""
    rows = [{name: _json_cell(cell) for name, cell in zip(one.names, row, strict=True)} for row in one.rows]
    return _json_bytes(rows)


def _json_cell(cell: Any) -> Any:
    return cell if isinstance(cell, bool) or cell is None else cell_text(cell)


def _json_bytes(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def parquet_bytes(one: ResultTable) -> bytes:
    """A table as Parquet with fixed metadata; numbers are decimals of 38 digits with the decimals that occur."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = []
    for place, (_, kind) in enumerate(one.columns):
        cells = [row[place] for row in one.rows]
        arrays.append(pa.array([_arrow_cell(cell, kind) for cell in cells], _arrow_type(cells, kind, pa)))
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(arrays, names=list(one.names)), sink, store_schema=False)
    return bytes(sink.getvalue())


def _arrow_type(cells: list[Any], kind: str, pa: Any) -> Any:
    if kind == "number":
        places = max(
            (len(cell_text(cell).partition(".")[2]) for cell in cells if isinstance(cell, Fraction)), default=0
        )
        return pa.decimal128(38, places)
    return {"date": pa.date32(), "truth": pa.bool_()}.get(kind, pa.string())


def _arrow_cell(cell: Any, kind: str) -> Any:
    if kind == "number" and cell is not None:
        from decimal import Decimal

        return Decimal(cell_text(Fraction(cell)))
    return cell if isinstance(cell, (bool, Date)) or cell is None else cell_text(cell)


WRITERS: dict[str, Callable[[ResultTable], bytes]] = {"csv": csv_bytes, "json": json_bytes, "parquet": parquet_bytes}
FORMATS = tuple(WRITERS)

"""A run on disk: its tables in files and `run.json`, which says exactly what they were made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..syntax.policy import Policy
from ..text.diagnostic import Diagnostics
from ..text.source import Source, Span
from .folder import write_folder
from .outcome import Outcome
from .statistics import parameter_rows
from .table import ResultTable, decimal_text
from .table_file import json_text

RECORD = "run.json"


def write_run(result: Outcome, tables: Mapping[str, bytes], out: Path, version: str, diagnostics: Diagnostics) -> bool:
    """Write the tables of a run and its record into the folder `out`, whole or not at all.

    `tables` are the files with the tables, name → bytes. They are written to a sibling folder that then takes the place
    of `out`. A folder that holds anything but a run is refused (X012), as is a place that cannot be written (X019).
    Bytes depend on policy, data and as-of date alone.
    """
    span = Span(Source(str(out), ""), 0, 0)
    if not _is_free(out):
        help = "name a new folder, or one that an earlier run has written and nobody has added to"
        diagnostics.report("X012", span, help=help, folder=str(out))
        return False
    files = {**tables, RECORD: record_bytes(result, tables, version)}
    if problem := write_folder(out, files):
        diagnostics.report("X019", span, help="name a folder where you may write", folder=str(out), problem=problem)
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


def record_bytes(result: Outcome, tables: Mapping[str, bytes], version: str) -> bytes:
    """`run.json` as bytes; `tables` are the files with the tables, name → bytes."""
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in tables.items()}
    return json_text(record(result, hashes, version)).encode()


def record(result: Outcome, hashes: dict[str, str], version: str) -> dict[str, Any]:
    """What `run.json` says: policy, parameters, data, engine, dates, counts, totals and the hashes of the tables."""
    run = result.run
    return {
        "specie_run": 1,
        "engine": version,
        "policy": run.checked.policy.id,
        "title": run.checked.policy.title,
        "policy_hash": policy_hash(run.checked.policy),
        "plan_hash": hashlib.sha256("".join(c.digest for c in run.plan.columns).encode()).hexdigest(),
        "as_of": run.as_of.isoformat(),
        "school_year": run.school_year,
        "epoch": run.epoch.starts.isoformat(),
        "parameters": parameter_rows(run),
        "data": {
            "title": run.dataset.title,
            "as_of": run.dataset.as_of.isoformat() if run.dataset.as_of else "",
            "made_up": run.dataset.made_up,
            "note": run.dataset.note,
            "files": dict(sorted(run.dataset.fingerprints.items())),
        },
        "rows": {one.name: len(one.rows) for one in result.tables},
        "totals": {one.name: found for one in result.tables if (found := totals(one))},
        "held": len(result.held),
        "failed": sum(1 for one in result.held if one.failed),
        "outputs": dict(sorted(hashes.items())),
    }


def policy_hash(policy: Policy) -> str:
    """A hash of what a policy says, with everything it extends, whatever its layout and comments."""
    return hashlib.sha256(repr(policy).encode()).hexdigest()


def totals(one: ResultTable) -> dict[str, str]:
    """The sum of each column of a table that holds money, in dollars; blanks count as nothing."""
    found = {}
    for place, (name, kind) in enumerate(one.columns):
        if kind == "money":
            cells = (row[place] for row in one.rows)
            found[name] = decimal_text(sum((cell for cell in cells if isinstance(cell, Fraction)), Fraction(0)))
    return found

"""A run on disk: its tables in files and `run.json`, which says exactly what they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..syntax.policy import Policy
from ..text.diagnostic import Diagnostics
from .folder import write_recorded
from .outcome import Outcome
from .personal import personal_entities
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
    files = {**tables, RECORD: record_bytes(result, tables, version)}
    return write_recorded(out, files, RECORD, "specie_run", "run", diagnostics)


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
        "sources": [
            {
                "name": one.name,
                "title": one.title,
                "url": one.url,
                "read": one.read.isoformat() if one.read else "",
            }
            for one in run.checked.policy.sources
        ],
        "data": {
            "title": run.dataset.title,
            "as_of": run.dataset.as_of.isoformat() if run.dataset.as_of else "",
            "made_up": run.dataset.made_up,
            "note": run.dataset.note,
            "files": dict(sorted(run.dataset.fingerprints.items())),
        },
        "rows": {one.name: len(one.rows) for one in result.tables},
        "totals": {one.name: found for one in result.tables if (found := totals(one))},
        "columns": {one.name: dict(one.columns) for one in result.tables},
        "personal": sorted(personal_entities(run)),
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

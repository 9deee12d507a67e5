"""A recorded run held to what it says of itself, and to the same run made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date as Date
from pathlib import Path
from typing import Any

from ..text.diagnostic import Diagnostics
from ..text.source import Source, Span
from .record import RECORD

OTHERS = {"simulation.json": "a simulation", "diff.json": "a difference"}
"""Records that are not of a run, and what they are of."""

INPUTS = {"policy": "policy", "policy_hash": "text of the policy", "engine": "version of specie"}
"""Entries of the record that decide what comes out, and what people call them; the files of the data do as well."""


def read_record(folder: Path, diagnostics: Diagnostics) -> dict[str, Any] | None:
    """What `run.json` of a run says; nothing, and a complaint (X041), where no run is."""
    problem = ""
    try:
        said = json.loads((folder / RECORD).read_bytes())
    except FileNotFoundError:
        problem = f"there is no `{RECORD}`"
    except (OSError, ValueError):
        problem = f"`{RECORD}` cannot be read"
    else:
        if isinstance(said, dict) and said.get("specie_run") == 1 and _is_whole(said):
            return said
        problem = f"`{RECORD}` is not the record of a run"
    help = "name the folder that `specie evaluate --out` has written"
    for name, what in OTHERS.items():
        if (folder / name).is_file():
            help = f"it has `{name}`: `specie report {folder}` holds the folder of {what} to its hashes"
    diagnostics.report("X041", _place(folder), help=help, folder=str(folder), problem=problem)
    return None


def _is_whole(said: Mapping[str, Any]) -> bool:
    """Whether a record names a day, and files of one folder with their hashes."""
    try:
        Date.fromisoformat(said["as_of"])
    except (KeyError, TypeError, ValueError):
        return False
    return names_files(said)


def names_files(said: Mapping[str, Any]) -> bool:
    """Whether a record names files of one folder with their hashes."""
    outputs = said.get("outputs")
    return isinstance(outputs, dict) and all(
        isinstance(digest, str) and _is_name(name) for name, digest in outputs.items()
    )


def _is_name(name: str) -> bool:
    return name not in ("", ".", "..") and not set(name) & set("/\\:\0")


def verify_files(
    folder: Path, record: Mapping[str, Any], diagnostics: Diagnostics, name_of_record: str = RECORD
) -> None:
    """Hold each file of a run to its hash: changed (X042), missing (X043) or never written by the run (X044). A
    simulation and a difference have records of other names.
    """
    for name, digest in record["outputs"].items():
        path = folder / name
        if not path.is_file():
            diagnostics.report("X043", _place(path), help="write the run anew, or restore the file", file=name)
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            help = "do not rely on it: write the run anew, or restore the file"
            diagnostics.report("X042", _place(path), help=help, file=name)
    for path in sorted(folder.iterdir()):
        if path.name not in {name_of_record, *record["outputs"]}:
            help = "move it elsewhere: the folder of a run holds its files and nothing else"
            diagnostics.report("X044", _place(path), help=help, file=path.name)


def compare_runs(folder: Path, record: Mapping[str, Any], again: Mapping[str, bytes], diagnostics: Diagnostics) -> None:
    """Compare a run with the files of the same run made again, byte for byte.

    Inputs that are not those of the run are named (X046), then every file that differs (X045).
    """
    place = _place(folder / RECORD)
    made = json.loads(again[RECORD])
    for what, old, new in _inputs(record, made):
        diagnostics.report("X046", place, help=_CURE.get(what, _OTHER), what=what, old=old, new=new)
    for name in sorted({*again, *record["outputs"]}):
        path = folder / name
        there = path.read_bytes() if path.is_file() else None
        if there == again.get(name):
            continue
        notes: tuple[str, ...] = ()
        if name == RECORD:
            changed = [key for key in {**record, **made} if record.get(key) != made.get(key)]
            notes = (f"what differs in it: {', '.join(changed) or 'its layout'}",)
        help = "compare the inputs and the version of specie with those that `run.json` names"
        diagnostics.report("X045", _place(path), help=help, notes=notes, file=name)


_CURE = {
    "version of specie": "install the version of specie that made the run",
    "policy": "name the policy that the run was made from",
    "text of the policy": "name the policy as it was when the run was made",
}
_OTHER = "name the data that the run was made from"


def _inputs(record: Mapping[str, Any], made: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Each input that differs: what it is, what the run had, and what there is now."""
    found = [
        (what, _short(record.get(key)), _short(made.get(key)))
        for key, what in INPUTS.items()
        if record.get(key) != made.get(key)
    ]
    old, new = _fingerprints(record), _fingerprints(made)
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            found.append((f"data file `{name}`", _short(old.get(name)), _short(new.get(name))))
    return found


def _short(said: Any) -> str:
    """An entry as a message shows it; of a hash, enough to tell two apart."""
    text = "none" if said is None else str(said)
    return text[:12] if len(text) == 64 else text


def _fingerprints(record: Mapping[str, Any]) -> dict[str, str]:
    data = record.get("data")
    files = data.get("files") if isinstance(data, dict) else None
    return files if isinstance(files, dict) else {}


def _place(path: Path) -> Span:
    return Span(Source(str(path), ""), 0, 0)

"""A folder that a run, a simulation or a difference has left behind, held to its record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..text.diagnostic import Diagnostics
from ..text.source import Source, Span
from .record import RECORD
from .simulate.record import RECORD as SIMULATION_RECORD
from .verification import names_files, verify_files

DIFF_RECORD = "diff.json"

MARKS = {RECORD: ("run", "specie_run"), SIMULATION_RECORD: ("simulation", "specie_simulation"),
         DIFF_RECORD: ("diff", "specie_diff")}  # fmt: skip
"""The record of each kind of folder: what it is of, and the entry by which it is known."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A folder whose files are as they were written. `kind` is `run`, `simulation` or `diff`, `name` that of the file
    with the record, `data` its bytes.
    """

    folder: Path
    kind: str
    name: str
    record: dict[str, Any]
    data: bytes

    @property
    def command(self) -> str:
        """The command that writes such a folder."""
        return {"run": "evaluate", "simulation": "simulate"}.get(self.kind, self.kind)

    def file(self, name: str) -> bytes | None:
        """The bytes of a file that the record names; nothing where it names none of this name."""
        return (self.folder / name).read_bytes() if name in self.record["outputs"] else None


def read_recorded(folder: Path, diagnostics: Diagnostics) -> Recorded | None:
    """The record in a folder, where its files fit it (X042 to X044); nothing where there is none (X090)."""
    found, problem = _read(folder)
    if found is None:
        help = "name the folder that `--out` of `specie evaluate`, `specie simulate` or `specie diff` has written"
        diagnostics.report("X090", Span(Source(str(folder), ""), 0, 0), help=help, folder=str(folder), problem=problem)
        return None
    own = Diagnostics()
    verify_files(folder, found.record, own, found.name)
    diagnostics.extend(own.sorted())
    return None if own.has_errors else found


def _read(folder: Path) -> tuple[Recorded | None, str]:
    """The first record that is there; or nothing, and what is wrong."""
    name = next((name for name in MARKS if (folder / name).is_file()), None)
    if name is None:
        return None, "there is no `run.json`, `simulation.json` or `diff.json`"
    kind, mark = MARKS[name]
    try:
        data = (folder / name).read_bytes()
        said = json.loads(data)
    except (OSError, ValueError):
        return None, f"`{name}` cannot be read"
    if not isinstance(said, dict) or said.get(mark) != 1 or not names_files(said):
        return None, f"`{name}` is not a record with the hashes of its files"
    return Recorded(folder, kind, name, said, data), ""

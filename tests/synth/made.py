"""Small made-up states for the tests, and their rows."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from engine.synth.report import SynthReport
from engine.synth.state import make_state
from engine.text.diagnostic import Diagnostics
from tests.house.checkout import ROOT

BASE = ROOT / "examples" / "state"


def make(out: Path, **changes: Any) -> SynthReport | None:
    """A state of 900 students; `changes` are other arguments of `make_state`."""
    given: dict[str, Any] = {
        "jurisdiction": "US-XX", "students": 900, "attainments": 2000, "seed": 1, "format": "csv", "base": BASE,
        "diagnostics": Diagnostics(), **changes,
    }  # fmt: skip
    return make_state(out, **given)


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of a CSV file as text."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file in a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

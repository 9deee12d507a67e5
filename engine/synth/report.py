"""What making a state did, for the command to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SynthReport:
    """`rows` are the rows made by table, `copied` the tables taken from the example; `files` all that was written."""

    jurisdiction: str
    seed: int
    rows: Mapping[str, int]
    copied: tuple[str, ...]
    files: tuple[str, ...]

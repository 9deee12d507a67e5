"""Files of generated cases: where each goes, its text, and what no case was made for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...text.diagnostic import Diagnostics
from .boundary_cases import NotGenerated, boundary_cases
from .cases import ENDING, GENERATED, case_files, read_cases
from .text import case_file_text


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """A file beside a policy, its text (empty where no case was made), how many cases it has, and what it has not."""

    path: Path
    text: str
    count: int
    missed: tuple[NotGenerated, ...]


def generated_files(paths: Iterable[str | Path]) -> list[GeneratedFile]:
    """The cases that can be generated from files of cases, a file each; files at fault are left out."""
    found = []
    for path in case_files(paths, Diagnostics()):
        file, checked = read_cases(path, Diagnostics())
        if file is None or checked is None or path.name.endswith(GENERATED):
            continue
        made, missed = boundary_cases(file, checked)
        beside = path.with_name(path.name.removesuffix(ENDING) + GENERATED)
        text = case_file_text(file, made) if made else ""
        found.append(GeneratedFile(beside, text, len(made), tuple(missed)))
    return found

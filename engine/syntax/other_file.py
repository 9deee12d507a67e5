"""Files that are plainly no policies: datasets, tables of data, scenarios."""

from __future__ import annotations

import re
from pathlib import Path

from ..text.diagnostic import Diagnostics
from ..text.load import FILE_LIMIT
from ..text.source import Source, Span

TABLES = (".csv", ".tsv", ".csv.gz", ".tsv.gz", ".xlsx", ".xls", ".ods", ".parquet")
"""Endings of files that hold a table of data."""

_POLICY = re.compile(rb"^policy\s*:", re.MULTILINE)
_FILES = re.compile(rb"^tables\s*:.*^ +file\s*:", re.MULTILINE | re.DOTALL)
"""Decision tables of a policy stand under `tables` too, but in no files."""


def may_be_policy(path: str | Path, diagnostics: Diagnostics) -> bool:
    """Whether a file may be a policy. A dataset, a table of data and a scenario are not, and are reported (Y066); of a
    file that is not there or cannot be read nothing is said here.
    """
    file = Path(path)
    what, help = "", ""
    if _is_table(file):
        what = "a table of data"
        help = "check it with its dataset: `specie data check DIR`"
    elif _is_dataset(file):
        what = "a dataset"
        help = f"check it with `specie data check {file.parent}`"
    elif _is_scenario(file):
        what = "a scenario"
        help = f"run it: `specie simulate POLICY {path} --data DIR`; check it: `specie check {path}`"
    if what:
        diagnostics.report("Y066", Span(Source(str(path), ""), 0, 0), help=help, path=str(path), what=what)
    return not what


def _is_table(file: Path) -> bool:
    return file.name.lower().endswith(TABLES) and _exists(file)


def _exists(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def _is_scenario(file: Path) -> bool:
    """Whether a file is named as a scenario is, `NAME.scenario.yaml`."""
    return file.name.endswith(".scenario.yaml") and _exists(file)


def _is_dataset(file: Path) -> bool:
    """Whether a file has tables in files, or the name of one that has, and does not begin as a policy does."""
    if not _exists(file):
        return False
    try:
        with file.open("rb") as stream:
            text = stream.read(FILE_LIMIT)
    except OSError:
        return False
    if _POLICY.search(text):
        return False
    return file.name == "dataset.yaml" or _FILES.search(text) is not None

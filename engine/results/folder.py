"""A folder written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from ..text.diagnostic import Diagnostics
from ..text.new_folder import new_folder
from ..text.source import Source, Span


def write_recorded(
    out: Path, files: Mapping[str, bytes], record: str, mark: str, what: str, diagnostics: Diagnostics
) -> bool:
    """Write files as the folder `out`, one of them the JSON file `record` that lists the others under `outputs` and has
    the entry `mark`; `what` people call it, such as a run. A folder that holds anything else is refused (X012), as is a
    place that cannot be written (X019).
    """
    if not check_free(out, record, mark, what, diagnostics):
        return False
    if problem := write_folder(out, files):
        span = Span(Source(str(out), ""), 0, 0)
        diagnostics.report("X019", span, help="name a folder where you may write", folder=str(out), problem=problem)
        return False
    return True


def check_free(out: Path, record: str, mark: str, what: str, diagnostics: Diagnostics) -> bool:
    """Whether `write_recorded` would find a folder free; else it is reported (X012)."""
    free = _is_free(out, record, mark)
    if not free:
        help = f"name a new folder, or one that an earlier {what} has written and nobody has added to"
        diagnostics.report("X012", Span(Source(str(out), ""), 0, 0), help=help, folder=str(out))
    return free


def _is_free(out: Path, record: str, mark: str) -> bool:
    """Whether it may be written here: nothing is there, an empty folder, or one of the same kind and nothing else."""
    try:
        inside = {one.name for one in out.iterdir()}
    except NotADirectoryError:
        return not out.is_file()
    except OSError:
        return True  # nothing is there, or writing will say what is wrong
    if not inside:
        return True
    try:
        said = json.loads((out / record).read_bytes())
    except (OSError, ValueError):
        return False
    written = said.get("outputs") if isinstance(said, dict) and mark in said else None
    return isinstance(written, dict) and inside <= {record, *written}


def write_folder(out: Path, files: Mapping[str, bytes]) -> str:
    """Write files, path in the folder → bytes, as the folder `out`; returns what is wrong, nothing where all is well.

    The folder is made beside `out` and renamed; what stood there is gone then, and comes back if that fails.
    """
    try:
        _write(Path(os.path.realpath(out)), files)  # unlike `resolve`, fails on a ring of links as on all else
    except OSError as problem:
        said = problem.strerror or str(problem)
        file = next((one for one in out.parents if one.is_file()), None)
        return f"`{file}` is a file, not a folder" if file is not None else said[:1].lower() + said[1:]
    return ""


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    with new_folder(out) as made:
        fill(made, files)


def fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, path in the folder → bytes, into a folder that is there."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

"""A folder written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ..text.new_folder import new_folder


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

"""The files of this checkout, for the tests of the house."""

from __future__ import annotations

import functools
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be committed, in order; skips the test where there is no git."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = sorted({name for name in listed.stdout.decode("utf-8").split("\0") if name})
    return tuple(path for name in names if (path := ROOT / name).is_file())


def inside(folder: str, *endings: str) -> tuple[Path, ...]:
    """The files below `folder` whose name ends in one of `endings`."""
    return tuple(path for path in files() if path.is_relative_to(ROOT / folder) and path.suffix in endings)


def name(path: Path) -> str:
    """The path from the top of the checkout, with slashes."""
    return path.relative_to(ROOT).as_posix()

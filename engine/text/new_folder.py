"""A folder that comes into being whole: filled beside its place, then renamed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """An empty folder to be filled, which stands at `out` afterwards, in the place of what stood there. Where filling
    or renaming fails (OSError, or what the filling raises), what stood there stands there again.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    made, before = beside / "new", beside / "old"
    try:
        made.mkdir()
        yield made
        if out.exists():
            out.rename(before)
        try:
            made.rename(out)
        except OSError:
            if before.exists():
                before.rename(out)
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)

"""Where files are read from: the disk, or another place that has the same folders."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from .diagnostic import Diagnostics
from .load import load_source
from .source import Source


class Files(Protocol):
    """Files by their paths."""

    def is_file(self, file: Path) -> bool:
        """Whether there is a file."""
        ...

    def source(self, file: Path, diagnostics: Diagnostics) -> Source | None:
        """The text of a file; nothing where it cannot be read, which is reported."""
        ...


class Disk:
    """The files on the disk."""

    def is_file(self, file: Path) -> bool:
        """Whether there is a file."""
        try:
            return file.is_file()
        except (OSError, ValueError):  # a name too long for the file system
            return False

    def source(self, file: Path, diagnostics: Diagnostics) -> Source | None:
        """The text of a file (Y002 to Y006)."""
        return load_source(file, diagnostics)

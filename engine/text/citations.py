"""The citations in a file, found without reading its YAML: what stands behind `cite:`."""

from __future__ import annotations

import re
from pathlib import Path

_CITE = re.compile(r"^\s*(?:- )?cite:[ \t]*(\S.*)$", re.MULTILINE)
MOST_BYTES = 5_000_000


def cites_in(path: Path) -> tuple[str, ...]:
    """What the lines `cite: …` of a file say, in their order; nothing where the file is not there or too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return ()
        return tuple(_CITE.findall(path.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return ()

"""Exit codes."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the exit code says; people's scripts rely on it."""

    DONE = 0
    ERRORS = 1
    USAGE = 2
    DIFFERS = 3
    OUR_FAULT = 70
    STOPPED = 130

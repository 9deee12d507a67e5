"""A diagnostic code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A code: `name` says the bad thing in words joined by hyphens; `message` is the sentence with its blanks."""

    code: str
    name: str
    message: str
    warning: bool = False

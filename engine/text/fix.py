"""What may be written in the place of what a complaint is about, without a change of meaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .source import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters of a span give way to `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits of one file that belong together; `says` is what they do, such as "write `graduated`"."""

    says: str
    edits: tuple[Edit, ...]


def without_overlaps(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """The fixes that can be made at once: of two that touch each other, the first."""
    kept: list[Fix] = []
    taken: list[tuple[int, int]] = []
    for fix in fixes:
        places = [(edit.span.start, edit.span.end) for edit in fix.edits]
        if all(end < low or high < start for start, end in places for low, high in taken):
            kept.append(fix)
            taken += places
    return tuple(kept)


def edited(text: str, fixes: Iterable[Fix]) -> str:
    """A text with fixes made that do not overlap."""
    edits = sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span.start, reverse=True)
    for edit in edits:
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text

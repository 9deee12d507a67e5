"""From `versions:` of a table, of points or of bands to one record for each start; without it, to the only one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date
from typing import TypedDict, TypeVar

from ..text.document import Entry, Node
from ..text.source import NOWHERE, Span
from .choice_tables import Version
from .slots import Reading, entries, scalar, slot, start, text

V = TypeVar("V", bound=Version)


class VersionSlots(TypedDict):
    """The slots of `choice_tables.Version`."""

    starts: Date | None
    key: str
    standing: str
    cite: str
    cite_span: Span
    note: str
    span: Span


def parse_versions(entry: Entry, read: Callable[[Node, VersionSlots], V | None], reading: Reading) -> tuple[V, ...]:
    """The versions of a thing in the order of their starts (Y052). What a version does not say of its standing,
    citation and note, the thing says for all.
    """
    block = entry.value
    if slot(block, "versions") is None:
        only = read(block, _said(entry, None, None))
        return () if only is None else (only,)
    found: dict[Date, tuple[Entry, V | None]] = {}
    for dated in entries(slot(block, "versions")):
        starts = start(dated.key, reading)
        if starts is None:
            continue
        if starts in found:
            other, help = found[starts][0].key.text, "keep one of them"
            reading.diagnostics.report(
                "Y052", dated.key.span, found=dated.key.text, date=starts, other=other, help=help
            )
            continue
        found[starts] = dated, read(dated.value, _said(entry, dated, starts))
    versions = (found[starts][1] for starts in sorted(found))
    return tuple(one for one in versions if one is not None)


def _said(whole: Entry, dated: Entry | None, starts: Date | None) -> VersionSlots:
    own = dated.value if dated is not None else None
    said = {key: text(slot(own, key)) or text(slot(whole.value, key)) for key in ("standing", "cite", "note")}
    cite = scalar(slot(own, "cite")) or scalar(slot(whole.value, "cite"))
    return VersionSlots(
        starts=starts,
        key=dated.key.text if dated is not None else "",
        standing=said["standing"],
        cite=said["cite"],
        cite_span=cite.span if cite else NOWHERE,
        note=said["note"],
        span=(dated or whole).key.span,
    )

"""From the sections `definitions`, `criteria` and `record_checks` to rules with their versions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date as Date
from typing import TypeVar

from ..text.document import Entry, Node, Scalar
from .expr import Expr
from .policy import Criterion, Definition, RecordCheck, RuleVersion, Word
from .slots import (
    ItemSlots,
    Reading,
    check_until,
    entries,
    item,
    optional_test,
    scalar,
    sentence,
    slot,
    start,
    test,
    text,
    value,
)

Body = Callable[[Node | None, Reading], Expr]
Kind = TypeVar("Kind", bound=Criterion)


def parse_definitions(node: Node | None, reading: Reading) -> tuple[Definition, ...]:
    """The definitions of all entities (Y052)."""
    return tuple(
        Definition(**slots, entity=entity, versions=_versions(entry, slots, "value", value, reading))
        for entity, entry, slots in _named(node, reading)
    )


def parse_criteria(node: Node | None, reading: Reading) -> tuple[Criterion, ...]:
    """The criteria of all entities (Y041, Y052, Y055, Y064)."""
    return tuple(_criteria("criteria", Criterion, node, reading))


def parse_record_checks(node: Node | None, reading: Reading) -> tuple[RecordCheck, ...]:
    """What records have to satisfy (as criteria)."""
    return tuple(_criteria("record_checks", RecordCheck, node, reading))


def _criteria(section: str, kind: type[Kind], node: Node | None, reading: Reading) -> Iterator[Kind]:
    for entity, entry, slots in _named(node, reading):
        versions = _versions(entry, slots, "test", test, reading)
        _check_words(f"{section}.{entity.text}.{entry.key.text}", entry, versions, reading)
        excused = optional_test(slot(entry.value, "not_applicable_when"), reading)
        yield kind(**slots, entity=entity, versions=versions, not_applicable_when=excused)


def _named(node: Node | None, reading: Reading) -> Iterator[tuple[Word, Entry, ItemSlots]]:
    for group in entries(node):
        for entry in entries(group.value):
            entity = Word(text=group.key.text, span=group.key.span)
            yield entity, entry, item(entry.key, entry.value, reading)


def _versions(entry: Entry, slots: ItemSlots, key: str, body: Body, reading: Reading) -> tuple[RuleVersion, ...]:
    """The texts of a rule in the order of their dates; a rule without `versions` has one."""
    block = entry.value
    begins, ends = start(slot(block, "from"), reading), start(slot(block, "until"), reading)
    if slot(block, "versions") is None:
        written = block if isinstance(block, Scalar) else slot(block, key)
        if written is None:
            return ()
        check_until(block, begins, ends, reading)
        return (_version(written, slots, begins, ends, entry.key, body, reading),)
    found: dict[Date, tuple[Entry, RuleVersion]] = {}
    for dated in entries(slot(block, "versions")):
        starts = start(dated.key, reading)
        written = dated.value if isinstance(dated.value, Scalar) else slot(dated.value, key)
        if starts is None or written is None:
            continue
        if starts in found:
            other, help = found[starts][0].key.text, "keep one of them"
            reading.diagnostics.report(
                "Y052", dated.key.span, found=dated.key.text, date=starts, other=other, help=help
            )
            continue
        own = slots.copy()
        cite = scalar(slot(dated.value, "cite")) or None
        own["cite"] = text(cite) or slots["cite"]
        own["cite_span"] = cite.span if cite else slots["cite_span"]
        own["because"] = sentence(slot(dated.value, "because"), reading) or slots["because"]
        found[starts] = dated, _version(written, own, starts, None, dated.key, body, reading)
    versions = [found[starts][1] for starts in sorted(found)]
    if ends and versions:
        last = versions[-1]
        check_until(block, last.starts, ends, reading)
        versions[-1] = replace(last, ends=ends)
    return tuple(versions)


def _version(
    written: Node, slots: ItemSlots, starts: Date | None, ends: Date | None, key: Scalar, body: Body, reading: Reading
) -> RuleVersion:
    return RuleVersion(
        body=body(written, reading),
        starts=starts,
        ends=ends,
        because=slots["because"],
        cite=slots["cite"],
        cite_span=slots["cite_span"],
        span=key.span,
    )


def _check_words(path: str, entry: Entry, versions: tuple[RuleVersion, ...], reading: Reading) -> None:
    """A criterion says why (Y041) and where the law has it (Y064)."""
    for version in versions:
        if version.because is None:
            help = "add `because:` with a sentence that says what it means to meet it"
            reading.diagnostics.report("Y041", version.span, where=f"`{path}`", key="because", help=help)
        if not version.cite:
            help = "add `cite:` with a name from `sources` and the place in it"
            reading.diagnostics.report("Y064", version.span, name=entry.key.text, help=help)

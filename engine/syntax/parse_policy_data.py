"""From the sections `sources`, `data`, `relations`, `student_groups`, `entities`, `years`, `determinations` and
`eligibility` to what the other rules speak of."""

from __future__ import annotations

from dataclasses import replace

from ..text.document import Entry, Mapping, Node, Scalar, Sequence
from .expr import Call, Expr, Name, Or, Truth
from .policy import (
    CitedSource,
    ColumnDeclaration,
    Deemed,
    DerivedEntity,
    Determination,
    Eligibility,
    NamedYear,
    Relation,
    StudentGroup,
    TableDeclaration,
    Word,
)
from .slots import (
    Reading,
    day,
    entries,
    item,
    optional_test,
    optional_value,
    slot,
    test,
    text,
    truth,
    value,
    whole,
    word,
    words,
)


def parse_sources(node: Node | None, reading: Reading) -> tuple[CitedSource, ...]:
    """The documents that are cited (Y050)."""
    return tuple(
        CitedSource(
            **item(entry.key, entry.value, reading),
            url=text(slot(entry.value, "url")),
            read=day(slot(entry.value, "read"), reading),
        )
        for entry in entries(node)
    )


def parse_data(node: Node | None, reading: Reading) -> tuple[TableDeclaration, ...]:
    """The columns and tables that the policy adds (Y060)."""
    found = []
    for entry in entries(node):
        key = words(slot(entry.value, "key"), reading)
        named = text(slot(entry.value, "rows_name"))
        found.append(
            TableDeclaration(
                **item(entry.key, entry.value, reading),
                key=key,
                rows_name=named or (f"{entry.key.text}s" if key else ""),
                complete=truth(slot(entry.value, "complete")),
                columns=tuple(_column(column, reading) for column in entries(slot(entry.value, "columns"))),
            )
        )
    return tuple(found)


def _column(entry: Entry, reading: Reading) -> ColumnDeclaration:
    """A column; `name: text` is short for a block with that type."""
    block = entry.value
    return ColumnDeclaration(
        **item(entry.key, block, reading),
        type=word(block if isinstance(block, Scalar) else slot(block, "type")),
        values=tuple(name.text for name in words(slot(block, "values"), reading)),
        ordered=truth(slot(block, "ordered")) or False,
        unit=word(slot(block, "unit")),
        scale=whole(slot(block, "scale")),
        at_least=optional_value(slot(block, "at_least"), reading),
        at_most=optional_value(slot(block, "at_most"), reading),
        stored=text(slot(block, "stored")),
        required=truth(slot(block, "required")) or False,
        personal=truth(slot(block, "personal")) or False,
        bounded=truth(slot(block, "bounded")) or False,
    )


def parse_relations(node: Node | None, reading: Reading) -> tuple[Relation, ...]:
    """The ties that the policy makes single."""
    found = []
    for group in entries(node):
        for entry in entries(group.value):
            to = word(slot(entry.value, "to"))
            if to:
                entity = Word(text=group.key.text, span=group.key.span)
                where = _named_values(slot(entry.value, "where"), reading)
                found.append(Relation(**item(entry.key, entry.value, reading), entity=entity, to=to, where=where))
    return tuple(found)


def _named_values(node: Node | None, reading: Reading) -> tuple[tuple[Word, Expr], ...]:
    return tuple(
        (Word(text=entry.key.text, span=entry.key.span), value(entry.value, reading)) for entry in entries(node)
    )


def parse_student_groups(node: Node | None, reading: Reading) -> tuple[StudentGroup, ...]:
    """The groups of students."""
    return tuple(
        StudentGroup(**item(entry.key, entry.value, reading), when=_who(entry.value, reading))
        for entry in entries(node)
    )


def _who(block: Node, reading: Reading) -> Expr:
    """The test of who is in a group: as it is written, everyone, or who is in any of others."""
    if truth(slot(block, "everyone")):
        return Truth(True, span=block.span)
    others = words(slot(block, "any_of"), reading)
    tests = tuple(Call("in_group", (Name(one.text, span=one.span),), span=one.span) for one in others)
    if tests:
        return tests[0] if len(tests) == 1 else Or(tests, span=block.span)
    return test(slot(block, "when"), reading)


def parse_entities(node: Node | None, reading: Reading) -> tuple[DerivedEntity, ...]:
    """The kinds of thing made from others (Y060)."""
    found = []
    for entry in entries(node):
        block = entry.value
        derived = DerivedEntity(
            **item(entry.key, block, reading),
            group=word(slot(block, "group")),
            by=_by(slot(block, "by"), reading),
            cross=words(slot(block, "cross"), reading),
            union=words(slot(block, "union"), reading),
        )
        at_most = whole(slot(block, "at_most"))
        if derived.group or derived.cross or derived.union:
            found.append(derived if at_most is None else replace(derived, at_most=at_most))
    return tuple(found)


def _by(node: Node | None, reading: Reading) -> tuple[tuple[Word, Expr], ...]:
    """What groups differ by: names that read themselves, or names with their expressions."""
    if isinstance(node, Sequence):
        return tuple((name, Name(name.text, span=name.span)) for name in words(node, reading))
    return _named_values(node if isinstance(node, Mapping) else None, reading)


def parse_years(node: Node | None, reading: Reading) -> tuple[NamedYear, ...]:
    """The years that the policy names."""
    found = []
    for entry in entries(node):
        written = entry.value if isinstance(entry.value, Scalar) else slot(entry.value, "value")
        found.append(NamedYear(**item(entry.key, entry.value, reading), year=value(written, reading)))
    return tuple(found)


def parse_determinations(node: Node | None, reading: Reading) -> tuple[Determination, ...]:
    """The decisions of people that are data (Y060)."""
    found = []
    for entry in entries(node):
        entity = word(slot(entry.value, "of"))
        if entity:
            found.append(
                Determination(
                    **item(entry.key, entry.value, reading),
                    entity=entity,
                    by=text(slot(entry.value, "by")),
                    needs=words(slot(entry.value, "needs"), reading),
                    expires=optional_value(slot(entry.value, "expires"), reading),
                    findings=words(slot(entry.value, "findings"), reading),
                    granted_when=optional_test(slot(entry.value, "granted_when"), reading),
                    deemed=_deemed(slot(entry.value, "deemed"), reading),
                )
            )
    return tuple(found)


def _deemed(node: Node | None, reading: Reading) -> Deemed | None:
    if not entries(node):
        return None
    return Deemed(
        approved=text(slot(node, "verdict")) == "approved",
        after=optional_value(slot(node, "after"), reading),
        counted_from=value(slot(node, "counted_from"), reading),
    )


def parse_eligibility(node: Node | None, reading: Reading) -> tuple[Eligibility, ...]:
    """The verdicts in the words of the field."""
    found = []
    for entry in entries(node):
        entity = word(slot(entry.value, "of"))
        if entity:
            verdicts = entries(slot(entry.value, "verdicts"))
            found.append(
                Eligibility(
                    **item(entry.key, entry.value, reading),
                    entity=entity,
                    when=test(slot(entry.value, "when"), reading),
                    keep_last_verdict_when=optional_test(slot(entry.value, "keep_last_verdict_when"), reading),
                    verdicts=tuple((said.key.text, text(said.value)) for said in verdicts),
                )
            )
    return tuple(found)

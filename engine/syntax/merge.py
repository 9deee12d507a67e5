"""A policy joined with those that it extends.

What a parent says stands, unless the child writes the same thing with `replaces:`, a reason and a citation. Two places
that say the same thing without that are a conflict which shows both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ..text.diagnostic import Diagnostics, Label
from ..text.suggest import nearest
from .path import SECTIONS, things
from .policy import Item, Parameter, Policy, TableDeclaration


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing with its section and the policy that hands it on."""

    section: str
    item: Item


def merge(child: Policy, parents: Iterable[Policy], diagnostics: Diagnostics) -> Policy:
    """The child with everything of its (already merged) parents that it does not replace, parents' things first.

    Reports N083 to N086, and N088 for a name that is both a definition and a criterion (or record check) of an entity.
    """
    parents = tuple(parents)
    child = replace(
        child,
        rejected=child.rejected.union(*(parent.rejected for parent in parents)),
        orphaned=child.orphaned or any(parent.orphaned for parent in parents),
    )
    own = {path: _Thing(section, item) for section, path, item in things(child)}
    held: dict[str, _Thing] = {}
    for parent in parents:
        _join_parent(held, parent, own, diagnostics)
    known, found = set(held), Diagnostics()
    for path, thing in own.items():
        held[path] = _Thing(thing.section, _overlaid(path, thing.item, held.get(path), known, found))
    diagnostics.extend(told for told in found.sorted() if not (child.orphaned and told.code == "N085"))
    merged = _with_things(child, held.values())
    _check_one_rule_a_name(merged, diagnostics)
    return merged


def _join_parent(held: dict[str, _Thing], parent: Policy, own: dict[str, _Thing], diagnostics: Diagnostics) -> None:
    """Add a parent's things to those of the parents before it; the same thing by two ways is no conflict."""
    for section, path, item in things(parent):
        first = held.setdefault(path, _Thing(section, item)).item
        if first is item:
            continue
        if isinstance(first, TableDeclaration) and isinstance(item, TableDeclaration) and not (first.key and item.key):
            held[path] = _Thing(section, _joined_tables(path, first, item, own, diagnostics))
        elif (first.policy, first.span) != (item.policy, item.span):
            replaced = path in own and own[path].item.replaces == path
            if not replaced:
                _report_parents(path, first, item, diagnostics)


def _report_parents(path: str, first: Item, second: Item, diagnostics: Diagnostics) -> None:
    diagnostics.report(
        "N084",
        second.span,
        others=(Label(first.span, f"and here, in `{first.policy}`"),),
        help=f"say which holds: write it in this policy with `replaces: {path}`, `because:` and `cite:`",
        path=path,
        one=second.policy,
        other=first.policy,
    )


def _joined_tables(
    path: str, first: TableDeclaration, second: TableDeclaration, own: dict[str, _Thing], diagnostics: Diagnostics
) -> TableDeclaration:
    """The columns that two parents add to one table."""
    columns = {column.name: column for column in first.columns}
    written = own[path].item if path in own else None
    replaced = {column.replaces for column in written.columns} if isinstance(written, TableDeclaration) else set()
    for column in second.columns:
        held = columns.setdefault(column.name, column)
        place = f"{path}.{column.name}"
        if (held.policy, held.span) != (column.policy, column.span) and place not in replaced:
            _report_parents(place, held, column, diagnostics)
    base = second if second.key else first
    return replace(base, columns=tuple(columns.values()))


def _overlaid(path: str, item: Item, held: _Thing | None, known: set[str], diagnostics: Diagnostics) -> Item:
    """What stands at `path` when the child writes `item` there, over what it inherits."""
    below = held.item if held else None
    if isinstance(item, TableDeclaration) and not item.replaces:
        table = below if isinstance(below, TableDeclaration) and not item.key else None
        if table or below is None:
            return _overlaid_table(path, item, table, known, diagnostics)
    _check_replacement(path, item, below, known, diagnostics)
    if isinstance(item, Parameter) and isinstance(below, Parameter) and _of_another_unit(item, below, diagnostics):
        return below  # what reads it is in order with the unit that it had
    return item


def _of_another_unit(item: Parameter, below: Parameter, diagnostics: Diagnostics) -> bool:
    """Whether a replacement says another unit than what it replaces, which rules of the other policy read (N119)."""
    if item.unit is None or below.unit is None or item.unit.text == below.unit.text:
        return False
    help = f"write its values in {below.unit.text}, or replace the rules that read it too, and give it another name"
    others = (Label(below.unit.span, "what it replaces"),)
    diagnostics.report(
        "N119", item.unit.span, others=others, help=help, name=item.name, one=item.unit.text, other=below.unit.text
    )
    return True


def _overlaid_table(
    path: str, item: TableDeclaration, table: TableDeclaration | None, known: set[str], diagnostics: Diagnostics
) -> TableDeclaration:
    """Columns that the child adds to a table which a parent adds columns to, or makes."""
    columns = {column.name: column for column in table.columns} if table else {}
    places = {f"{path}.{name}" for name in columns}
    for column in item.columns:
        _check_replacement(f"{path}.{column.name}", column, columns.get(column.name), places | known, diagnostics)
        columns[column.name] = column
    if table is None:
        return item
    return replace(
        table,
        rows_name=item.rows_name or table.rows_name,
        complete=table.complete if item.complete is None else item.complete,
        columns=tuple(columns.values()),
    )


def _check_replacement(path: str, item: Item, below: Item | None, known: set[str], diagnostics: Diagnostics) -> None:
    if item.replaces == path and below is not None:
        return
    if item.replaces and (item.replaces not in known or item.replaces == path):
        near = nearest(item.replaces, known)
        help = (
            f"did you mean `{near}`?" if near
            else "what stands in no extended policy needs no `replaces`" if known
            else "`extends` brings in no policy in which something could be replaced"
        )  # fmt: skip
        diagnostics.report("N085", item.replaces_span, help=help, path=item.replaces)
    elif item.replaces:
        help = f"write it at `{item.replaces}`, or name here what it stands in for"
        diagnostics.report("N086", item.replaces_span, help=help, here=path, path=item.replaces)
    elif below is not None:
        diagnostics.report(
            "N083",
            item.span,
            others=(Label(below.span, "first written here"),),
            help=f"add `replaces: {path}` with `because:` and `cite:`, or give it another name",
            path=path,
            policy=below.policy,
        )


def _with_things(policy: Policy, held: Iterable[_Thing]) -> Policy:
    sections: dict[str, list[Item]] = {section: [] for section in SECTIONS}
    single: dict[str, Any] = {}
    for thing in held:
        if thing.section in sections:
            sections[thing.section].append(thing.item)
        else:
            single[thing.section] = thing.item
    lists: dict[str, Any] = {section: tuple(items) for section, items in sections.items()}
    return replace(policy, **lists, **single)


def _check_one_rule_a_name(policy: Policy, diagnostics: Diagnostics) -> None:
    definitions = {(found.entity.text, found.name): found for found in policy.definitions}
    for criterion in (*policy.criteria, *policy.record_checks):
        twin = definitions.get((criterion.entity.text, criterion.name))
        if twin:
            diagnostics.report(
                "N088",
                criterion.span,
                others=(Label(twin.span, "the definition"),),
                help="give one of them another name",
                name=criterion.name,
                entity=criterion.entity.text,
            )

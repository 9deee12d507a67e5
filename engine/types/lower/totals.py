"""The section `totals` as computed columns: payments of several lines to one payee, added up under one name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.funding import Total
from ...syntax.walk import walk
from ..pending import Pending, lowered
from .line import Line


def lower_totals(totals: Sequence[Total], lines: Sequence[Line]) -> list[Pending]:
    """Each total on the payee of the lines that it names; one that names none has been reported."""
    found = []
    for item in totals:
        payees = {line.payee for line in lines_in(item, lines)}
        if len(payees) == 1:
            said = {"title": item.title, "cite": item.cite}
            made = lowered(
                f"totals.{item.name}", payees.pop(), item.name, item.value, item.span, role="definition", **said
            )
            found.append(replace(made, dollars_of=item.name, dollars_at=item.value.span))
    return found


def lines_in(item: Total, lines: Sequence[Line]) -> list[Line]:
    """The lines whose payments a total names."""
    names = {node.name for node in walk(item.value) if isinstance(node, ast.Name)}
    return [line for line in lines if line.item.name in names]

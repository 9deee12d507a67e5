"""A node of the plan as text, close to how an author would write it."""

from __future__ import annotations

from datetime import date as Date
from decimal import Decimal
from fractions import Fraction

from .plan import (
    Aggregate,
    Allocate,
    Cell,
    Compute,
    Const,
    InForce,
    Lookup,
    Node,
    OrderBy,
    Outer,
    Over,
    Reference,
    Scan,
    Window,
)

INFIX = {
    "add": "+", "sub": "-", "mul": "*", "div": "/",
    "eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
    "and": "and", "or": "or", "or_else": "or_else",
}  # fmt: skip
MOVES = {"add_days": "days", "add_months": "months", "add_years": "years"}
COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")
WRAPPERS = ("snap", "settled", "ordinal")
"""Operators that change how a value is seen, not what an author said."""


def print_node(node: Node) -> str:
    """The text of a node on its own row; `outer` marks what the row that asks reads."""
    match node:
        case Const(value=value, reason=reason):
            return _constant(value, reason)
        case Cell(path=path):
            return path.removeprefix("parameters.")
        case InForce(path=path, date=date):
            return f"{path.removeprefix('parameters.')} as of {_inner(date)}"
        case Scan(column=column):
            return column
        case Reference(column=column):
            return column.name
        case Outer(value=value):
            return f"outer.{_inner(value)}"
        case Lookup():
            return _lookup(node)
        case Aggregate():
            return _aggregate(node)
        case Window():
            return _window(node)
        case Allocate():
            return print_allocation(node)
        case Compute():
            return _compute(node)


def print_over(over: Over) -> str:
    """The rows that an aggregate goes through: their entity, what they match, their filter."""
    top = f"top {over.top} by {print_order(over.top_by)} " if over.top else ""
    clauses = [f"{print_node(child)} = outer.{print_node(outer)}" for child, outer in over.match]
    clauses += [print_node(over.where)] if over.where is not None else []
    return f"{top}{over.entity}" + (f" where {' and '.join(clauses)}" if clauses else "")


def print_allocation(node: Allocate) -> str:
    """What is shared by what claims, and how it is rounded."""
    said = {
        "payment": f"the share of {node.pot.column.name} by {node.claim.column.name}",
        "numerator": f"the numerator of the share of {node.claim.column.name} that {node.pot.column.name} pays",
        "denominator": f"the denominator of the share of {node.claim.column.name} that {node.pot.column.name} pays",
    }[node.part]
    ends = f"from {node.low.column.name} to {node.high.column.name}"
    unit = {0: "dollars", 2: "cents"}.get(node.places, f"{node.places} decimals")
    return f"{said}, {ends}, over {node.entity}, in {unit}, {node.remainder}, short: {node.short}"


def print_order(order: tuple[OrderBy, ...]) -> str:
    """An order: its keys from the first to the last."""
    return " then ".join(print_node(by.value) + (" desc" if by.descending else "") for by in order)


def _constant(value: object, reason: str) -> str:
    match value:
        case None:
            return f"missing ({reason})" if reason else "missing"
        case bool():
            return "true" if value else "false"
        case Fraction():
            exact = Decimal(value.numerator) / Decimal(value.denominator)
            return f"{exact:f}" if Fraction(exact) == value else str(value)
        case Date():
            return value.isoformat()
        case _:
            return str(value)


def _lookup(node: Lookup) -> str:
    value = print_node(node.value) if isinstance(node.value, Scan | Reference | Lookup) else _inner(node.value)
    if node.entity == "state":
        return f"state.{value}"
    if len(node.on) == 1 and isinstance(node.on[0][1], Scan):
        return f"{node.on[0][1].column}.{value}"
    on = ", ".join(f"{column}: {print_node(part)}" for column, part in node.on)
    return f"{node.entity}[{on}].{value}"


def _aggregate(node: Aggregate) -> str:
    level = f"{print_node(node.level)}, " if node.level is not None else ""
    value = f"{print_node(node.value)} " if node.value is not None else ""
    weight = f"by {print_node(node.weight)} " if node.weight is not None else ""
    order = f" by {print_order(node.order)}" if node.order else ""
    option = f", {node.option}" if node.option else ""
    over = "over " if node.value is not None else ""
    return f"{node.function}({level}{value}{weight}{over}{print_over(node.over)}{order}{option})"


def _window(node: Window) -> str:
    clauses = [print_node(node.value)] if node.value is not None else []
    clauses += [f"by {print_order(node.order)}"] if node.order else []
    clauses += [f"within {' and '.join(print_node(part) for part in node.within)}"] if node.within else []
    clauses += [f"where {print_node(node.where)}"] if node.where is not None else []
    return f"{node.function}({' '.join(clauses)})"


def _compute(node: Compute) -> str:
    args = node.args
    if node.op in WRAPPERS:
        return print_node(args[0])
    if node.op in INFIX:
        return f" {INFIX[node.op]} ".join(_inner(part, node.op) for part in args)
    if node.op in MOVES:
        return f"{_inner(args[0])} + {_inner(args[1])} {MOVES[node.op]}"
    match node.op:
        case "neg":
            return f"-{_inner(args[0])}"
        case "not":
            return f"not {_inner(args[0])}"
        case "if":
            return f"if {_inner(args[0])} then {_inner(args[1])} else {print_node(args[2])}"
        case "is_known":
            return f"{_inner(args[0])} is known"
        case "prorate":
            amount, over, under = (_inner(part) for part in args[:3])
            return f"round({amount} * {over} / {under}, {node.options[0]}, {print_node(args[3])})"
        case "criterion":
            return f"{_inner(args[0])}, not applicable when {_inner(args[1])}"
        case _:
            said = [*(str(option) for option in node.options), *(print_node(part) for part in args)]
            return f"{node.op}({', '.join(said)})"


def _inner(node: Node, parent: str = "") -> str:
    """The text of a node inside another one: in brackets where it could be misread."""
    while isinstance(node, Compute) and node.op in WRAPPERS:
        node = node.args[0]
    text = print_node(node)
    loose = isinstance(node, Compute) and (node.op in INFIX or node.op in ("not", "if", "is_known", "criterion"))
    if isinstance(node, Compute) and parent in ("and", "or"):
        loose = node.op not in (*COMPARISONS, "is_known", "not", parent)
    return f"({text})" if loose else text

"""The canonical text of a tree: one spelling, no bracket that is not needed, and reading it gives the tree again."""

from __future__ import annotations

from decimal import Decimal

from .expr import (
    Aggregate,
    Allocation,
    Among,
    And,
    Arithmetic,
    AsOf,
    Between,
    Call,
    Comparison,
    DateLiteral,
    DayOf,
    Duration,
    Expr,
    If,
    In,
    Invalid,
    IsKnown,
    Member,
    Missing,
    Money,
    Name,
    Negate,
    Not,
    Number,
    Operate,
    Or,
    Order,
    OrderKey,
    OrElse,
    Outward,
    PartOf,
    Percent,
    Reachable,
    Rows,
    Sentence,
    Text,
    Truth,
    YearOf,
)  # fmt: skip
from .walk import Node
from .words import MONTHS

# How tightly a form holds together, from the loosest; a part looser than its slot asks for is put in brackets.
CHOICE, EITHER, BOTH, NEGATION, TEST, FALLBACK, SUM, PRODUCT, FACTOR, DATED, PRIMARY = range(11)


def print_expr(node: Node) -> str:
    """The text of an expression, a set of rows, an order or a sentence; `…` stands for what is `Invalid`."""
    match node:
        case Sentence(parts=parts):
            return "".join(_part(part) for part in parts)
        case Order(keys=keys):
            return _order(keys)
        case OrderKey():
            return _order((node,))
        case Rows():
            return _rows(node)
        case _:
            return _text(node)


def print_pieces(node: Node) -> tuple[str, ...]:
    """The text of an expression in the pieces that a long one is broken into: each but the first begins with its
    `and`, `or` or `else`. Joined by blanks they are `print_expr(node)`.
    """
    match node:
        case Or(operands=operands):
            return _joined("or", BOTH, operands)
        case And(operands=operands):
            return _joined("and", NEGATION, operands)
        case If(test=test, then=then, otherwise=otherwise):
            first, *rest = print_pieces(otherwise)
            return (f"if {_at(EITHER, test)} then {_at(EITHER, then)}", f"else {first}", *rest)
        case _:
            return (print_expr(node),)


def _joined(word: str, slot: int, operands: tuple[Expr, ...]) -> tuple[str, ...]:
    return tuple(f"{word} {_at(slot, one)}" if at else _at(slot, one) for at, one in enumerate(operands))


def _part(part: str | Expr) -> str:
    if isinstance(part, str):
        return part.replace("{", "{{").replace("}", "}}")
    return f"{{{_text(part)}}}"


def _order(keys: tuple[OrderKey, ...]) -> str:
    return " then ".join(_at(EITHER, key.value) + (" desc" if key.descending else "") for key in keys)


def _rows(rows: Rows) -> str:
    where = f" where {_text(rows.where)}" if rows.where else ""
    path = _at(PRIMARY, rows.path)
    if not rows.top or rows.top_by is None:
        return path + where
    return f"top {rows.top} {path} by {_order(rows.top_by.keys)}{where}"


def _at(slot: int, node: Expr) -> str:
    """The text of a node for a slot that takes forms at least so tight."""
    text = _text(node)
    return text if tightness(node) >= slot else f"({text})"


def tightness(node: Expr) -> int:
    """How tightly a form holds together: `CHOICE` for the loosest, `PRIMARY` for a name."""
    match node:
        case If():
            return CHOICE
        case Or():
            return EITHER
        case And():
            return BOTH
        case Not():
            return NEGATION
        case Comparison() | Between() | In() | IsKnown():
            return TEST
        case OrElse():
            return FALLBACK
        case Arithmetic(op=op):
            return SUM if op in "+-" else PRODUCT
        case Negate() | PartOf():
            return FACTOR
        case AsOf() | YearOf() | DayOf():
            return DATED
        case Outward(value=value):
            return tightness(value)
        case _:
            return PRIMARY


def _text(node: Expr) -> str:
    match node:
        case Number(value=value):
            return _digits(value)
        case Percent(value=value):
            return f"{_digits(value)}%"
        case Money(value=value, per=per):
            return f"${value:,f}" + (f"/{per}" if per else "")
        case Duration(count=count, unit=unit):
            return f"{count} {unit}" + ("" if count == 1 else "s")
        case DateLiteral(value=date):
            return date.isoformat()
        case Text(value=text):
            return '"' + text.replace('"', '""') + '"'
        case Truth(value=truth):
            return "true" if truth else "false"
        case Missing():
            return "missing"
        case Name(name=name):
            return name
        case Member(base=base, name=name):
            walked = isinstance(base, Name | Member | Call | Aggregate | Among | Reachable)
            return f"{_text(base)}.{name}" if walked else f"({_text(base)}).{name}"
        case Invalid():
            return "…"
        case Outward(value=value):
            return _text(value)  # the engine's own, shown as it would be read in its place
        case Operate(op=op, operands=operands):
            return (" to " if op == "bound" else " × ").join(_text(operand) for operand in operands[:2])
        case Allocation(part=part, claim=claim, pot=pot):
            return f"{part} of {claim} in {pot}"
        case Aggregate() | Among() | Reachable() | Call():
            return _call(node)
        case AsOf() | YearOf() | DayOf():
            return _dated(node)
        case Negate() | Arithmetic() | PartOf() | OrElse():
            return _computed(node)
        case _:
            return _logic(node)


def _digits(value: Decimal) -> str:
    return f"{value:f}"


def _logic(node: If | Or | And | Not | Comparison | Between | In | IsKnown) -> str:
    match node:
        case If(test=test, then=then, otherwise=otherwise):
            return f"if {_at(EITHER, test)} then {_at(EITHER, then)} else {_text(otherwise)}"
        case Or(operands=operands):
            return " or ".join(_at(BOTH, operand) for operand in operands)
        case And(operands=operands):
            return " and ".join(_at(NEGATION, operand) for operand in operands)
        case Not(operand=operand):
            # `not a = b` would be read alike, but not by everybody
            return f"not {_text(operand) if isinstance(operand, Not) else _at(FALLBACK, operand)}"
        case Comparison(op=op, left=left, right=right):
            return f"{_at(FALLBACK, left)} {op} {_at(FALLBACK, right)}"
        case Between(value=value, low=low, high=high, half_open=half_open):
            first, second = ("from", "to under") if half_open else ("between", "and")
            return f"{_at(FALLBACK, value)} {first} {_at(FALLBACK, low)} {second} {_at(FALLBACK, high)}"
        case In(value=value, options=options, negated=negated):
            listed = ", ".join(_at(FALLBACK, option) for option in options)
            return f"{_at(FALLBACK, value)} {'not in' if negated else 'in'} {{{listed}}}"
        case IsKnown(value=value, known=known):
            return f"{_at(FALLBACK, value)} is {'known' if known else 'missing'}"


def _computed(node: Negate | Arithmetic | PartOf | OrElse) -> str:
    match node:
        case OrElse(value=value, fallback=fallback):
            return f"{_at(FALLBACK, value)} or_else {_at(SUM, fallback)}"
        case Arithmetic(op=op, left=left, right=right):
            slot = tightness(node)
            return f"{_at(slot, left)} {op} {_at(slot + 1, right)}"
        case PartOf(share=share, whole=whole):
            # `class of x` would be read as the class of a date
            plain = isinstance(share, Percent | Member) or (isinstance(share, Name) and share.name not in _YEARS)
            return f"{_text(share) if plain else f'({_text(share)})'} of {_at(FACTOR, whole)}"
        case Negate(operand=operand):
            return f"-{_at(FACTOR, operand)}" if not isinstance(operand, Negate) else f"-({_text(operand)})"


_YEARS = ("school_year", "fiscal_year", "class")


def _dated(node: AsOf | YearOf | DayOf) -> str:
    match node:
        case AsOf(value=value, date=date):
            return f"{_at(PRIMARY, value)} as of {_moment(date)}"
        case YearOf(kind=kind, date=date):
            return f"{kind} of {_moment(date)}"
        case DayOf(day=day, month=month, year=year):
            name = f"{day} {MONTHS[month - 1]}" if month else "first day" if day == 1 else "last day"
            return f"{name} of {_moment(year)}"


def _moment(node: Expr) -> str:
    return _dated(node) if isinstance(node, YearOf | DayOf) else _at(PRIMARY, node)


def _call(node: Aggregate | Among | Reachable | Call) -> str:
    match node:
        case Reachable(relation=relation, or_itself=or_itself):
            return f"reachable({relation}{' or itself' if or_itself else ''})"
        case Call(function="listed", arguments=(AsOf(value=value, date=date), area)):
            return f"listed({_at(FALLBACK, value)} in {_at(PRIMARY, area)} as of {_moment(date)})"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(_text(argument) for argument in arguments)})"
        case Among(function=function, what=what, by=by, within=within, where=where):
            clauses = [_text(what)] if what else []
            clauses += [f"by {_order(by.keys)}"] if by else []
            clauses += [f"within {' and '.join(_at(DATED, group) for group in within)}"] if within else []
            clauses += [f"where {_text(where)}"] if where else []
            return f"{function}({' '.join(clauses)})"
        case Aggregate(function=function, rows=rows, what=what):
            if what is None:
                return f"{function}({_rows(rows)})"
            level = f"{_text(node.level)}, " if node.level else ""
            weight = f" by {_at(EITHER, node.weight)}" if node.weight else ""
            order = f" by {_order(node.by.keys)}" if node.by else ""
            option = f", {node.option}" if node.option else ""
            return f"{function}({level}{_text(what)}{weight} over {_rows(rows)}{order}{option})"

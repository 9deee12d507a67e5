"""Small changes of a policy that its cases ought to notice: what can be changed, and how each change reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from ...plan.in_force import CellValue, cell_value
from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.policy import Policy
from ...syntax.print import print_expr
from ...syntax.walk import children
from ...text.source import Span
from .written_conditions import is_own, written

CENT = Decimal("0.01")
FLIPS = {
    ">=": (">", "<"), ">": (">=", "<="), "<=": ("<", ">"), "<": ("<=", ">="), "=": ("!=",), "!=": ("=",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An expression with something else in its place, made of the expression: lowering has made copies of it, whose
    nodes have identities of their own.
    """

    expr: Expr
    make: Callable[[Any], Any] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Moved:
    """Another value of a parameter from a day on."""

    cell: str
    starts: Any
    value: CellValue


@dataclass(frozen=True, slots=True)
class Dropped:
    """A thing that is left out of the policy: a limit of a line, a quota, a cap."""

    item: Any


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: of which rule, where, from what to what, and a case that would notice it."""

    path: str
    span: Span
    was: str
    now: str
    hint: str
    change: Rewritten | Moved | Dropped


def mutants(policy: Policy) -> list[Mutant]:
    """Every change to a policy's own file, in the order in which it is written.

    Numbers move by a cent or by one in the last digit written, up and down; dates by a day, lengths of time by one.
    Comparisons are turned to the next and to the opposite one; `and` and `or` lose each operand in turn and change
    places; `not` goes; limits, quotas and caps are dropped.
    """
    found: dict[tuple[int, int, str, str], Mutant] = {}
    for one in (*_of_rules(policy), *_of_parameters(policy), *_drops(policy)):
        found.setdefault((one.span.start, one.span.end, one.path, one.now), one)
    return sorted(found.values(), key=lambda one: (one.span.start, one.span.end))


def _of_rules(policy: Policy) -> Iterator[Mutant]:
    for root in written(policy):
        todo: list[tuple[Any, Any]] = [(root.expr, None)]
        while todo:
            node, parent = todo.pop()
            for make, hint in _changes(node, parent):
                was, now = print_expr(node), print_expr(make(node))
                yield Mutant(root.path, node.span, was, now, hint, Rewritten(node, make))
            todo += [(child, node) for child in children(node)]


def _of_parameters(policy: Policy) -> Iterator[Mutant]:
    for parameter in policy.parameters:
        for dated in parameter.values:
            if not is_own(policy, dated.span):
                continue
            for member, literal in dated.members:
                path = f"parameters.{parameter.name}" + (f".{member}" if member else "")
                for _, put in _steps(literal):
                    assert literal is not None
                    after = put(literal)
                    was, now = print_expr(literal), print_expr(after)
                    hint = f"a case on which `{path.partition('.')[2]}` acts, at {was} and at {now}"
                    place = literal.span if literal.span.end else dated.span
                    yield Mutant(path, place, was, now, hint, Moved(path, dated.starts, cell_value(after)))


def _drops(policy: Policy) -> Iterator[Mutant]:
    for line in policy.funding:
        for limit in line.limits:
            if is_own(policy, limit.span):
                path = f"funding.{line.name}.limits.{limit.name}"
                yield Mutant(
                    path, limit.span, f"limit {limit.name}", "no limit",
                    "a case in which the limit cuts, with what is paid then", Dropped(limit),
                )  # fmt: skip
    for quota in policy.priority_list.quotas if policy.priority_list else ():
        if is_own(policy, quota.span):
            path, hint = f"priority_list.quotas.{quota.name}", "a case with one candidate more than the quota takes"
            yield Mutant(path, quota.span, f"quota {quota.name}", "no quota", hint, Dropped(quota))
    for indicator in policy.accountability.indicators if policy.accountability else ():
        for cap in indicator.caps:
            if is_own(policy, cap.span):
                path = f"accountability.indicators.{indicator.name}.capped.{cap.name}"
                hint = "a case with more rows than the cap lets count"
                yield Mutant(path, cap.span, f"cap {cap.name}", "no cap", hint, Dropped(cap))


def _changes(node: Any, parent: Any) -> Iterator[tuple[Callable[[Any], Any], str]]:
    """What may stand in the place of an expression, each with a case that would notice it."""
    match node:
        case ast.Comparison(op=op, left=left, right=right):
            equal = f"a case in which `{print_expr(left)}` is exactly {_said(right)}"
            for other in FLIPS[op]:
                if other == ">=" and _only_divides(node, parent):
                    continue
                close = set(op) ^ set(other) == {"="}
                yield _put(op=other), equal if close else f"a case that decides `{print_expr(node)}`"
        case ast.Between(value=value, high=high, half_open=half_open):
            hint = f"a case in which `{print_expr(value)}` is exactly {_said(high)}"
            yield _put(half_open=not half_open), hint
        case ast.And(operands=operands) | ast.Or(operands=operands):
            yield from _of_logic(node, operands)
        case ast.Not(operand=operand):
            yield (lambda found: found.operand), f"a case that decides `{print_expr(operand)}`"
        case ast.In(negated=negated):
            yield _put(negated=not negated), f"a case that decides `{print_expr(node)}`"
        case ast.IsKnown(known=known):
            yield _put(known=not known), f"a case in which `{print_expr(node.value)}` is missing"
        case _:
            for up, put in _steps(node):
                yield put, _at_cut(node, put(node), parent, up)


def _only_divides(test: ast.Comparison, parent: Any) -> bool:
    """Whether `if x > 0 then a / x else missing` asks: what is divided by 0 is missing anyway, so `>=` is the same."""
    if not isinstance(parent, ast.If) or test is not parent.test or test.op != ">":
        return False
    then, zero = parent.then, isinstance(test.right, ast.Number) and test.right.value == 0
    while isinstance(then, ast.Call) and then.function in ("round", "points"):  # of what is missing these are missing
        then = then.arguments[0]
    divides = isinstance(then, ast.Arithmetic) and then.op == "/" and then.right == test.left
    return zero and divides and isinstance(parent.otherwise, ast.Missing)


def _put(**changed: Any) -> Callable[[Any], Any]:
    return lambda found: replace(found, **changed)


def _of_logic(node: ast.And | ast.Or, operands: tuple[Expr, ...]) -> Iterator[tuple[Callable[[Any], Any], str]]:
    both = isinstance(node, ast.And)
    for place, operand in enumerate(operands):
        word = "not met" if both else "met"
        yield _without(place), f"a case in which of these only `{print_expr(operand)}` is {word}"
    other = ast.Or if both else ast.And
    hint = "a case in which one of these is met and another is not"
    yield (lambda found: other(found.operands, span=found.span, id=found.id)), hint


def _without(place: int) -> Callable[[Any], Any]:
    """What `and` or `or` is without one of its operands."""

    def made(found: Any) -> Any:
        left = found.operands[:place] + found.operands[place + 1 :]
        return left[0] if len(left) == 1 else replace(found, operands=left)

    return made


def _steps(literal: Any) -> Iterator[tuple[bool, Callable[[Any], Any]]]:
    """A literal one step down and one up, whether it goes up; nothing for what has no steps."""
    match literal:
        case ast.Negate(operand=operand) if isinstance(operand, ast.Money | ast.Number | ast.Percent):
            for up, put in _steps(operand):
                yield not up, _within(put)
        case ast.Money(value=value) | ast.Number(value=value) | ast.Percent(value=value):
            exponent = value.as_tuple().exponent
            last = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
            step = CENT if isinstance(literal, ast.Money) else last
            if value >= step:  # nothing that a policy writes goes below 0 by itself
                yield False, _put(value=value - step)
            yield True, _put(value=value + step)
        case ast.DateLiteral(value=day):
            for days in (-1, 1):
                yield days > 0, _put(value=day + timedelta(days=days))
        case ast.Duration(count=count):
            for more in (-1, 1):
                if count + more >= 0:
                    yield more > 0, _put(count=count + more)


def _within(put: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda found: replace(found, operand=put(found.operand))


def _at_cut(literal: Expr, after: Expr, parent: Any, up: bool) -> str:
    """A case that tells a number from the next one: where it is compared, the value on which they differ."""
    if isinstance(parent, ast.Comparison) and parent.op not in ("=", "!="):
        other, op = parent.left, str(parent.op)
        if literal is parent.left:
            other, op = parent.right, {">": "<", "<": ">", ">=": "<=", "<=": ">="}[parent.op]
        at_old = up == (op in (">=", "<"))
        return f"a case in which `{print_expr(other)}` is exactly {print_expr(literal if at_old else after)}"
    if isinstance(parent, ast.Comparison | ast.Between):
        return f"cases at {print_expr(literal)} and at {print_expr(after)}"
    if isinstance(literal, ast.Money):
        return "a case that expects the amount to the cent"
    return f"a case whose result depends on {print_expr(literal)} to its last digit"


def _said(expr: Expr) -> str:
    literal = isinstance(expr, ast.Number | ast.Money | ast.Percent | ast.DateLiteral)
    return print_expr(expr) if literal else f"`{print_expr(expr)}`"


# -- a policy with a change made to it --------------------------------------------------------------------------------


def changed_policy(policy: Policy, change: Rewritten | Dropped) -> Policy:
    """The policy, as written, with a change made wherever what it changes stands."""
    made: Policy = _with(policy, change)
    return made


def _with(thing: Any, change: Rewritten | Dropped) -> Any:
    if isinstance(change, Rewritten) and is_target(thing, change.expr):
        return change.make(thing)
    if isinstance(thing, tuple):
        kept = tuple(_with(one, change) for one in thing if not (isinstance(change, Dropped) and one is change.item))
        same = len(kept) == len(thing) and all(a is b for a, b in zip(kept, thing, strict=True))
        return thing if same else kept
    if not hasattr(thing, "__dataclass_fields__") or isinstance(thing, Span | type):
        return thing
    changed = {}
    for one in fields(thing):
        if one.name in ("source", "span", "id", "because"):
            continue
        value = getattr(thing, one.name)
        after = _with(value, change)
        if after is not value:
            changed[one.name] = after
    return replace(thing, **changed) if changed else thing


def is_target(thing: Any, expr: Expr) -> bool:
    """Whether something is the expression that stands at that place, or a copy of it that lowering has made."""
    return (
        type(thing) is type(expr)
        and (thing.span.start, thing.span.end) == (expr.span.start, expr.span.end)
        and thing.span.source.name == expr.span.source.name
        and thing == expr
    )

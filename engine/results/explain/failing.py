"""The fewest failing conditions of a verdict, each with its margin in words."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction

from ...execution.reference import Row
from ...execution.values import Key, Missing, Value, settled
from ...plan.plan import Aggregate, Cell, Compute, Const, InForce, Lookup, Node, Outer, Scan
from ...types.datatypes import Type
from ..personal import is_personal
from ..quantity import shown
from ..replay import Replay, place_of, source_title, text_of
from .explanation import Failing, FailingSet, Given, Margin
from .formula import COMPARED, Condition, Formula, fewest_of, formula_of, is_membership
from .leaves import given, given_at, listed_names, responsible
from .what_if import Supposed, WhatIf

MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne"}
OPPOSITE = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt", "eq": "ne", "ne": "eq"}
SEEN = ("snap", "settled")


def known_as_is(replay: Replay) -> WhatIf:
    """The run as it is, ready to be asked for nodes."""
    return WhatIf(replay, Supposed())


def failing_set(replay: Replay, entity: str, name: str, key: Key) -> FailingSet | None:
    """The fewest conditions that fail a column of truths in a row; nothing where it does not fail."""
    if replay.interpreter.value(entity, name, key) is not False:
        return None
    known = known_as_is(replay)
    return set_of(replay, known, formula_of(replay, known, entity, name, key))


def set_of(replay: Replay, known: WhatIf, formula: Formula) -> FailingSet | None:
    """The nearest of the smallest sets of failing conditions: the one with the least that lacks, as a share."""
    fewest = fewest_of(formula)
    if not fewest.sets:
        return None
    chosen = min(fewest.sets, key=lambda one: sum((_distance(known, each) for each in one), Fraction(0)))
    conditions = tuple(_failing(replay, known, one) for one in chosen)
    return FailingSet(conditions, len(fewest.sets) - 1, fewest.exact)


def _distance(known: WhatIf, condition: Condition) -> Fraction:
    """How far a comparison of numbers is from holding, as a share of what is asked; 1 for anything else."""
    sides = _sides(known, condition)
    if sides is None or not isinstance(sides[1], Fraction) or not isinstance(sides[3], Fraction):
        return Fraction(1)
    return min(abs(sides[1] - sides[3]) / (abs(sides[3]) or 1), Fraction(1))


def _failing(replay: Replay, known: WhatIf, one: Condition) -> Failing:
    place = place_of(replay, one.row.entity, one.row.key)
    rule = replay.rules.get(one.of)
    cite = rule.cite if rule is not None else ""
    said, standard = sentence_of_condition(replay, known, one, cite)
    law = standard.cite if standard is not None and standard.cite else cite
    text = text_of(replay, one.said or one.node)
    return Failing(
        text=text if one.wanted else f"not ({text})",
        rule=_called(replay, one.of),
        place=place,
        value=one.value,
        wanted=one.wanted,
        sentence=said,
        margin=_margin(known, one),
        cite=law,
        source=source_title(replay, law),
        personal=is_personal(replay.run, one.row.entity) or _reads_personal(replay, one.node),
    )


def _called(replay: Replay, of: tuple[str, str]) -> str:
    rule = replay.rules.get(of)
    return "the rule of the list" if of[1] == "qualifies" else rule.title if rule is not None and rule.title else of[1]


def _reads_personal(replay: Replay, node: Node) -> bool:
    """Whether a test reads a personal column of its row, not merely counts rows."""
    match node:
        case Scan(entity=entity, column=column):
            table = replay.run.checked.tables.get(entity)
            described = table.column(column) if table is not None else None
            return described is not None and described.personal
        case Compute(args=args):
            return any(_reads_personal(replay, part) for part in args)
        case Lookup(entity=entity, value=value):
            return is_personal(replay.run, entity) or _reads_personal(replay, value)
        case Outer(value=value):
            return _reads_personal(replay, value)
        case _:
            return False


# -- the sentence of a condition ------------------------------------------------------------------------------------


def sentence_of_condition(replay: Replay, known: WhatIf, one: Condition, cite: str = "") -> tuple[str, Given | None]:
    """By how much a condition is missed, and the parameter that it is held against, if there is one."""
    node = one.node
    if isinstance(one.value, Missing):
        reasons = responsible(replay, one.value)
        return listed_names([each.text for each in reasons]) or "it is not known", None
    if isinstance(node, Compute) and is_membership(node):
        return _membership(known, one, node), None
    sides = _sides(known, one)
    if sides is not None:
        return _compared(replay, one, sides, cite)
    if isinstance(node, Aggregate):
        return _of_rows(known, one, node), None
    if isinstance(node, Compute) and node.op == "is_known":
        return ("it is missing" if one.wanted else "it is known"), None
    return f"it is {shown(one.value, node.type)}", None


def _membership(known: WhatIf, one: Condition, node: Compute) -> str:
    first = node.args[0]
    assert isinstance(first, Compute)
    value, type = settled(known.evaluate(first.args[0], one.row)), first.args[0].type
    names = [shown(part.args[1].value, type) for part in node.args
             if isinstance(part, Compute) and isinstance(part.args[1], Const)]  # fmt: skip
    inside = one.wanted is (node.op == "or")
    listed = f"{', '.join(names[:-1])} or {names[-1]}"
    return f"{shown(value, type)} is {'not ' if inside else ''}{listed}" + ("" if inside else ", which it must not be")


def _of_rows(known: WhatIf, one: Condition, node: Aggregate) -> str:
    count, rows = len(known.matching(node.over, one.row)), node.over.entity.replace("_", " ")
    if not count:
        return f"there is no {rows} of it"
    return f"{'none' if node.function == 'any' else 'not all'} of {count:,} rows of {rows}"


Sides = tuple[Node, Value, Node, Value, str]
"""What is held against what: node and value of each, and how the first would have to stand to the second."""


def _sides(known: WhatIf, one: Condition) -> Sides | None:
    node = one.node
    while isinstance(node, Compute) and node.op in SEEN:
        node = node.args[0]
    if not isinstance(node, Compute) or node.op not in COMPARED:
        return None
    left, right = (_seen(part) for part in node.args)
    op = node.op if one.wanted else OPPOSITE[node.op]
    if _is_standard(left) and not _is_standard(right):
        left, right, op = right, left, MIRRORED[op]
    values = [settled(known.evaluate(part, one.row)) for part in (left, right)]
    if any(isinstance(value, Missing) for value in values):
        return None
    return left, values[0], right, values[1], op


def _seen(node: Node) -> Node:
    """What is compared, without what only changes how it is seen."""
    while isinstance(node, Compute) and node.op in (*SEEN, "ordinal"):
        node = node.args[0]
    return node


def _is_standard(node: Node) -> bool:
    while isinstance(node, Outer):
        node = node.value
    return isinstance(node, Cell | InForce | Const)


def _compared(replay: Replay, one: Condition, sides: Sides, cite: str) -> tuple[str, Given | None]:
    left, actual, right, wanted, op = sides
    standard = _standard(replay, right, wanted, one.row)
    unit = max((left, right), key=lambda part: part.type.unit.kind != "plain").type
    has, asked = shown(actual, unit), shown(wanted, unit)
    of = _force(replay, right, standard, cite)
    if op in ("eq", "ne"):
        return (f"{has} is not {_the(of)}{asked}{of}" if op == "eq" else f"{has} is what it must not be{of}"), standard
    short, the = op in ("ge", "gt"), "" if isinstance(right, Const) else "the "
    if actual == wanted:
        return f"{has} is exactly {the}{asked}{of}, and {'more' if short else 'less'} is needed", standard
    if isinstance(actual, Date) and isinstance(wanted, Date):
        days = abs((actual - wanted).days)
        return f"{has} is {days:,} day{'' if days == 1 else 's'} {'before' if short else 'after'} {asked}{of}", standard
    if isinstance(actual, Fraction) and isinstance(wanted, Fraction):
        return (
            f"{has} is {gap_text(abs(actual - wanted), unit)} {'under' if short else 'over'} {the}{asked}{of}",
            standard,
        )
    return f"{has} is {'below' if short else 'above'} {asked}{of}", standard


def _the(of: str) -> str:
    return "the " if of.startswith((" in force", " of")) else ""


def gap_text(gap: Fraction, type: Type) -> str:
    """A distance in words: `$0.43`, `5 percentage points`, `2 credit hours`."""
    text = shown(gap, type)
    if type.unit.kind == "ratio":
        return f"{text.removesuffix('%')} percentage point{'' if text == '1%' else 's'}"
    return text.split("/", 1)[0] if type.unit.is_money else text


def _standard(replay: Replay, node: Node, value: Value, row: Row) -> Given | None:
    """The parameter that something is held against."""
    while isinstance(node, Outer) and row.outer is not None:
        node, row = node.value, row.outer
    if isinstance(node, Cell):
        return given(replay, node, value)
    if isinstance(node, InForce):
        day = settled(replay.interpreter.evaluate(node.date, row))
        return given_at(replay, node, value, day if isinstance(day, Date) else None)
    return None


def _force(replay: Replay, node: Node, standard: Given | None, cite: str) -> str:
    """What stands behind a standard: since when it is in force and by which law, or what it is."""
    if standard is not None and standard.standing:
        since = f" in force since {standard.keys[0] or standard.starts}" if standard.starts else ""
        since = " put in for this run" if standard.replaced else since
        law = standard.cite or cite
        return since + (f", {law}" if law else "")
    if standard is not None:
        return f" of {standard.title or standard.name}"
    if isinstance(node, Const):
        return f", {cite}" if cite else ""
    return f" of {text_of(replay, node)}" + (f", {cite}" if cite else "")


def _margin(known: WhatIf, one: Condition) -> Margin | None:
    sides = _sides(known, one)
    if sides is None or sides[4] in ("eq", "ne"):
        return None
    left, actual, right, wanted, op = sides
    if not isinstance(actual, Fraction) or not isinstance(wanted, Fraction) or left.type.kind != "number":
        return None
    unit = max((left, right), key=lambda part: part.type.unit.kind != "plain").type
    rises = op in ("ge", "gt")
    return Margin(actual - wanted if rises else wanted - actual, unit, rises)

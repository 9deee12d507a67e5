"""Which way a term moves when another stands in its place, or when something that it names moves.

For a test *up* means: in the order false < missing < true no row falls. For a number it means: whatever was missing is
missing still, and no row has less. Where that cannot be seen from the declared directions of functions and from the
signs of places, it is unknown.
"""

from __future__ import annotations

from ...types.datatypes import Type
from ...types.stdlib import FUNCTIONS
from .shift import DOWN, SAME, UNKNOWN, UP, Care, Moves, Shift, Way, joined
from .term import Term, leaves
from .term_facts import above_zero, excusable, is_test, never_negative, nullable

KEEPS_BOUNDS = frozenset({"min", "max", "clamp", "round", "floor", "ceiling", "truncate", "points"})
"""Functions through which a bound goes end by end."""


def shift(old: Term, new: Term, moves: Moves) -> Shift:
    """How a term moves when `new` stands where `old` stood while what they name moves as `moves` says."""
    if old == new and not any(key in moves for key in leaves(old)):
        return SAME
    constant = _constants(old, new)
    if constant is not None:
        return constant
    if "and" in (old.op, new.op) or "or" in (old.op, new.op):
        op = "and" if "and" in (old.op, new.op) else "or"
        return _logic(op, _operands(op, old), _operands(op, new), moves)
    if {old.op, new.op} == {"lt", "le"}:
        strict = UP if new.op == "le" else DOWN
        return joined((strict, _ends(old, new, moves)))
    if "add" in (old.op, new.op) and {old.op, new.op}.isdisjoint({"no", "order", "rows"}):
        return _sum(_operands("add", old), _operands("add", new), moves)
    if "mul" in (old.op, new.op) and {old.op, new.op}.isdisjoint({"no", "order", "rows"}):
        return _product(_operands("mul", old), _operands("mul", new), moves)
    if old.op != new.op:
        return UNKNOWN
    return _same_op(old, new, moves)


def _same_op(old: Term, new: Term, moves: Moves) -> Shift:
    match old.op:
        case "leaf":
            return moves.get(old.value[0], SAME) if old.value == new.value else UNKNOWN
        case "walk":
            if old.value != new.value or shift(old.args[0], new.args[0], moves) != SAME:
                return UNKNOWN
            return moves.get(old.value[0], SAME)
        case "not":
            return shift(old.args[0], new.args[0], moves).back
        case "lt" | "le":
            return _ends(old, new, moves)
        case "in":
            return _options(old, new, moves)
        case "or_else":
            found = joined(_pairs(old, new, moves))
            return UNKNOWN if found.care is Care.LOOSE else found
        case "if":
            return _choice(old, new, moves)
        case "call":
            return _call(old, new, moves)
        case "div":
            return _quotient(old, new, moves)
        case "over":
            return _aggregate(old, new, moves)
        case "as_of":
            inner, day = _pairs(old, new, moves)
            return inner if day == SAME else UNKNOWN
        case "year_of" | "day_of" | "later" if old.value == new.value and len(old.args) == len(new.args):
            return joined(_pairs(old, new, moves)).inexact
        case _:
            return UNKNOWN


def _pairs(old: Term, new: Term, moves: Moves) -> tuple[Shift, ...]:
    return tuple(shift(one, two, moves) for one, two in zip(old.args, new.args, strict=True))


def _constants(old: Term, new: Term) -> Shift | None:
    """How one constant stands to another; nothing where they are none that can be put in order."""
    if old.number is not None and new.number is not None:
        if old.value[1] != new.value[1]:
            return UNKNOWN
        return SAME if old.number == new.number else UP if new.number > old.number else DOWN
    if old.op in ("truth", "missing") and new.op in ("truth", "missing"):
        height = [0 if one.value is False else 1 if one.op == "missing" else 2 for one in (old, new)]
        return SAME if height[0] == height[1] else UP if height[1] > height[0] else DOWN
    if old.op == new.op == "word":
        order = _order(old.type) or _order(new.type)
        if old.value in order and new.value in order and old.value != new.value:
            return UP if order.index(new.value) > order.index(old.value) else DOWN
    return None


def _order(type: Type | None) -> tuple[str, ...]:
    return type.values if type is not None and type.kind == "enum" and type.ordered else ()


# -- logic ------------------------------------------------------------------------------------------------------


def _operands(op: str, term: Term) -> tuple[Term, ...]:
    return term.args if term.op == op else (term,)


def _logic(op: str, old: tuple[Term, ...], new: tuple[Term, ...], moves: Moves) -> Shift:
    """Operands that stand on both sides go together; of the rest each goes with one that moves a known way; what then
    is left over is one test more or less.
    """
    kept = [one for one in old if one in new]
    matched = [shift(one, one, moves) for one in kept]
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    for one in tuple(gone):
        for other in come:
            moved = shift(one, other, moves)
            if moved.way is not Way.UNKNOWN:
                matched.append(moved)
                gone.remove(one)
                come.remove(other)
                break
    if (gone or come) and any(all(map(excusable, side)) for side in (old, new)):
        return UNKNOWN  # where none of the others applies, the one that comes or goes decides alone
    if gone and come and not matched:
        return UNKNOWN
    fewer = (UP if op == "and" else DOWN,) if gone else ()
    more = (DOWN if op == "and" else UP,) if come else ()
    return joined((*matched, *fewer, *more))


def _ends(old: Term, new: Term, moves: Moves) -> Shift:
    """A comparison falls with its lesser side and rises with its greater."""
    low, high = _pairs(old, new, moves)
    found = joined((low.back, high))
    return UNKNOWN if found.care is Care.LOOSE else Shift(found.way)


def _options(old: Term, new: Term, moves: Moves) -> Shift:
    if old.args[0] != new.args[0] or shift(old.args[0], new.args[0], moves) != SAME:
        return UNKNOWN
    before, after = set(old.args[1:]), set(new.args[1:])
    if before <= after:
        return UP
    return DOWN if after <= before else UNKNOWN


def _choice(old: Term, new: Term, moves: Moves) -> Shift:
    """Where the test is missing the branches are still read: if they are equal, that is the value."""
    test, then, otherwise = _pairs(old, new, moves)
    steady = not any(nullable(one.args[0]) for one in (old, new))
    if test == SAME:
        found = joined((then, otherwise))
        return found if steady or is_test(old) or found.way is Way.SAME else Shift(found.way, Care.LOOSE)
    if then == SAME and otherwise == SAME and steady:
        gap = _constants(old.args[2], old.args[1])
        if gap is not None and gap.way in (Way.UP, Way.DOWN):
            return test if gap.way is Way.UP else test.back
    return UNKNOWN


# -- numbers ----------------------------------------------------------------------------------------------------


def _sum(old: tuple[Term, ...], new: tuple[Term, ...], moves: Moves) -> Shift:
    found, gone, come = _matched(old, new, moves)
    for one in gone:
        found.append(_more(one).back)
    for one in come:
        found.append(_more(one))
    return joined(found).inexact


def _more(term: Term) -> Shift:
    """What one summand more does."""
    if term.number is not None:
        return UP if term.number > 0 else DOWN if term.number < 0 else SAME
    if not never_negative(term):
        return UNKNOWN
    return Shift(Way.UP, Care.LOOSE) if nullable(term) else UP


def _matched(old: tuple[Term, ...], new: tuple[Term, ...], moves: Moves) -> tuple[list[Shift], list[Term], list[Term]]:
    """The shifts of the terms that stand on both sides or go together, and those that do not, on each side."""
    gone, come, found = list(old), list(new), []
    for one in old:
        if one in come:
            found.append(shift(one, one, moves))
            come.remove(one)
            gone.remove(one)
    for one in tuple(gone):
        for other in come:
            moved = shift(one, other, moves)
            if moved.way is not Way.UNKNOWN:
                found.append(moved)
                gone.remove(one)
                come.remove(other)
                break
    return found, gone, come


def _product(old: tuple[Term, ...], new: tuple[Term, ...], moves: Moves) -> Shift:
    """A product moves as its one moving factor where no other is ever negative; several that move the same way,
    likewise.
    """
    if len(old) != len(new):
        return UNKNOWN
    rest = list(new)
    moving: list[Shift] = []
    for one in old:
        other = one if one in rest else None
        if other is None:
            other = next((two for two in rest if shift(one, two, moves).way is not Way.UNKNOWN), None)
        if other is None:
            return UNKNOWN
        rest.remove(other)
        moved = shift(one, other, moves)
        if moved != SAME:
            moving.append(moved)
    steady = [one for one in old if one in new and shift(one, one, moves) == SAME]
    if len(moving) == 1:
        signs = [1 if never_negative(one) else -1 if (one.number or 0) < 0 else 0 for one in steady]
        if 0 in signs:
            return UNKNOWN
        turned = signs.count(-1) % 2 == 1
        return (moving[0].back if turned else moving[0]).inexact
    if all(never_negative(one) for one in (*old, *new)):
        return joined(moving).inexact
    return UNKNOWN


def _quotient(old: Term, new: Term, moves: Moves) -> Shift:
    above, below = _pairs(old, new, moves)
    if below == SAME and never_negative(old.args[1]):
        return above.inexact
    sides = (*old.args, *new.args)
    if above == SAME and above_zero(sides[1]) and above_zero(sides[3]) and never_negative(sides[0]):
        return below.back.inexact
    return UNKNOWN


def _call(old: Term, new: Term, moves: Moves) -> Shift:
    """A function moves as its declaration says; a table or bands only where they themselves move."""
    if old.value != new.value or len(old.args) != len(new.args):
        return UNKNOWN
    declared = FUNCTIONS.get(old.value)
    pairs = _pairs(old, new, moves)
    if declared is None:
        return moves.get(("name", old.value), SAME) if all(one == SAME for one in pairs) else UNKNOWN
    signs = declared.direction
    found: list[Shift] = []
    for at, one in enumerate(pairs):
        sign = signs[min(at, len(signs) - 1)] if signs else "?"
        if one != SAME and sign in "?0":
            return UNKNOWN
        found.append(one.back if sign == "-" else one)
    moved = joined(found)
    return moved if old.value in KEEPS_BOUNDS or old.value == "at_least" else moved.inexact


# -- over rows --------------------------------------------------------------------------------------------------


def _aggregate(old: Term, new: Term, moves: Moves) -> Shift:
    if old.value != new.value:
        return UNKNOWN
    name = old.value[0]
    rows, *more = zip(old.args, new.args, strict=True)
    what, *others = (shift(one, two, moves) for one, two in more)
    if any(one != SAME for one in others):
        return UNKNOWN
    which = _rows(*rows, moves)
    if name in ("any", "all"):
        return joined((what, which if name == "any" else which.back))
    if name == "count":
        where = [one.args[1] for one in rows]
        unsure = any(nullable(one) for one in where if one.op != "no")
        return Shift(which.way, Care.BOUND) if unsure and which.way is not Way.SAME else which
    if which != SAME:
        return _sum_of_more(rows, more[0], what, which) if name == "sum" else UNKNOWN
    if name == "share":
        return Shift(what.way, Care.BOUND) if any(map(nullable, more[0])) and what.way is not Way.SAME else what
    declared = FUNCTIONS[name].direction if name in FUNCTIONS else "?"
    sign = "+" if name in ("min", "max") else declared[-1 if name == "percentile" else 0]
    if name == "weighted_mean" and not all(never_negative(one) for one in more[2]):
        return UNKNOWN
    return what.inexact if sign == "+" or what == SAME else UNKNOWN


def _sum_of_more(rows: tuple[Term, ...], summands: tuple[Term, ...], what: Shift, which: Shift) -> Shift:
    """A sum rises with its rows where no summand is ever negative; where it is not always known who is in and with how
    much, it may become missing.
    """
    if not all(map(never_negative, summands)):
        return UNKNOWN
    filters = [one.args[1] for one in rows if one.args[1].op != "no"]
    found = joined((what, which))
    unsure = found.way is not Way.SAME and any(map(nullable, (*filters, *summands)))
    return Shift(found.way, Care.LOOSE) if unsure else found.inexact


def _rows(old: Term, new: Term, moves: Moves) -> Shift:
    """How a set of rows moves: up where no row leaves it."""
    if old.args[2:] != new.args[2:] or old.args[0] != new.args[0]:
        return UNKNOWN
    if old.args[2].op != "no" and any(key in moves for one in (old, new) for key in leaves(one)):
        return UNKNOWN  # the first ten of other rows are others
    if any(key in moves for one in (old.args[0], old.args[3]) for key in leaves(one)):
        return UNKNOWN
    before, after = old.args[1], new.args[1]
    if old.args[2].op != "no" and before != after:
        return UNKNOWN
    if before.op == after.op == "no":
        return SAME
    if before.op == "no":
        return DOWN
    return UP if after.op == "no" else shift(before, after, moves)

"""What stands in brackets after a name: a function of values, an aggregate over rows, or a place in a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from ..text.document import Scalar
from ..text.source import NOWHERE, Span
from ..text.suggest import nearest
from .automaton import Word
from .build import Parts, Piece, named, piece, place, text_of
from .expr import Aggregate, Among, AsOf, Call, Expr, Member, Money, Name, Or, Order, Reachable, Rows
from .slips import FUNCTIONS, SCALARS, Slip

TESTED = ("any", "all", "share")
"""Aggregates of a test."""

VALUED = (
    "sum", "mean", "weighted_mean", "median", "percentile", "stdev_sample", "stdev_population", "min", "max",
    "count_distinct", "first", "last", "the", "which",
)  # fmt: skip
"""Aggregates of a value."""

AGGREGATES = frozenset((*TESTED, *VALUED, "count"))
AMONG = ("rank", "running_sum", "share_of")
"""Places of a row in its own group."""

_FORMS = {
    "count": "count(ROWS where FILTER)",
    "weighted_mean": "weighted_mean(VALUE by WEIGHT over ROWS where FILTER)",
    "percentile": "percentile(90%, VALUE over ROWS where FILTER)",
    "first": "first(VALUE over ROWS where FILTER by ORDER)",
    "last": "last(VALUE over ROWS where FILTER by ORDER)",
    "rank": "rank(by ORDER within GROUP where FILTER)",
    "running_sum": "running_sum(VALUE by ORDER within GROUP where FILTER)",
    "share_of": "share_of(VALUE within GROUP where FILTER)",
    "reachable": "reachable(RELATION)",
}

ClauseKind: TypeAlias = Literal["weight", "by", "within", "where", "option"]


@dataclass(frozen=True, slots=True)
class Clause:
    """`by d`, `within g`, `where f` … inside a call; `node` is what follows the word."""

    kind: ClauseKind
    node: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inside:
    """The inside of a call, sorted: `form` is the rule of the grammar that read it."""

    form: Literal["plain", "filtered", "placed", "counted", "over", "among"]
    arguments: tuple[Piece, ...] = ()
    rows: Rows | None = None
    where: Expr | None = None
    by: Order | None = None
    weight: Order | None = None
    within: tuple[Expr, ...] = ()
    option: Clause | None = None
    span: Span = NOWHERE


# -- the parts of a call ----------------------------------------------------------------------------------------


def arguments(_: Scalar, parts: Parts) -> Piece:
    """`a, b`, as a tuple of pieces"""
    return piece(tuple(parts[::2]), parts)


def weight(_: Scalar, parts: Parts) -> Clause:
    """`by credits` before `over`"""
    return Clause("weight", parts[1].node, parts[0].start, parts[1].end)


def order_by(_: Scalar, parts: Parts) -> Clause:
    """`by award_date`"""
    return Clause("by", parts[1].node, parts[0].start, parts[1].end)


def within(_: Scalar, parts: Parts) -> Clause:
    """`within region and school_year`"""
    return Clause("within", tuple(part.node for part in parts[1::2]), parts[0].start, parts[-1].end)


def filter(_: Scalar, parts: Parts) -> Clause:
    """`where qualifies`, of the rows of the group"""
    return Clause("where", parts[1].node, parts[0].start, parts[1].end)


def option(_: Scalar, parts: Parts) -> Clause:
    """`, nearest_rank`"""
    return Clause("option", parts[1].text, parts[0].start, parts[1].end)


def plain(scalar: Scalar, parts: Parts) -> Inside:
    """`a, b`"""
    return Inside("plain", parts[0].node, span=place(scalar, parts)) if parts else Inside("plain")


def filtered(scalar: Scalar, parts: Parts) -> Inside:
    """`students where graduated`"""
    return Inside("filtered", parts[0].node, where=parts[2].node, span=place(scalar, parts))


def placed(scalar: Scalar, parts: Parts) -> Inside:
    """`credential in school.district.area as of award_date`, as the dated thing and the place"""
    thing, _, area, _, date = parts
    dated = piece(AsOf(thing.node, date.node, span=place(scalar, parts)), parts)
    return Inside("placed", (dated, area), span=dated.node.span)


def counted(_: Scalar, parts: Parts) -> Inside:
    """`top 10 occupations by employment`"""
    return Inside("counted", rows=parts[0].node)


def over(_: Scalar, parts: Parts) -> Inside:
    """`x over students where graduated`"""
    rows = next(part for part in parts[1:] if isinstance(part, Piece))
    return Inside("over", parts[0].node, rows.node, **_clauses(parts))


def among(_: Scalar, parts: Parts) -> Inside:
    """`amount by d within g where f`"""
    return Inside("among", parts[0].node if isinstance(parts[0], Piece) else (), **_clauses(parts))


def _clauses(parts: Parts) -> dict[str, Any]:
    return {part.kind: part if part.kind == "option" else part.node for part in parts if isinstance(part, Clause)}


# -- the call itself --------------------------------------------------------------------------------------------


def call(scalar: Scalar, parts: Parts) -> Piece:
    """`round(x, 1)`, `any(test over rows)`, `rank(by score)`, `reachable(stacks_to)`"""
    word, _, inside, _ = parts
    return piece(_call(scalar, word, inside, place(scalar, parts)), parts)


def _call(scalar: Scalar, word: Word, inside: Inside, span: Span) -> Expr:
    function = word.text
    if function == "reachable":
        return _reachable(word, inside, span)
    if function in AMONG:
        return _among(word, inside, span)
    several = inside.form == "plain" and len(inside.arguments) > 1
    if function == "count":
        return _count(scalar, word, inside, span)
    if function in AGGREGATES and not (several and function in ("min", "max")):
        return _aggregate(scalar, word, inside, span)
    if inside.form != "plain" and not (inside.form == "placed" and function == "listed"):
        meant = FUNCTIONS.get(function.lower()) or (None if function in SCALARS else nearest(function, AGGREGATES))
        cure = f"write `{meant}`" if meant else f"only these go over rows: {', '.join(sorted(AGGREGATES))}"
        raise Slip("S024", word.start, word.end, cure, function=function)
    return Call(function, tuple(part.node for part in inside.arguments), span=span)


def _form(word: Word) -> Slip:
    """The complaint that an aggregate is not written so, with its form."""
    what = "TEST" if word.text in TESTED else "VALUE"
    form = _FORMS.get(word.text, f"{word.text}({what} over ROWS where FILTER)")
    return Slip(
        "S024", word.start, word.end, f"its form is `{form}`, where a `where` may be left out", function=word.text
    )


def _reachable(word: Word, inside: Inside, span: Span) -> Expr:
    if inside.form == "plain" and len(inside.arguments) == 1:
        match inside.arguments[0].node:
            case Name(name=relation):
                return Reachable(relation, span=span)
            case Or(operands=(Name(name=relation), Name(name="itself"))):
                return Reachable(relation, or_itself=True, span=span)
    cure = "its form is `reachable(RELATION)`, or `reachable(RELATION or itself)`"
    raise Slip("S024", word.start, word.end, cure, function=word.text)


def _among(word: Word, inside: Inside, span: Span) -> Expr:
    function, given = word.text, len(inside.arguments)
    ranked = function == "rank"
    if (
        inside.form in ("over", "counted")
        or given != (0 if ranked else 1)
        or (inside.by is None) != (function == "share_of")
    ):
        raise _form(word)
    what = None if ranked else inside.arguments[0].node
    return Among(function, what, inside.by, inside.within, inside.where, span=span)


def _count(scalar: Scalar, word: Word, inside: Inside, span: Span) -> Expr:
    rows = _rows(scalar, inside)
    if inside.form == "over" and inside.rows and inside.rows.where is None and len(inside.arguments) == 1:
        test, path = text_of(scalar, inside.arguments[0]), inside.rows.path.span.text
        raise Slip("S024", word.start, word.end, f"write `count({path} where {test})`", function="count")
    if rows is None:
        raise _form(word)
    return Aggregate("count", rows, span=span)


def _rows(scalar: Scalar, inside: Inside) -> Rows | None:
    """The rows of `count(students)`, `count(students where graduated)` and `count(top 10 students by score)`."""
    if inside.form == "counted":
        return inside.rows
    if inside.form not in ("plain", "filtered") or len(inside.arguments) != 1:
        return None
    return Rows(named(scalar, inside.arguments[0]), inside.where, span=inside.span)


def _aggregate(scalar: Scalar, word: Word, inside: Inside, span: Span) -> Expr:
    function = word.text
    if function == "any" and inside.form != "over" and (rows := _rows(scalar, inside)):
        return Aggregate("any", rows, span=span)
    if function in TESTED and inside.form == "filtered" and inside.where and len(inside.arguments) == 1:
        rows_text = text_of(scalar, inside.arguments[0])
        cure = f"write `{function}({inside.where.span.text} over {rows_text})`"
        raise Slip("S023", word.start, word.end, cure, function=function)
    if inside.form == "plain" and function in ("min", "max") and inside.arguments:
        raise _one_argument(scalar, word, inside.arguments[0])
    if inside.form != "over" or inside.rows is None:
        raise _form(word)
    _check_clauses(word, inside)
    *level, what = (part.node for part in inside.arguments)
    return Aggregate(
        function, inside.rows, what, inside.by,
        inside.weight.keys[0].value if inside.weight else None,
        level[0] if level else None,
        inside.option.node if inside.option else "",
        span=span,
    )  # fmt: skip


def _check_clauses(word: Word, inside: Inside) -> None:
    """Whether an aggregate over rows has the arguments and clauses that its function takes, and no others."""
    function, extra = word.text, inside.option
    if extra and function in ("first", "last") and inside.by:
        raise Slip("S026", extra.start, extra.start + 1, "write `then` instead of the comma")
    if extra and (function != "percentile" or extra.node != "nearest_rank"):
        cure = "after the rows `percentile` takes `nearest_rank`, and no other function takes anything"
        raise Slip("S024", extra.start, extra.end, cure, function=function)
    plain_weight = inside.weight is None or (len(inside.weight.keys) == 1 and not inside.weight.keys[0].descending)
    if (
        len(inside.arguments) != (2 if function == "percentile" else 1)
        or (inside.weight is None) == (function == "weighted_mean")
        or (inside.by is None) == (function in ("first", "last"))
        or not plain_weight
    ):
        raise _form(word)


def _one_argument(scalar: Scalar, word: Word, argument: Piece) -> Slip:
    function, written = word.text, text_of(scalar, argument)
    over = f"for many rows write `{function}(VALUE over ROWS)`"
    if isinstance(argument.node, Money) and "," in written:
        read = f"`{written}` was read as one amount; a comma between arguments is followed by a space"
        return Slip("S025", word.start, word.end, read, function=function)
    if isinstance(argument.node, Name | Member):
        over = f"for many rows write `{function}(VALUE over {written})`"
    return Slip(
        "S025", word.start, word.end, f"write a second value: `{function}({written}, …)`", over, function=function
    )

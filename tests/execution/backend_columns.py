"""A column or several for every operator, aggregate, window and kind of entity, on which backends are compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Date

from engine.execution.inputs import Cells, Schedules
from engine.plan.plan import (
    Aggregate,
    Cell,
    ColumnId,
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
from engine.types.datatypes import NOTHING, TEXT, TRUTH, Type, counting, number
from engine.types.units import PLAIN
from tests.execution.backend_world import GRADES, B, D, E, F, M, N, S, T, W, X, Y

V = replace(T, excusable=True)
Q = replace(number(PLAIN, 12, 12), nullable=True, quotient=True)
BQ = replace(Q, bounded=True)
HOST = number(PLAIN, 12, 9).maybe()
COUNT = counting().maybe()
BCOUNT = replace(COUNT, bounded=True)
DEEP = replace(Q, whole=14)


def num(whole: int, scale: int, bounded: bool = False) -> Type:
    """A number that may be missing."""
    return replace(number(PLAIN, whole, scale), nullable=True, bounded=bounded)


def do(op: str, *args: Node, type: Type = T, options: tuple[str | int, ...] = ()) -> Compute:
    """A scalar operator."""
    return Compute(op, args, type, options)


def const(value: F | int | str | bool | Date | None, type: Type) -> Const:
    """A literal."""
    return Const(value, type)


def scalars(entity: str) -> dict[str, Node]:
    """Operators on the columns of one row."""
    n, m, x, w = (Scan(entity, name, type) for name, type in (("n", N), ("m", N), ("x", X), ("w", W)))
    b, c = Scan(entity, "b", B), Scan(entity, "c", B)
    t, u, d, s = Scan(entity, "t", T), Scan(entity, "u", T), Scan(entity, "d", D), Scan(entity, "s", S)
    e, mode, y = Scan(entity, "e", E), Scan(entity, "mode", M), Scan(entity, "y", Y)
    verdict, other = do("criterion", t, u, type=V), do("criterion", u, do("gt", n, m), type=V)
    quotient = do("div", n, m, type=Q)
    found: dict[str, Node] = {
        "add": do("add", n, x, type=num(7, 2)),
        "add wide": do("add", w, x, type=num(21, 3)),
        "sub": do("sub", x, n, type=num(7, 2)),
        "neg": do("neg", w, type=W),
        "mul": do("mul", n, x, type=num(10, 2)),
        "mul wide": do("mul", x, do("mul", x, n, type=num(10, 4)), type=num(16, 6)),
        "div": quotient,
        "div wide": do("div", w, n, type=replace(Q, whole=20)),
        "div by wide": do("div", x, w, type=replace(Q, whole=9)),
        "div of quotients": do("div", quotient, do("div", x, m, type=Q), type=Q),
        "prorate wide": do("prorate", w, n, m, mode, type=num(27, 3), options=(3,)),
        "prorate by wide": do("prorate", x, n, w, mode, type=num(14, 2), options=(2,)),
        "prorate to hundreds": do("prorate", w, x, n, mode, type=num(30, 0), options=(-2,)),
        "prorate to many": do("prorate", x, n, m, mode, type=num(11, 9), options=(9,)),
        "prorate bound": do("prorate", x, n, b, mode, type=num(12, 0), options=(0,)),
        "snap": do("snap", quotient, type=num(12, 9)),
        "abs": do("abs", x, type=X),
        "min": do("min", n, x, m, type=num(6, 2)),
        "max": do("max", n, w, type=num(20, 3)),
        "least text": do("min", s, const("m", TEXT), type=S),
        "thirds": do("add", quotient, do("add", quotient, quotient, type=DEEP), type=DEEP),
        "add bound": do("add", b, n, type=num(6, 1, True)),
        "add bounds": do("add", b, c, type=num(6, 1, True)),
        "sub bound": do("sub", x, b, type=num(7, 2, True)),
        "sub bounds": do("sub", b, c, type=num(7, 1, True)),
        "neg bound": do("neg", b, type=B),
        "mul bound": do("mul", n, b, type=num(9, 1, True)),
        "mul bounds": do("mul", c, b, type=num(10, 2, True)),
        "div bound": do("div", b, n, type=BQ),
        "div by bound": do("div", n, b, type=BQ),
        "snap bound": do("snap", do("div", b, m, type=BQ), type=num(12, 9, True)),
        "round bound": do("round", b, const("half_up", M), type=num(6, 0, True), options=(0,)),
        "abs bound": do("abs", b, type=B),
        "min bound": do("min", b, c, n, type=num(5, 1, True)),
        "max bound": do("max", b, x, type=num(6, 2, True)),
        "bound": do("bound", n, x, type=num(6, 2, True)),
        "bound wide": do("bound", w, n, type=replace(W, bounded=True)),
        "bound in order": do("bound", do("min", n, m, type=N), do("max", n, m, type=N), type=num(4, 0, True)),
        "bound of bounds": do("bound", b, c, type=B),
        "bound above": do("bound", const(None, NOTHING), x, type=replace(X, bounded=True)),
        "exact bound": do("add", b, const(F(0), N), type=num(6, 1)),
        "and": do("and", t, u, do("gt", n, m)),
        "or": do("or", t, u, do("gt", n, m)),
        "not": do("not", t),
        "at_least": do("at_least", t, u, do("gt", n, m), options=(2,)),
        "criterion": verdict,
        "and verdicts": do("and", verdict, other, type=V),
        "or verdicts": do("or", verdict, other, t, type=T),
        "not verdict": do("not", verdict, type=V),
        "at_least verdicts": do("at_least", verdict, other, options=(1,), type=V),
        "if verdicts": do("if", t, verdict, other, type=V),
        "settled": do("settled", verdict),
        "is_applicable": do("is_applicable", verdict, type=TRUTH),
        "excused test": do("criterion", verdict, t, type=V),
        "if": do("if", t, n, x, type=num(6, 2)),
        "if same": do("if", t, n, n, type=N),
        "if bound": do("if", t, b, n, type=B),
        "if wide": do("if", do("lt", n, m), w, x, type=W),
        "if quotient": do("if", t, quotient, do("add", quotient, const(F(1, 10**12), num(0, 12)), type=Q), type=Q),
        "if quotient bound": do("if", t, do("div", b, m, type=BQ), quotient, type=BQ),
        "if missing": do("if", t, n, const(None, NOTHING), type=N),
        "if text": do("if", t, s, const("it's \\ \"odd\"", TEXT), type=S),
        "if date": do("if", t, d, const(Date(2026, 7, 1), D), type=D),
        "or_else": do("or_else", n, x, type=num(6, 2)),
        "or_else bound": do("or_else", b, n, type=B),
        "or_else test": do("or_else", t, const(False, TRUTH)),
        "is_known": do("is_known", quotient, type=TRUTH),
        "is_known bound": do("is_known", b, type=TRUTH),
        "ordinal": do("ordinal", e, type=num(1, 0), options=GRADES),
        "missing": do("add", n, const(None, NOTHING), type=N),
        "and missing": do("and", t, const(None, NOTHING)),
        "add_days": do("add_days", d, n, type=D),
        "add_months": do("add_months", d, n, type=D),
        "add_years": do("add_years", y, n, type=Y),
        "year begins in january": do("year_of", d, type=Y, options=(1, 1, 0)),
        "school year": do("year_of", d, type=Y, options=(7, 1, 0)),
        "fiscal year": do("year_of", d, type=Y, options=(10, 31, 1)),
        "day of year": do("day_of_year", y, type=D, options=(2, 30, 7, 1, 0)),
        "day of year later": do("day_of_year", y, type=D, options=(8, 31, 7, 1, 1)),
        "first day": do("day_of_year", y, type=D, options=(0, 1, 7, 1, 1)),
        "last day": do("day_of_year", y, type=D, options=(0, 31, 7, 1, 0)),
        "cell": do("add", n, Cell("parameters.floor", X), type=num(7, 2)),
        "cell text": do("eq", s, Cell("parameters.word", S)),
        "cell unknown": do("or", t, do("gt", n, Cell("parameters.unknown", N))),
        "as of": Cell("as_of", D),
        "in force": do("add", n, InForce("parameters.amount", d, X), type=num(7, 2)),
        "in force text": InForce("parameters.rule", d, S),
        "guarded": do("and", do("ne", m, const(F(0), N)), do("gt", quotient, const(F(1), N))),
    }  # fmt: skip
    for op in ("eq", "ne", "lt", "le", "gt", "ge"):
        found[op] = do(op, n, m)
        found[f"{op} scales"] = do(op, x, w)
        found[f"{op} bound"] = do(op, b, n)
        found[f"{op} bounds"] = do(op, b, c)
        found[f"{op} text"] = do(op, s, const("b", TEXT))
        found[f"{op} date"] = do(op, d, const(Date(2024, 2, 29), D))
    for said in ("half_up", "half_even", "up", "down", "floor", "ceiling"):
        found[f"round {said}"] = do("round", x, const(said, M), type=num(7, 1), options=(1,))
        found[f"prorate {said}"] = do("prorate", x, n, m, const(said, M), type=num(11, 1), options=(1,))
    for places in (-2, 0, 1, 2, 5):
        found[f"round {places}"] = do("round", x, mode, type=num(7, min(max(places, 0), 2)), options=(places,))
        found[f"round wide {places}"] = do("round", w, mode, type=num(21, min(max(places, 0), 3)), options=(places,))
    found["_root"] = do("sqrt", x, type=HOST)
    found["ln"] = do("ln", do("mul", x, x, type=num(12, 4)), type=HOST)
    found["after the host"] = do("add", Reference(ColumnId(entity, "_root"), HOST), n, type=replace(HOST, whole=13))
    found["seventh of the host"] = do("div", Reference(ColumnId(entity, "_root"), HOST), const(F(7), N), type=Q)
    return found


OF_THING = ((Scan("part", "thing", S), Scan("thing", "id", TEXT)),)
BY_DAY = (OrderBy(Scan("part", "d", D), True), OrderBy(Scan("part", "id", TEXT)))
BY_N = (OrderBy(Scan("part", "n", N)), OrderBy(Scan("part", "id", TEXT)))


def aggregates(thin: bool = True) -> dict[str, Node]:
    """Every aggregate over the parts of a thing, plain, filtered, looking back, over all rows, over the first rows.

    `thin` leaves out most combinations: each function stands with a third of the ways to gather rows.
    """
    part = {name: Scan("part", name, type) for name, type in
            {"n": N, "m": N, "x": X, "w": W, "b": B, "t": T, "u": T, "d": D, "s": S, "e": E}.items()}  # fmt: skip
    mine = Outer(Scan("thing", "n", N), N)
    quotient = do("div", part["n"], part["m"], type=Q)
    overs = {
        "": Over("part", OF_THING),
        " where": Over("part", OF_THING, where=part["t"]),
        " where some": Over("part", OF_THING, where=do("or_else", part["t"], const(False, TRUTH), type=TRUTH)),
        " reported": Over("part", OF_THING, complete=False),
        " of all": Over("part"),
        " looking back": Over("part", OF_THING, where=do("ge", part["n"], mine)),
        " of all looking back": Over("part", where=do("eq", part["e"], Outer(Scan("thing", "e", E), E))),
        " top": Over("part", OF_THING, where=do("is_known", part["n"], type=TRUTH), top=2, top_by=BY_N),
        " top open": Over("part", OF_THING, where=part["u"], top=3, top_by=BY_DAY),
        " by two": Over(
            "part", ((part["e"], Scan("thing", "e", E)), (part["x"], Scan("thing", "n", N))), where=part["t"]
        ),
    }  # fmt: skip
    found: dict[str, Node] = {}
    for word, over in overs.items():

        def agg(function: str, value: Node | None, type: Type, over: Over = over, **more: object) -> Aggregate:
            return Aggregate(function, over, value, type, **more)  # type: ignore[arg-type]

        made: dict[str, Node] = {
            "any": agg("any", part["u"], T),
            "any rows": agg("any", None, T),
            "all": agg("all", do("gt", part["n"], part["m"]), T),
            "count": agg("count", None, BCOUNT),
            "count exact": agg("count", None, COUNT),
            "share": agg("share", part["u"], BQ),
            "sum": agg("sum", part["x"], num(15, 2)),
            "sum wide": agg("sum", part["w"], num(29, 3)),
            "sum bound": agg("sum", part["b"], num(14, 1)),
            "mean": agg("mean", part["x"], Q),
            "mean of quotients": agg("mean", quotient, Q),
            "weighted_mean": agg("weighted_mean", part["x"], Q, weight=part["m"]),
            "median": agg("median", part["x"], num(6, 3)),
            "median bound": agg("median", part["b"], num(5, 2, True)),
            "percentile": agg("percentile", part["n"], num(4, 2), level=const(F(9, 10), num(0, 2))),
            "percentile wide": agg("percentile", part["w"], num(20, 5), level=const(F(1, 4), num(1, 2))),
            "percentile bound": agg("percentile", part["b"], num(5, 3, True), level=const(F(1, 4), num(1, 2))),
            "percentile cell": agg("percentile", part["b"], num(5, 7, True), level=Cell("parameters.level", num(1, 6))),
            "nearest": agg("percentile", part["x"], X, level=const(F(3, 10), num(0, 1)), option="nearest_rank"),
            "nearest bound": agg("percentile", part["b"], B, level=const(F(0), num(0, 1)), option="nearest_rank"),
            "level of the row": agg("percentile", part["n"], num(4, 2), level=do("round", Scan("thing", "x", X),
                                    const("down", M), type=num(7, 2), options=(2,))),
            "stdev_sample": agg("stdev_sample", part["x"], HOST),
            "stdev_population": agg("stdev_population", part["n"], HOST),
            "min": agg("min", part["n"], N),
            "max": agg("max", part["w"], W),
            "min bound": agg("min", part["b"], B),
            "max bound": agg("max", part["b"], B),
            "min date": agg("min", part["d"], D),
            "max text": agg("max", part["s"], S),
            "count_distinct": agg("count_distinct", part["e"], COUNT),
            "count_distinct numbers": agg("count_distinct", part["x"], COUNT),
            "first": agg("first", part["n"], N, order=BY_DAY),
            "last": agg("last", part["s"], S, order=BY_DAY),
            "first bound": agg("first", part["b"], B, order=BY_N),
            "first truth": agg("first", part["u"], T, order=BY_N),
            "last verdict": agg("last", do("criterion", part["t"], part["u"], type=V), V, order=BY_N),
            "the": agg("the", part["n"], N),
            "the verdict": agg("the", do("criterion", part["t"], part["u"], type=V), V),
        }  # fmt: skip
        place = list(overs).index(word)
        found.update(
            {f"{name}{word}": node for at, (name, node) in enumerate(made.items()) if not thin or (at + place) % 3 == 0}
        )
    found["sum looking back"] = Aggregate(
        "sum", Over("part", OF_THING), do("mul", part["n"], mine, type=num(8, 0)), num(17, 0)
    )
    return found


def windows() -> dict[str, Node]:
    """Ranks, running sums and shares among the parts."""
    n, x, w, b, t, e, d = (Scan("part", name, type) for name, type in
                           (("n", N), ("x", X), ("w", W), ("b", B), ("t", T), ("e", E), ("d", D)))  # fmt: skip
    found: dict[str, Node] = {}
    for word, within, where in (
        ("", (), None),
        (" within", (e,), None),
        (" where", (), t),
        (" within where", (e, Scan("part", "thing", S)), do("gt", n, const(F(0), N))),
    ):
        for way in (False, True):
            order = (OrderBy(n, way), OrderBy(d))
            found[f"rank {way}{word}"] = Window("rank", None, COUNT, order, within, where)
            bounds = (OrderBy(b, way), OrderBy(n))
            found[f"rank of bounds {way}{word}"] = Window("rank", None, COUNT, bounds, within, where)
        total = (OrderBy(Scan("part", "e", E)), OrderBy(Scan("part", "id", TEXT), True))
        found[f"running_sum{word}"] = Window("running_sum", x, num(15, 2), total, within, where)
        found[f"running_sum wide{word}"] = Window(
            "running_sum", w, num(29, 3), (OrderBy(Scan("part", "id", TEXT)),), within, where
        )
        found[f"share_of{word}"] = Window("share_of", n, Q, (), within, where)
    return found


def ref(entity: str, name: str, type: Type) -> Reference:
    """Another column."""
    return Reference(ColumnId(entity, name), type)


TOTAL = num(13, 0)


def across() -> dict[str, dict[str, Node]]:
    """Lookups, chains through several entities, derived entities, the state."""
    next_n = Lookup("thing", (("id", Scan("thing", "next", S)),), Scan("thing", "n", N), N)
    seat = (
        ("row", const("p", TEXT)),
        ("place", do("if", Scan("thing", "t", T), const("1", TEXT), const("9", TEXT), type=S)),
    )
    part_id = Scan("part", "id", TEXT)
    pair_seat = (("row", Scan("pair", "row", TEXT)), ("place", Scan("pair", "place", TEXT)))
    grade = (("e", Scan("part", "e", E)), ("n", Scan("part", "n", N)))
    same_kind = ((Scan("part", "e", E), Scan("kind", "e", E)), (Scan("part", "n", N), Scan("kind", "n", N)))
    return {
        "thing": {
            "next n": next_n,
            "next sum": Lookup(
                "thing",
                (("id", Scan("thing", "next", S)),),
                do("add", next_n, Scan("thing", "b", B), type=num(6, 1, True)),
                num(6, 1, True),
            ),
            "next verdict": Lookup(
                "thing",
                (("id", Scan("thing", "next", S)),),
                do("criterion", Scan("thing", "t", T), Scan("thing", "u", T), type=V),
                V,
            ),
            "seat": Lookup("seat", seat, Scan("seat", "x", X), X),
            "total": Aggregate("sum", Over("part", OF_THING, where=do("is_known", Scan("part", "n", N), type=TRUTH)),
                               Scan("part", "n", N), TOTAL),
            "more than most": do("gt", ref("thing", "total", TOTAL), const(F(3), N)),
            "place": Window("rank", None, COUNT, (OrderBy(ref("thing", "total", TOTAL), True),)),
            "above": Aggregate("count", Over("thing", where=do("lt", ref("thing", "place", COUNT),
                               Outer(ref("thing", "place", COUNT), COUNT))), None, BCOUNT),
            "root of total": do("sqrt", ref("thing", "total", TOTAL), type=HOST),
            "half": do("div", ref("thing", "root of total", HOST), const(F(2), N), type=Q),
        },
        "part": {
            "thing total": Lookup("thing", (("id", Scan("part", "thing", S)),), ref("thing", "total", TOTAL), TOTAL),
            "share of thing": do("div", Scan("part", "n", N), ref("part", "thing total", TOTAL), type=Q),
            "of kind": Lookup("kind", grade, ref("kind", "size", COUNT), COUNT),
            "others": Aggregate("count", Over("part", ((Scan("part", "thing", S), Scan("part", "thing", S)),),
                                where=do("ne", part_id, Outer(part_id, TEXT))), None, BCOUNT),
        },
        "kind": {
            "size": Aggregate("count", Over("part", same_kind), None, COUNT),
            "twice": do("add", Scan("kind", "n", N), Scan("kind", "n", N), type=num(5, 0)),
        },
        "pair": {
            "n": Lookup("thing", (("id", Scan("pair", "thing", TEXT)),), Scan("thing", "n", N), N),
            "x": Lookup("seat", pair_seat, Scan("seat", "x", X), X),
        },
        "reach": {"start n": Lookup("thing", (("id", Scan("reach", "from", TEXT)),), Scan("thing", "n", N), N)},
        "state": {
            "things": Aggregate("count", Over("thing"), None, COUNT),
            "median total": Aggregate("median", Over("thing"), ref("thing", "total", TOTAL), num(13, 1)),
            "reached": Aggregate("count_distinct", Over("reach_all"), Scan("reach_all", "to", TEXT), COUNT),
            "as of": Cell("as_of", D),
        },
    }  # fmt: skip


CELLS: Cells = {
    "parameters.floor": F("12.50"),
    "parameters.word": "b",
    "parameters.unknown": None,
    "parameters.level": F("0.333333"),
    "as_of": Date(2026, 7, 1),
}
SCHEDULES: Schedules = {
    "parameters.amount": ((Date(1900, 1, 1), F(5)), (Date(2024, 2, 29), None), (Date(2026, 1, 31), F("7.25"))),
    "parameters.rule": ((Date(1, 1, 1), "old"), (Date(2026, 6, 30), "new")),
}

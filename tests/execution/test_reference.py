"""Rows reached from other rows: stored columns, lookups, the asking row, derived entities, values by date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Date

import pytest

from engine.execution.values import Missing, Value, missing
from engine.plan.plan import (
    Aggregate,
    Cell,
    Close,
    ColumnId,
    Cross,
    Entity,
    Group,
    InForce,
    Lookup,
    Node,
    Outer,
    Over,
    Reference,
    Scan,
)
from engine.text.errors import EngineBug, PolicyError
from engine.types.datatypes import TEXT
from tests.execution.hand_plan import (
    BOUNDED,
    DAY,
    MAYBE,
    NUMBER,
    F,
    codes,
    const,
    do,
    interpreter,
    over_parts,
    part,
    result,
    thing,
    trace,
)

NAME = TEXT.maybe()


# -- cells ----------------------------------------------------------------------------------------------


def test_input_cells() -> None:
    node = Cell("parameters.quorum", NUMBER)
    assert result(node, cells={"parameters.quorum": F(5)}) == 5
    assert result(node, cells={"parameters.quorum": None}) == missing("not known", "parameters.quorum")
    with pytest.raises(EngineBug, match="quorum"):
        result(node)


WAGES = {"parameters.floor": ((Date(2024, 7, 1), F(41250)), (Date(2026, 7, 1), F(43900)), (Date(2030, 1, 1), None))}
IN_FORCE = InForce("parameters.floor", thing("d", DAY), NUMBER)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (Date(2024, 7, 1), F(41250)),
        (Date(2026, 6, 30), F(41250)),
        (Date(2026, 7, 1), F(43900)),
        (Date(2029, 12, 31), F(43900)),
        (Date(2024, 6, 30), missing("X003", "parameters.floor", "thing", ("t",))),
        (Date(2030, 1, 1), missing("no limit", "parameters.floor")),
        (missing("blank"), missing("blank", "d", "thing", ("t",))),
    ],
)
def test_values_in_force(day: Value, expected: Value) -> None:
    assert result(IN_FORCE, thing={"d": day}, schedules=WAGES) == expected


def test_no_values_by_date_are_a_bug() -> None:
    with pytest.raises(EngineBug, match="floor"):
        result(IN_FORCE, thing={"d": Date(2026, 7, 1)})


def test_a_literal_missing_keeps_its_reason() -> None:
    assert codes(result(const(None, NUMBER))) == {"not known"}
    assert codes(result(replace(const(None, NUMBER), reason="no prior year"))) == {"no prior year"}


# -- one other row --------------------------------------------------------------------------------------

TO_PART = Lookup("part", (("id", thing("part", NAME)),), part("n"), NUMBER)


def test_lookup() -> None:
    assert result(TO_PART, thing={"part": "p1"}, parts=[{"n": F(7)}]) == 7
    assert result(TO_PART, thing={"part": "p1"}, parts=[{}]) == missing("blank", "n", "part", ("p1",))
    assert result(TO_PART, thing={"part": "p9"}) == missing("no row", "", "part", ("p9",))
    assert result(TO_PART) == missing("blank", "part", "thing", ("t",))


def test_a_lookup_is_traced_into_the_other_row() -> None:
    found = trace(TO_PART, thing={"part": "p1"}, parts=[{"n": F(7)}])
    assert [(child.entity, child.key, child.value) for child in found.children] == [
        ("thing", ("t",), "p1"),
        ("part", ("p1",), F(7)),
    ]


def test_a_stored_column_is_evaluated_once_and_is_a_leaf_of_a_trace() -> None:
    double = do("add", part("n"), part("n"), type=NUMBER)
    world = interpreter(
        {
            ("part", "double"): double,
            ("thing", "result"): over_parts("sum", Reference(ColumnId("part", "double"), NUMBER)),
        },
        parts=[{"n": F(1)}, {"n": F(2)}],
    )
    found = world.trace("thing", "result", ("t",))
    assert found.value == 6
    assert {child.value: child.children for child in found.children if child.entity == "part"} == {2: (), 4: ()}
    assert [child.value for child in world.trace("part", "double", ("p2",)).children] == [2, 2]


def test_the_row_that_asks() -> None:
    at_least = do("ge", part("n"), Outer(thing("n"), NUMBER))
    node = over_parts("count", None, BOUNDED, where=at_least)
    parts: list[dict[str, Value]] = [{"n": F(1)}, {"n": F(5)}, {"n": F(9)}]
    assert result(node, thing={"n": F(5)}, parts=parts) == 2
    with pytest.raises(EngineBug, match="part"):
        interpreter({("part", "result"): Outer(part("n"), NUMBER)}, parts=parts).value("part", "result", ("p1",))


def test_the_asking_row_is_still_that_one_behind_a_lookup() -> None:
    # for each part, the limit of its thing against the limit of the thing that asks
    limit = Lookup(
        "thing",
        (("id", part("thing", NAME)),),
        do("eq", thing("n"), Outer(thing("n"), NUMBER)),
        MAYBE,
    )
    assert result(over_parts("all", limit, MAYBE), thing={"n": F(5)}, parts=[{}, {}]) is True


# -- derived entities -----------------------------------------------------------------------------------


def group(*names: str) -> Entity:
    """Parts gathered by columns."""
    return Entity(
        "gathered", tuple((name, TEXT) for name in names), Group("part", tuple((n, part(n, NAME)) for n in names))
    )


def test_groups() -> None:
    parts: list[dict[str, Value]] = [
        {"g": "west", "n": F(1)},
        {"g": "east", "n": F(2)},
        {"g": "west", "n": F(4)},
        {"n": F(8)},  # no group
    ]
    over = Over("part", match=((part("g", NAME), Scan("gathered", "g", TEXT)),))
    total = Aggregate("sum", over, part("n"), NUMBER)
    world = interpreter({("gathered", "total"): total}, parts=parts, entities=(group("g"),))
    assert world.keys("gathered") == (("east",), ("west",))
    assert [world.value("gathered", "total", key) for key in world.keys("gathered")] == [2, 5]
    assert world.value("gathered", "g", ("east",)) == "east"


def crossing(at_most: int) -> Entity:
    """Every pair of a thing and a part."""
    return Entity("pair", (("thing", TEXT), ("part", TEXT)), Cross(("thing", "part"), at_most))


def test_crossings() -> None:
    parts: list[dict[str, Value]] = [{}, {}]
    nodes: dict[tuple[str, str], Node] = {("pair", "key"): Scan("pair", "part", TEXT)}
    world = interpreter(nodes, parts=parts, entities=(crossing(2),))
    assert world.keys("pair") == (("t", "p1"), ("t", "p2"))
    assert world.value("pair", "key", ("t", "p2")) == "p2"
    with pytest.raises(PolicyError) as error:
        interpreter(nodes, parts=parts, entities=(crossing(1),)).keys("pair")
    (found,) = error.value.diagnostics
    assert found.code == "X005"
    assert found.message == "`pair` would have 2 rows, more than the 1 that it may have"


def closure(edges: list[tuple[str, Value]], or_itself: str = "") -> set[str]:
    """The pairs reached, as words of two letters."""
    parts: list[dict[str, Value]] = [{"from": start, "to": end} for start, end in edges]
    entity = Entity("reach", (("start", TEXT), ("reached", TEXT)), Close("part", "from", "to", or_itself))
    world = interpreter({}, parts=parts, entities=(entity,))
    return {f"{start}{reached}" for start, reached in world.keys("reach")}


def test_a_closure_follows_one_or_more_steps() -> None:
    assert closure([("a", "b"), ("b", "c")]) == {"ab", "ac", "bc"}


def test_a_closure_is_safe_on_a_cycle_and_reaches_its_start_there() -> None:
    assert closure([("a", "b"), ("b", "a"), ("b", "c")]) == {"aa", "ab", "ac", "ba", "bb", "bc"}
    assert closure([("a", "a")]) == {"aa"}


def test_a_closure_with_a_missing_end_leads_nowhere() -> None:
    assert closure([("a", missing("blank")), ("a", "b")]) == {"ab"}


def test_a_closure_or_itself() -> None:
    assert closure([("t", "b"), ("b", "c")], "thing") == {"tb", "tc", "bc", "tt"}


def test_the_state_has_one_row() -> None:
    state = Entity("state", (("state", TEXT),))
    node = Aggregate("sum", Over("part"), part("n"), NUMBER)
    world = interpreter({("state", "total"): node}, parts=[{"n": F(1)}, {"n": F(2)}], entities=(state,))
    assert world.keys("state") == (("state",),)
    assert world.value("state", "total", ("state",)) == 3


def test_a_match_on_missing_values_finds_nothing() -> None:
    over = Over("part", match=((part("g", NAME), thing("g", NAME)),))
    node = Aggregate("count", over, None, NUMBER)
    assert result(node, parts=[{}, {"g": "east"}]) == 0
    assert result(node, thing={"g": "east"}, parts=[{}, {"g": "east"}]) == 1


def test_a_column_of_columns_many_deep() -> None:
    nodes: dict[tuple[str, str], Node] = {("thing", "c0"): do("add", thing("n"), const(F(1)), type=NUMBER)}
    for at in range(1, 300):
        before = Reference(ColumnId("thing", f"c{at - 1}"), NUMBER)
        nodes[("thing", f"c{at}")] = do("add", before, const(F(1)), type=NUMBER)
    world = interpreter(nodes, thing={"n": F(0)})
    assert world.value("thing", "c299", ("t",)) == 300
    assert isinstance(interpreter(nodes).value("thing", "c299", ("t",)), Missing)

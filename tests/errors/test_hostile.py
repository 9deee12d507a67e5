"""What no analyst writes: deep, long and tangled files go through the whole front and come back with a complaint."""

from __future__ import annotations

import time

import pytest

from tests.errors.front import check_policy_text

HEAD = "policy: xx/example\n"


def definition(expression: str) -> str:
    return f"{HEAD}definitions:\n  credential:\n    odd: {expression}\n"


def table(count: int) -> str:
    rows = "".join(f"      | {number} | ${number} |\n" for number in range(count - 1)) + "      | - | not known |\n"
    inputs = "    inputs:\n      hours: clock_hours\n    gives: USD\n    rows: |\n      | hours | rate |\n"
    return f"{HEAD}tables:\n  rates:\n{inputs}{rows}definitions:\n  credential:\n    rate: rates\n"


def bands(count: int) -> str:
    rows = "".join(f"      | from {number} to under {number + 1} | 1 |\n" for number in range(count))
    head = "bands:\n  index:\n    of: hour\n    gives: points\n    rows: |\n"
    return f"{HEAD}{head}{rows}definitions:\n  credential:\n    i: index(clock_hours)\n".replace(" i:", " points_of:")


def listing(lines: str) -> str:
    return f"{HEAD}sources:\n  code:\n    title: Code\npriority_list:\n  list: credential\n  when: proctored\n{lines}"


def tiers(count: int) -> str:
    return listing("  tiers:\n" + "".join(f"    - t{number}: clock_hours > {number}\n" for number in range(count)))


def exceptions(count: int) -> str:
    one = "    e{0}:\n      key: k{0}\n      verdict: listed\n      decided_by: Board\n      because: so\n"
    return listing("  exceptions:\n" + "".join(one.format(number) for number in range(count)))


def members(count: int) -> str:
    values = "".join(f"          - v{number}\n" for number in range(count))
    amounts = "".join(f"        v{number}: {number}\n" for number in range(count))
    return (
        f"{HEAD}data:\n  credential:\n    columns:\n      sector:\n        values:\n{values}"
        "sources:\n  code:\n    title: Code\n"
        f"parameters:\n  weight:\n    by: sector\n    cite: code 1\n    values:\n      2026-07-01:\n{amounts}"
        "definitions:\n  credential:\n    weighs: weight\n"
    )


BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(definition("(" * 5_000 + "1" + ")" * 5_000), "S030", id="parentheses"),
        pytest.param(definition("(" * 5_000), "S030", id="parentheses-left-open"),
        pytest.param(definition("not " * 2_000 + "proctored"), "S030", id="not"),
        pytest.param(definition("-" * 2_000 + "1"), "S030", id="minus"),
        pytest.param(definition(" + ".join(["1"] * 1_500)), "S030", id="plus"),
        pytest.param(definition("if proctored then 1 else " * 500 + "1"), "S030", id="if"),
        pytest.param(definition("credential" + ".credential" * 800), "S030", id="dots"),
        pytest.param(definition(" + clock_hours" * 2_000), "S031", id="long-expression"),
        pytest.param(definition("9" * 5_000 + " + 1"), "S019", id="long-number"),
        pytest.param(definition("$" + "9" * 5_000), "S020", id="long-amount"),
        pytest.param(HEAD + "title: " + "x" * 10_000_000 + "\n", "Y004", id="ten-megabytes"),
        pytest.param(HEAD + "title: " + "x" * 2_000_000 + "\n", "Y018", id="long-scalar"),
        pytest.param(HEAD + BOMB, "Y010", id="anchor-bomb"),
        pytest.param(
            HEAD + "definitions:\n" + "".join("  " * n + f"a{n}:\n" for n in range(1, 300)), "Y016", id="deep"
        ),
        pytest.param(HEAD + "a: " + "[" * 5_000, "Y016", id="brackets"),
        pytest.param(table(3_000), "T023", id="table"),
        pytest.param(bands(1_000), "T023", id="bands"),
        pytest.param(tiers(1_000), "T023", id="tiers"),
        pytest.param(exceptions(1_000), "T023", id="exceptions"),
        pytest.param(members(1_000), "T023", id="members"),
    ],
)
def test_hostile(text: str, code: str) -> None:
    begun = time.perf_counter()
    said = {told.code for told in check_policy_text(text)}
    assert code in said and time.perf_counter() - begun < 5


@pytest.mark.parametrize("make", [table, bands, tiers, exceptions, members])
def test_two_hundred_lines_are_in_order(make: object) -> None:
    assert callable(make)
    assert [told.code for told in check_policy_text(make(200)) if told.code != "Y064"] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{HEAD}years:\n  paid: earned + 1 year\n  earned: paid + 1 year\n" + "{}paid\n", id="years"),
        pytest.param(
            f"{HEAD}tables:\n  one:\n    inputs:\n      x: one\n    gives: USD\n"
            "    rows: |\n      | x | r |\n      | $1 | $3 |\n{}one\n",
            id="tables",
        ),
        pytest.param(
            f"{HEAD}bands:\n  one:\n    of: hour\n    gives: hour\n"
            "    rows: |\n      | up to 75 | one(x) |\n      | over 75 | x |\n{}one(clock_hours)\n",
            id="bands",
        ),
    ],
)
def test_a_ring_of_what_stands_for_something(text: str) -> None:
    use = "definitions:\n  credential:\n    odd: "
    assert [told.code for told in check_policy_text(text.format(use))] == ["N006"]

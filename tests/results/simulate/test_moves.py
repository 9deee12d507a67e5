"""Who moves: which payments, claims, ratings and standings are other ones, by how much, in what order, and who is not
named.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from engine import api
from engine.results.cases.cases import runs_of
from engine.results.simulate.checked_moves import MOST
from engine.results.simulate.moves import Move, Moved, Rows, moved
from engine.results.simulate.rows_read import CLAIM, INDEX, LIST, PAYMENT, RATING, Spot, measured_with_rows, spots_of
from engine.results.simulate.simulation import Simulation
from engine.views.article import article_text
from engine.views.simulation_article import simulation_article
from tests.house.checkout import ROOT
from tests.results.simulate.test_simulation import GRANTS, said, simulate

OPEN_LIST = GRANTS.replace("ROUNDED", "rate").replace("  limit: 2\n", "")


def told(one: Moved) -> list[tuple[object, ...]]:
    return [(move.kind, move.key, move.before, move.after, move.change) for move in one.moves]


def test_what_is_set_moves_payments_and_the_list(tmp_path: Path) -> None:
    """Chiefs earn $43,900, less than the floor of $45,000: they lose $100 + $50 and their place. The two others get
    $120 + $50. Of technologists nobody knows anything, before or after.
    """
    text = "set:\n  wage_floor: $45,000\n  grant: $120\n"
    found = simulate(tmp_path, text, policy=OPEN_LIST)
    (by_set,) = found.moves
    assert told(by_set) == [
        (PAYMENT, "11-1011", 150, 0, -150),
        (PAYMENT, "15-1252", 150, 170, 20),
        (PAYMENT, "51-4121", 150, 170, 20),
        (LIST, "11-1011", "listed", "not listed", None),
    ]
    still = ("Technologists", "Fast food workers")
    listed = ("Developers", *still, "Welders")
    assert by_set.rows == (Rows(PAYMENT, "occupation", 5, still), Rows(LIST, "occupation", 5, listed))
    shown = article_text(simulation_article(found), 200)
    assert "3 of 5 occupations are paid otherwise; 1 of 5 occupations has another standing on the list." in shown
    assert "- of 5 occupations 2 are paid more, 1 less, 2 the same: Technologists, Fast food workers" in shown
    assert "- of 5 occupations 1 has another standing on the list, 4 the same" in shown
    assert ["Chiefs", "$150.00", "$0.00", "-$150.00"] in [line.split() for line in shown.splitlines()]


def test_nothing_set_nothing_moves(tmp_path: Path) -> None:
    found = simulate(tmp_path, "set:\n  wage_floor: $43,900\n", policy=OPEN_LIST)
    assert [one.moves for one in found.moves] == [()]
    assert "- all the same: payments and standings of 5 occupations" in article_text(simulation_article(found))


def test_a_sweep_alone_says_nothing_of_rows(tmp_path: Path) -> None:
    assert simulate(tmp_path, "sweep:\n  grant:\n    - $1\n    - $2\n", policy=OPEN_LIST).moves == ()


SWEEP = "sweep:\n  grant:\n    - $100\n    - $130\n  wage_floor:\n    - $43,900\n    - $45,000\n"


def test_each_point_beside_the_policy_as_it_is(tmp_path: Path) -> None:
    found = simulate(tmp_path, SWEEP + "who_moves: yes\n", policy=OPEN_LIST)
    assert [len(one.moves) for one in found.moves] == [0, 2, 3, 4]
    assert found.moves[3].values == (("grant", "$130"), ("wage_floor", "$45,000/year"))
    assert told(found.moves[2])[0] == (PAYMENT, "11-1011", 150, 180, 30)


def test_points_that_differ_in_one_parameter(tmp_path: Path) -> None:
    """At either grant chiefs lose it and $50 with the higher floor."""
    found = simulate(tmp_path, SWEEP + "who_moves: wage_floor\n", policy=OPEN_LIST)
    assert [one.values for one in found.moves] == [(("grant", "$100"),), (("grant", "$130"),)]
    assert {(one.beside, one.run) for one in found.moves} == {("wage_floor $43,900/year", "wage_floor $45,000/year")}
    assert [told(one)[0] for one in found.moves] == [
        (PAYMENT, "11-1011", 150, 0, -150),
        (PAYMENT, "11-1011", 180, 0, -180),
    ]
    shown = article_text(simulation_article(found))
    assert "Who moves from wage_floor $43,900/year to $45,000/year" in shown
    lines = [line.split() for line in shown.splitlines()]
    assert ["$100", "1", "1", "-$150"] in lines and ["$130", "1", "1", "-$180"] in lines
    assert ["Chiefs", "all", "2", "-$180.00", "to", "-$150.00"] in lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SWEEP + "who_moves: list_limit\n", ("X098", "list_limit")),
        ("set:\n  grant: $1\nwho_moves: yes\n", ("X098", "yes")),
        ("sweep:\n  grant:\n    - 1%\nwho_moves: grant\n", ("T015", "1%")),
        (
            f"sweep:\n  grant:\n    from: $1\n    to: ${MOST + 1}\n    step: $1\nwho_moves: yes\n",
            ("X099", "yes"),
        ),
    ],
)
def test_what_cannot_be_compared(text: str, expected: tuple[str, str], tmp_path: Path) -> None:
    simulate(tmp_path, "set:\n  grant: $1\n", policy=OPEN_LIST)
    assert said(tmp_path, text) == [expected]


def test_two_scenarios_ask_in_one_way(tmp_path: Path) -> None:
    simulate(tmp_path, "set:\n  grant: $1\n", policy=OPEN_LIST)
    assert said(tmp_path, SWEEP + "who_moves: grant\n", "set:\n  fund: $1\nwho_moves: yes\n") == [("X099", "yes")]


def read(*said: tuple[str, str, str, Fraction | None]) -> dict[str, Fraction | None]:
    """What a run says of schools, by kind, key and word."""
    return {Spot(kind, "school", key, "", kind, word).text: value for kind, key, word, value in said}


def test_another_rating_comes_first_and_then_the_largest_change() -> None:
    one, six, nine = Fraction(1), Fraction(6), Fraction(9)
    before = read(
        (INDEX, "a", "", one), (INDEX, "b", "", six), (INDEX, "c", "", nine), (INDEX, "d", "", None),
        (RATING, "a", "B", one), (RATING, "b", "B", one), (RATING, "c", "B", one), (RATING, "d", "pending", one),
        (RATING, "gone", "A", one),
    )  # fmt: skip
    after = read(
        (INDEX, "a", "", six), (INDEX, "b", "", one), (INDEX, "c", "", Fraction(8)), (INDEX, "d", "", one),
        (RATING, "a", "B", one), (RATING, "b", "B", one), (RATING, "c", "C", one), (RATING, "d", "F", one),
    )  # fmt: skip
    found = moved("one", "other", before, after)
    assert [(move.kind, move.key, move.change) for move in found.moves] == [
        (INDEX, "c", -1), (INDEX, "d", None), (INDEX, "a", 5), (INDEX, "b", -5),
        (RATING, "c", None), (RATING, "d", None), (RATING, "gone", None),
    ]  # fmt: skip
    assert found.moves[-1] == Move(RATING, "school", "gone", "", "rating", "A", "absent")


def test_claims_of_persons_and_payees_who_are_persons_are_not_named(tmp_path: Path) -> None:
    """The example pays districts for attainments of students: payments move, and no claim is named."""
    found = example(tmp_path, "set:\n  core_amount: $600\n")
    (by_set,) = found.moves
    assert {move.kind for move in by_set.moves} == {PAYMENT}
    assert {(one.kind, one.entity) for one in by_set.rows if one.kind in (PAYMENT, CLAIM)} == {(PAYMENT, "district")}
    paid = sum((move.change or Fraction(0) for move in by_set.moves), Fraction(0))
    assert found.baseline["paid"] is not None and found.scenario["paid"] == found.baseline["paid"] + paid


@pytest.mark.parametrize(
    ("policy", "claims"),
    [("in/cte-grant", set()), ("la/course-choice", set()), ("tx/ccmr-outcomes-bonus", {"district_group"})],
)
def test_claims_are_named_of_groups_alone(policy: str, claims: set[str]) -> None:
    """A row of the data may be a record of a student, such as one in a course of a provider."""
    _, made = next(iter(runs_of(ROOT / "policies" / f"{policy}.cases.yaml")))
    found = spots_of(measured_with_rows(made))
    assert {spot.entity for spot in found if spot.kind == CLAIM} == claims
    assert any(spot.kind == PAYMENT for spot in found)


def test_the_table_and_the_record(tmp_path: Path) -> None:
    api.write_simulation(simulate(tmp_path, "set:\n  grant: $120\n", policy=OPEN_LIST), tmp_path / "out")
    with (tmp_path / "out" / "moves.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["kind"], row["name"], row["before"], row["after"], row["change"]) for row in rows] == [
        ("payment", "Chiefs", "150", "170", "20"),
        ("payment", "Developers", "150", "170", "20"),
        ("payment", "Welders", "150", "170", "20"),
    ]


def example(folder: Path, text: str) -> Simulation:
    path = folder / "one.scenario.yaml"
    path.write_text(f"scenario: one\n{text}", encoding="utf-8")
    return api.simulate(
        ROOT / "policies" / "example" / "credentials-of-value.yaml", ROOT / "examples" / "state", [path]
    )

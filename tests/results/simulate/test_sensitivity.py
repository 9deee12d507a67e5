"""What moves a result: each value a step lower and higher is a run of its own; what moves nothing; cost against reach."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date as Date
from fractions import Fraction
from pathlib import Path

import pytest

from engine import api
from engine.results.cases.cases import runs_of
from engine.results.run import run_policy
from engine.results.simulate.checked_sensitivity import CheckedSensitivity
from engine.results.simulate.ground import Ground
from engine.results.simulate.journal import Journal, Reading
from engine.results.simulate.measure import measured
from engine.results.simulate.sensitivity.pairs import pairs_of
from engine.results.simulate.sensitivity.swing import moves_of, step_of
from engine.results.simulate.sensitivity.tornado import NOTHING, NUMBERS, ROWS, SCORES, Tornado, swing
from engine.results.simulate.sensitivity.tornado import tornado as sensitivity
from engine.results.simulate.trials import Trial, tried
from engine.text.diagnostic import Diagnostic, Diagnostics, Label
from engine.text.errors import PolicyError
from engine.text.source import NOWHERE
from engine.types.datatypes import DATE, ROUNDING_MODE, TEXT, TRUTH, Type, number
from engine.types.units import COUNT, POINTS, RATIO, USD, Unit
from engine.views.article import article_text
from engine.views.simulation_article import simulation_article
from tests.house.checkout import ROOT
from tests.results.simulate.test_simulation import GRANTS, simulate
from tests.small_state import POLICY, too_wide

ASKED = CheckedSensitivity(("listed",), Fraction(1, 10), Fraction(1, 20), 30, None, None)
YEARS = Type("duration", name="years")
YEAR = Unit("measure", (("year", 1),))

PARAMETERS = """\
  places:
    cite: law (a)
    values:
      2024-07-01:
        value: 2
        standing: assumed
        note: nobody says how many
  bonus:
    cite: law (a)
    unit: points
    values:
      2024-07-01: 5
  forgotten:
    cite: law (a)
    values:
      2024-07-01: 7
  later:
    cite: law (a)
    values:
      2030-07-01: 7
relations:"""
LEVERS = (
    POLICY.replace("  limit: 2\n", "  limit: places\n")
    .replace("relations:", PARAMETERS)
    .replace("    pay: statewide_market", "    score: bonus + 1\n    pay: statewide_market")
    .replace("      test: statewide_market.annual_median >= wage_floor", "      test: pay >= wage_floor")
)
"""The small state with a limit that is assumed, a score that decides nothing, and a parameter that nobody reads. Pays: at
least $239,200, $47,000, $43,900 (the floor), $39,510; one is not known.
"""


def tornado(folder: Path, text: str = "sensitivity:\n  step: 10%\n", policy: str = LEVERS) -> Tornado:
    found = simulate(folder, text, policy=policy).sensitivity
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("now", "type", "expected"),
    [
        (Fraction(1_250), number(USD, 6, 2), [("-", 1_125), ("+", 1_375)]),
        (Fraction("43900.55"), number(USD, 6, 2), [("-", Fraction("39510.49")), ("+", Fraction("48290.61"))]),
        (Fraction(0), number(USD, 6, 2), []),
        (Fraction(25), number(COUNT, 6, 0), [("-", 22), ("+", 28)]),
        (Fraction(4), number(COUNT, 6, 0), [("-", 3), ("+", 5)]),
        (Fraction(0), number(COUNT, 6, 0), [("+", 1)]),
        (Fraction("12.5"), number(POINTS, 6, 1), [("-", Fraction("11.2")), ("+", Fraction("13.8"))]),
        (Fraction("0.6"), number(RATIO, 3, 4), [("-", Fraction("0.55")), ("+", Fraction("0.65"))]),
        (Fraction("0.97"), number(RATIO, 3, 4), [("-", Fraction("0.92")), ("+", 1)]),
        (Fraction(1), number(RATIO, 3, 4), [("-", Fraction("0.95"))]),
        (Fraction("1.2"), number(RATIO, 3, 4), [("-", Fraction("1.15")), ("+", Fraction("1.25"))]),
        (Fraction("0.02"), number(RATIO, 3, 4), [("-", 0), ("+", Fraction("0.07"))]),
        (Fraction(2), YEARS, [("-", 1), ("+", 3)]),
        (True, TRUTH, [("other", False)]),
        (Date(2026, 7, 1), DATE, [("-", Date(2026, 6, 1)), ("+", Date(2026, 7, 31))]),
        (None, number(USD, 6, 2).maybe(), []),
        ("words", TEXT, []),
    ],
)  # fmt: skip
def test_what_is_tried_in_the_place_of_a_value(now: object, type: Type, expected: object, tmp_path: Path) -> None:
    simulate(tmp_path, "set:\n  wage_floor: $1\n")
    checked = api.load(tmp_path / "welding.yaml", Diagnostics())
    assert checked is not None
    found = moves_of(checked, "parameters.none_such", now, type, ASKED)  # type: ignore[arg-type]
    assert [(one.side, one.value) for one in found] == expected


def test_of_words_all_others_are_tried(tmp_path: Path) -> None:
    simulate(tmp_path, "set:\n  wage_floor: $1\n")
    checked = api.load(tmp_path / "welding.yaml", Diagnostics())
    assert checked is not None
    found = moves_of(checked, "parameters.none_such", "half_up", ROUNDING_MODE, ASKED)
    assert [one.value for one in found] == ["half_even", "up", "down", "floor", "ceiling"]


def test_a_calendar_year_is_moved_by_one() -> None:
    assert step_of(Fraction(2_028), number(YEAR, 6, 0), ASKED) == 1
    assert step_of(Fraction(40), number(YEAR, 6, 0), ASKED) == 4


def test_each_move_is_a_run_of_its_own(tmp_path: Path) -> None:
    """A floor of $39,510 lets a fourth qualify, and 2 places are filled as before; 1 place less lists one less."""
    found = tornado(tmp_path)
    assert [one.name for one in found.levers] == ["wage_floor", "places", "bonus"]
    assert found.ground["listed"] == 2
    for lever in found.levers:
        for one in lever.tried:
            alone = api.evaluate(
                tmp_path / "welding.yaml", tmp_path / "data", backend="reference",
                overrides={f"parameters.{lever.name}": one.move.value},
            )  # fmt: skip
            assert one.measures == measured(alone)
    floor, places, _ = found.levers
    assert [one.move.value for one in places.tried] == [1, 3]
    assert [one.measures["listed"] for one in places.tried if one.measures] == [1, 3]
    assert [one.move.value for one in floor.tried] == [39_510, 48_290]
    assert swing(places, "listed", found.ground) == 2


def test_what_is_assumed_stands_first(tmp_path: Path) -> None:
    """With 3 places, one more qualifies at the lower floor and one less at the higher: both move 2 rows."""
    found = tornado(tmp_path, "set:\n  places: 3\nsensitivity:\n  step: 10%\n")
    assert [(one.name, one.standing) for one in found.ordered("listed")] == [
        ("wage_floor", "proposed"),
        ("places", "set by the scenario"),
    ]
    enacted = LEVERS.replace("        standing: assumed\n        note: nobody says how many\n", "")
    assert enacted != LEVERS
    (tmp_path / "welding.yaml").write_text(enacted.replace("standing: proposed", "standing: assumed"), encoding="utf-8")
    found = tornado(tmp_path, "sensitivity:\n  step: 20%\n")
    assert [(one.name, one.standing, swing(one, "listed", found.ground)) for one in found.ordered("listed")] == [
        ("wage_floor", "assumed", Fraction(1)),
        ("places", "enacted", Fraction(2)),
    ]


def test_what_moves_nothing(tmp_path: Path) -> None:
    """A floor 1% higher is above the third, who was beyond the limit of two: a row moves, and no number. Where nobody is
    near the floor, nothing does.
    """
    found = tornado(tmp_path)
    assert {one.name: one.moves for one in found.levers} == {"wage_floor": NUMBERS, "places": NUMBERS, "bonus": SCORES}
    assert found.unread == ("forgotten", "later")
    assert found.apart == ()
    small = tornado(tmp_path, "sensitivity:\n  step: 1%\n  parameters:\n    - wage_floor\n")
    assert [(one.name, one.moves) for one in small.levers] == [("wage_floor", ROWS)]
    (tmp_path / "data" / "labor_markets.csv").write_text(
        "occupation,area,annual_median\n11-1011,US-XX,90000\n15-1252,US-XX,80000\n35-3023,US-XX,100\n", encoding="utf-8"
    )
    still = tornado(tmp_path, "sensitivity:\n  step: 1%\n  parameters:\n    - wage_floor\n")
    assert [(one.name, one.moves) for one in still.levers] == [("wage_floor", NOTHING)]


def test_rows_may_move_though_no_number_does(tmp_path: Path) -> None:
    """Who earns $47,000 is first while that is not above the turn; at $45,000 the next one takes the place."""
    ordered = (
        POLICY.replace("  rank_by: pay desc\n", "  rank_by: if pay > turn then $0/year else pay desc\n")
        .replace(
            "relations:",
            "  turn:\n    cite: law (a)\n    unit: USD/year\n    values:\n      2024-07-01: $50,000\nrelations:",
        )
        .replace("limit: 2", "limit: 1")
    )
    found = tornado(tmp_path, "sensitivity:\n  step: 10%\n  parameters:\n    - turn\n", policy=ordered)
    assert [(one.name, one.moves) for one in found.levers] == [("turn", ROWS)]


def test_members_are_moved_one_by_one() -> None:
    """Of the bonus by tier, the lowest is $0, of which there is no tenth; $25 and $50 are moved by $2.50 and $5."""
    _, made = next(iter(runs_of(ROOT / "policies" / "nc" / "teacher-bonus.cases.yaml")))
    asked = replace(
        ASKED, of=("paid",), paths=tuple(f"parameters.bonus.{one}" for one in ("lowest", "middle", "highest"))
    )
    found = sensitivity(Ground(made.checked, made.dataset, made.as_of), asked, Journal())
    assert [(one.name, [each.move.value for each in one.tried]) for one in found.levers] == [
        ("bonus.middle", [Fraction("22.5"), Fraction("27.5")]),
        ("bonus.highest", [45, 55]),
    ]
    assert [name for name, _, _ in found.still] == ["bonus.lowest"]
    for lever in found.levers:
        for one in lever.tried:
            cell = {f"parameters.{lever.name}": one.move.value}
            assert one.measures == measured(run_policy(made.checked, made.dataset, made.as_of, "reference", cell))


def test_a_scenario_of_money(tmp_path: Path) -> None:
    """Three pay the floor: $300 and $150 are owed, $450 of $1,000, and $150 is kept back for the one that is not known. A
    tenth more of the grant is $30 more.
    """
    text = "sensitivity:\n  step: 10%\n  of:\n    - paid\n    - unspent of fund\n"
    found = tornado(tmp_path, text, GRANTS.replace("ROUNDED", "rate"))
    assert found.asked.of == ("paid", "unspent of fund")
    by_name = {one.name: one for one in found.levers}
    (pair,) = pairs_of(by_name["grant"], found, "paid")
    assert [pair.low_result, found.ground["paid"], pair.high_result, pair.swing] == [420, 450, 480, 60]
    (pair,) = pairs_of(by_name["fund"], found, "unspent of fund")
    assert [pair.low_result, pair.high_result] == [300, 500]
    assert found.ordered("unspent of fund")[0].name == "wage_floor"


def test_the_usual_numbers_are_those_that_the_policy_has(tmp_path: Path) -> None:
    assert tornado(tmp_path).asked.of == ("listed",)
    (tmp_path / "welding.yaml").write_text(GRANTS.replace("ROUNDED", "rate"), encoding="utf-8")
    made = simulate(tmp_path, "sensitivity:\n  step: 10%\n")
    assert made.sensitivity is not None and made.sensitivity.asked.of == ("paid", "listed")
    page = " ".join(article_text(simulation_article(made), 80).split())
    assert "fund moves other numbers: unspent of fund." in page and "wage_floor (proposed)" in page


def test_a_value_that_does_not_fit_is_left_out_and_said(tmp_path: Path) -> None:
    """999,999 places have as many digits as the plan has; a tenth more has one digit more."""
    found = tornado(tmp_path, "set:\n  places: 999999\nsensitivity:\n  step: 10%\n", LEVERS)
    places = next(one for one in found.levers if one.name == "places")
    low, high = places.tried
    assert low.measures is not None and high.measures is None
    assert "at most 6 digits" in high.refused
    text = article_text(
        simulation_article(simulate(tmp_path, "set:\n  places: 999999\nsensitivity:\n  step: 10%\n")), 80
    )
    assert "places 1,099,999 is not counted" in " ".join(text.split())


def test_what_is_written(tmp_path: Path) -> None:
    text = "sensitivity:\n  step: 10%\nsweep:\n  places:\n    - 1\n    - 3\nfrontier:\n  cost: undetermined\n  reach: listed\n"
    found = simulate(tmp_path, text, policy=LEVERS)
    api.write_simulation(found, tmp_path / "out")
    table = (tmp_path / "out" / "sensitivity.csv").read_text("utf-8").splitlines()
    assert table[0] == (
        "number,parameter,standing,value,result,lower_value,lower_result,higher_value,higher_result,swing,moves"
    )
    assert table[1] == "listed,places,assumed,2,2,1,1,3,3,2,numbers"
    record = json.loads((tmp_path / "out" / "simulation.json").read_text("utf-8"))
    moved = {one["parameter"]: one for one in record["sensitivity"]["parameters"]}
    assert [one["measures"]["listed"] for one in moved["places"]["tried"]] == ["1", "3"]
    assert record["sensitivity"]["read_by_nothing"] == ["forgotten", "later"]
    assert [one["on_the_frontier"] for one in record["frontier"]["runs"]] == [True, False, False]
    assert (tmp_path / "out" / "frontier.csv").read_text("utf-8").splitlines()[1:] == [
        "tried,3,1,3,true,", "as it is,,1,2,false,", "tried,1,1,1,false,",
    ]  # fmt: skip
    page = article_text(simulation_article(found), 80)
    assert too_wide(page) == []
    assert "What moves listed" in page and "It moves what is computed of rows" in " ".join(page.split())
    assert "forgotten, later" in " ".join(page.split())


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["sensitivity:\n  step: 10%\n  of:\n    - payed\n"], ("X060", "payed")),
        (["sensitivity:\n  step: 10%\n  parameters:\n    - wage_flor\n"], ("X077", "wage_flor")),
        (["sensitivity:\n  step: 10%\n  parameters:\n    - wage_floor.one\n"], ("X077", "wage_floor.one")),
        (["sensitivity:\n  step: 10%\n", "sensitivity:\n  step: 20%\n"], ("X078", "step: 20%")),
        (["frontier:\n  cost: undetermined\n  reach: listed\n"], ("X079", "cost: undetermined\n  reach: listed")),
    ],
)
def test_what_does_not_fit_the_policy(texts: list[str], expected: tuple[str, str], tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as raised:
        simulate(tmp_path, *texts)
    assert [(one.code, one.span.text) for one in raised.value.diagnostics] == [expected]


def test_two_scenarios_that_ask_for_the_same_are_one(tmp_path: Path) -> None:
    same = "sensitivity:\n  step: 10%\n"
    assert simulate(tmp_path, same, same).sensitivity is not None


def test_a_run_that_fails_is_said_and_the_others_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All moves are run together; where one fails, halves are, until it is alone."""
    sizes = []

    def failing(ground: Ground, part: str, trials: list[Trial], *more: Journal, **how: object) -> list[Reading]:
        sizes.append(len(trials))
        if any(one.name == "places 3" for one in trials):
            raise PolicyError((Diagnostic("X999", "it fails", (Label(NOWHERE),)),))
        return tried(ground, part, trials, *more, **how)  # type: ignore[arg-type]

    monkeypatch.setattr("engine.results.simulate.sensitivity.tornado.tried", failing)
    found = tornado(tmp_path, "sensitivity:\n  step: 10%\n  parameters:\n    - places\n    - bonus\n")
    assert sizes == [5, 2, 3, 1, 2]
    places, bonus = found.levers
    assert [one.refused for one in places.tried] == ["", "it fails"]
    assert [one.refused for one in bonus.tried] == ["", ""]
    assert swing(places, "listed", found.ground) == 1


LATER = """\
from: 2030-07-01
add:
  rules:
    priority_list:
      list: occupation
      when: good_job
sensitivity:
  step: 10%
  of:
    - listed
find:
  two:
    parameter: wage_floor
    so_that: listed = 2
    from: $40,000
    to: $50,000
    step: $5,000
"""


def test_a_number_that_a_scenario_adds_on_a_later_day_is_not_known(tmp_path: Path) -> None:
    """In 2026 there is no list yet: nothing is found, and nothing moves it."""
    without = POLICY[: POLICY.index("priority_list:")] + POLICY[POLICY.index("lint:") :]
    made = simulate(tmp_path, LATER, policy=without)
    assert made.sensitivity is not None and made.baseline["listed"] is None
    assert made.sensitivity.ordered("listed") == []
    assert made.found[0].answer.plateaus == ()
    assert "listed not known" in " ".join(article_text(simulation_article(made), 80).split())
    api.write_simulation(made, tmp_path / "out")


def test_a_number_that_a_scenario_takes_away_is_none(tmp_path: Path) -> None:
    text = "remove:\n  rules:\n    - priority_list\nsensitivity:\n  step: 10%\n  of:\n    - listed\n"
    with pytest.raises(PolicyError) as raised:
        simulate(tmp_path, text, policy=LEVERS)
    assert [one.code for one in raised.value.diagnostics] == ["X060"]

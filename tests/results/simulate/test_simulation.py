"""Simulations: each point is a run of its own, scenarios go together or do not, and what is proved to move one way does."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction
from pathlib import Path

import pytest

from engine import api
from engine.results.outcome import outcome
from engine.results.simulate.checked_scenario import check_scenarios
from engine.results.simulate.measure import measured, measures_of
from engine.results.simulate.monotone import direction
from engine.results.simulate.read_scenario import read_scenario
from engine.results.simulate.search import HALVING
from engine.results.simulate.simulation import Simulation
from engine.text.diagnostic import Diagnostics
from engine.text.errors import PolicyError
from engine.views.simulation_article import simulation_article
from tests.house.checkout import ROOT
from tests.small_state import POLICY, write_state


def simulate(folder: Path, *texts: str, policy: str = POLICY, as_of: Date | None = None) -> Simulation:
    """The small state with scenarios written out."""
    if not (folder / "data").exists():
        write_state(folder, policy=policy)
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number}.scenario.yaml")
        paths[-1].write_text(f"scenario: s{number}\n{text}", encoding="utf-8")
    return api.simulate(folder / "welding.yaml", folder / "data", paths, as_of)


def said(folder: Path, *texts: str) -> list[tuple[str, str]]:
    with pytest.raises(PolicyError) as raised:
        simulate(folder, *texts)
    return [(one.code, one.span.text) for one in raised.value.diagnostics]


def test_what_is_not_in_force_yet_is_not_said_to_change_nothing(tmp_path: Path) -> None:
    """A floor from 2030 on in a run of 2026; with years until then it is in force in the last of them."""
    text = "from: 2030-01-01\nset:\n  wage_floor: $200,000\n"
    page = simulation_article(simulate(tmp_path, text, as_of=Date(2026, 11, 1)))
    assert page.lead == "`s0` holds from 2030-01-01 and the run is as of 2026-11-01: it is not in force yet."
    assert page.loud == (page.lead,)
    short, long = (
        simulation_article(simulate(tmp_path, f"{text}years:\n  ahead: {count}\n", as_of=Date(2026, 11, 1)))
        for count in (3, 4)
    )
    assert short.loud and "its last year 2029-11-01" in short.lead and not long.loud


def test_each_point_is_a_run_of_its_own(tmp_path: Path) -> None:
    """Four listed of floors up to $39,510 less the limit of 2; three pay $43,900, two more than $47,000 less a cent."""
    found = simulate(
        tmp_path,
        "sweep:\n  wage_floor: [39510, 43900, 47000, 239201]\n".replace("[", "\n    - $")
        .replace(", ", "\n    - $")
        .replace("]", ""),
    )
    assert [point.measures["listed"] for point in found.points] == [2, 2, 2, 0]
    assert [point.measures["undetermined"] for point in found.points][:1] == [found.baseline["undetermined"]]
    for point in found.points:
        (value,) = point.values
        alone = api.evaluate(
            tmp_path / "welding.yaml",
            tmp_path / "data",
            backend="reference",
            overrides={"parameters.wage_floor": value},
        )
        assert point.measures == measured(alone)
        rows = outcome(alone).table("priority_list").column_cells("status")
        assert point.measures["listed"] == sum(status == "listed" for (status,) in rows)


def test_a_grid_tries_each_with_each(tmp_path: Path) -> None:
    two = POLICY.replace("  limit: 2\n", "  limit: places\n").replace(
        "relations:", "  places:\n    cite: law (a)\n    values:\n      2024-07-01: 2\nrelations:"
    )
    found = simulate(
        tmp_path,
        "sweep:\n  places: [1, 3]\n  wage_floor:\n    from: $40,000\n    to: $45,000\n    step: $5,000\n",
        policy=two,
    )
    assert [point.values for point in found.points] == [(1, 40_000), (1, 45_000), (3, 40_000), (3, 45_000)]
    assert [point.measures["listed"] for point in found.points] == [1, 1, 3, 2]


def test_a_value_from_a_day_on_holds_from_there(tmp_path: Path) -> None:
    """As of June 2026 the floor of a scenario from July 2026 is not yet in force; as of November it is."""
    text = "from: 2026-07-01\nset:\n  wage_floor: $300,000\n"
    before = simulate(tmp_path, text, as_of=Date(2026, 6, 30))
    after = simulate(tmp_path, text, as_of=Date(2026, 11, 1))
    assert before.scenario == before.baseline
    assert (after.baseline["listed"], after.scenario["listed"]) == (Fraction(2), Fraction(0))


@pytest.mark.parametrize(
    ("value", "message", "help"),
    [
        ("1500", "`1500` does not fit", "write `$1,500`"),
        ("40%", "`40%` does not fit", "write an amount such as `$41,250`"),
        ("$20.555", "cannot be set to `$20.555`: it has at most 2 decimals", "round it to 2 decimals"),
        ("none", "cannot be set to nothing: it has a value at all times", "write a value: no limit"),
    ],
)
def test_a_value_that_does_not_fit_is_told_in_its_own_words(
    value: str, message: str, help: str, tmp_path: Path
) -> None:
    with pytest.raises(PolicyError) as raised:
        simulate(tmp_path, f"set:\n  wage_floor: {value}\n")
    (told,) = raised.value.diagnostics
    assert message in told.message and told.help[0].startswith(help) and "unit:" not in told.help[0]


def test_a_null_scenario_changes_nothing(tmp_path: Path) -> None:
    found = simulate(tmp_path, "set:\n  wage_floor: $43,900\n")
    assert found.scenario == found.baseline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("set:\n  wage_flor: $1\n", ("X018", "wage_flor")),
        ("set:\n  wage_floor: 40%\n", ("T015", "40%")),
        ("set:\n  wage_floor.one: $1\n", ("X018", "$1")),
        ("set:\n  wage_floor: $0.001\n", ("X018", "$0.001")),
        ("policy: xx/other\nset:\n  wage_floor: $1\n", ("X062", "xx/other")),
        (
            "sweep:\n  wage_floor:\n    from: $2\n    to: $1\n    step: $1\n",
            ("X063", "from: $2\n    to: $1\n    step: $1"),
        ),
        (
            "sweep:\n  wage_floor:\n    from: $1\n    to: $9\n    step: $0\n",
            ("X063", "from: $1\n    to: $9\n    step: $0"),
        ),
        (
            "sweep:\n  wage_floor:\n    from: $0\n    to: $999\n    step: $0.01\n",
            ("X064", "from: $0\n    to: $999\n    step: $0.01"),
        ),
        ("set:\n  wage_floor: $1\nsweep:\n  wage_floor:\n    - $2\n", ("X066", "wage_floor")),
        (
            "find:\n  a:\n    parameter: wage_floor\n    so_that: list = 1\n    from: $1\n    to: $2\n    step: $1\n",
            ("X060", "list = 1"),
        ),
        (
            "find:\n  a:\n    parameter: wage_floor\n    so_that: listed = $1\n    from: $1\n    to: $2\n    step: $1\n",
            ("X067", "listed = $1"),
        ),
    ],
)
def test_what_does_not_fit_the_policy(text: str, expected: tuple[str, str], tmp_path: Path) -> None:
    assert said(tmp_path, text) == [expected]


def test_ranges_are_of_numbers(tmp_path: Path) -> None:
    dated = POLICY.replace(
        "relations:", "  day:\n    type: date\n    cite: law (a)\n    values:\n      2024-07-01: 2026-01-01\nrelations:"
    )
    write_state(tmp_path, policy=dated)
    (told,) = said(tmp_path, "sweep:\n  day:\n    from: 2026-01-01\n    to: 2026-02-01\n    step: 1\n")
    assert told[0] == "X065"


def test_scenarios_are_put_together_or_conflict(tmp_path: Path) -> None:
    same = "set:\n  wage_floor: $45,000\n"
    assert len(simulate(tmp_path, same, same).asked.settings) == 1
    (told,) = said(tmp_path, same, "set:\n  wage_floor: $45,001\n")
    assert told == ("X061", "$45,001")
    (told,) = said(tmp_path, same, "from: 2026-07-01\n" + same)
    assert told[0] == "X061"
    (told,) = said(tmp_path, "sweep:\n  wage_floor:\n    - $1\n", "sweep:\n  wage_floor:\n    - $2\n")
    assert told == ("X066", "wage_floor")


def test_other_files_are_no_scenarios(tmp_path: Path) -> None:
    policy, data = write_state(tmp_path)
    with pytest.raises(PolicyError) as raised:
        api.simulate(policy, data, [policy])
    assert [one.code for one in raised.value.diagnostics] == ["Y080"]


def test_a_search_by_halving(tmp_path: Path) -> None:
    """Without a limit the floor alone says who is listed: four pay $39,510 and less is asked, three above that and up to
    $43,900, two up to $47,000.
    """
    open_list = POLICY.replace("  limit: 2\n", "")
    text = "find:\n  two:\n    parameter: wage_floor\n    so_that: listed = {}\n    from: $30,000\n    to: $60,000\n    step: $10\n"
    (found,) = simulate(tmp_path, text.format(2), policy=open_list).found
    assert found.answer.method == HALVING and len(found.answer.gaps) < 30
    assert [(one.first, one.last) for one in found.answer.plateaus] == [(Fraction(43_910), Fraction(47_000))]
    (none,) = simulate(tmp_path, text.format(7)).found
    assert none.answer.plateaus == () and none.answer.nearest[0] == 30_000
    assert {run["listed"] for _, run in none.measures} == {4}


def test_what_is_proved(tmp_path: Path) -> None:
    policy, _ = write_state(tmp_path)
    limited = api.load(policy, Diagnostics())
    assert limited is not None and direction(limited, "parameters.wage_floor", "listed") == 0
    policy.write_text(POLICY.replace("  limit: 2\n", ""), encoding="utf-8")
    plain = api.load(policy, Diagnostics())
    assert plain is not None and direction(plain, "parameters.wage_floor", "listed") == -1
    assert direction(plain, "parameters.wage_floor", "undetermined") == 0


LINES = """
appropriations:
  fund:
    title: Money for grants
    cite: law (c)
    pay_in_order:
      - first_grant: prorate
      - second_grant: prorate
    amounts:
      2024-07-01: $1,000
funding:
  first_grant:
    cite: law (c)
    claim: occupation
    when: good_job
    amount: grant
    pay: occupation
    draws_on: fund
    round:
      what: ROUNDED
      to: cent
  second_grant:
    cite: law (c)
    claim: occupation
    when: good_job
    amount: $50
    pay: occupation
    draws_on: fund
    round:
      what: rate
      to: cent
"""
GRANTS = POLICY.replace(
    "relations:", "  grant:\n    cite: law (c)\n    unit: USD\n    values:\n      2024-07-01: $100\nrelations:"
).replace("lint:\n", LINES.removeprefix("\n") + "lint:\n")
HANDED_OUT = "payment\n      remainder: largest_remainder"


@pytest.mark.parametrize(
    ("rounded", "proved"),
    [
        ("rate", {"factor of first_grant", "factor of second_grant", "least factor", "paid", "paid by first_grant",
                  "paid by second_grant"}),
        ("payment\n      remainder: unspent", {"factor of first_grant", "factor of second_grant", "least factor",
                                              "paid by second_grant"}),
        (HANDED_OUT, {"factor of first_grant"}),
    ],
)  # fmt: skip
def test_what_is_proved_of_money(rounded: str, proved: set[str], tmp_path: Path) -> None:
    """Coins that are handed out pass by one line and another way; those that stay leave nothing to a later line."""
    policy, _ = write_state(tmp_path, policy=GRANTS.replace("ROUNDED", rounded))
    found = Diagnostics()
    checked = api.load(policy, found)
    assert checked is not None and not found.has_errors, [one.message for one in found.sorted()]
    names = measures_of(checked)
    assert {name for name in names if direction(checked, "parameters.fund", name)} == proved
    assert {name for name in names if direction(checked, "parameters.grant", name)} == {"owed", "owed by first_grant"}


def test_halving_says_of_money_what_every_value_does(tmp_path: Path) -> None:
    """Of three that pay enough, one undetermined: each looks at factors as the money goes from nothing to all."""
    text = "find:\n  full:\n    parameter: fund\n    so_that: {}\n    from: $0\n    to: $700\n    step: $7\n"
    asked = ("factor of second_grant = 1", "least factor >= 50%", "paid <= $333", "paid by first_grant = $150")
    texts = [text.format(target).replace("full", f"number_{number}") for number, target in enumerate(asked)]
    made = simulate(tmp_path, *texts, policy=GRANTS.replace("ROUNDED", "rate"))
    assert [one.answer.method for one in made.found] == [HALVING] * 4
    sweep = simulate(tmp_path, "sweep:\n  fund:\n    from: $0\n    to: $700\n    step: $7\n")
    for one in made.found:
        met = [point.values[0] for point in sweep.points if one.search.goal.is_met(one.search.goal.gap(point.measures))]
        known = [(each.first, each.last) for each in one.answer.plateaus]
        assert known == ([(met[0], met[-1])] if met else [])


@pytest.mark.parametrize("path", sorted((ROOT / "examples" / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_scenarios_that_we_ship_fit_their_policies(path: Path) -> None:
    found = Diagnostics()
    read = read_scenario(path, found)
    assert read is not None and read.policy is not None
    checked = api.load(ROOT / "policies" / f"{read.policy.text}.yaml", found)
    assert checked is not None and check_scenarios(checked, [read], found) is not None and not found.has_errors

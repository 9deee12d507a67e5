"""Equity of a run and of a scenario, worked by hand: three_schools.py says who is who."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import api
from engine.results.equity.equity import FEWEST, Equity, equity, equity_table, gap, masked
from engine.results.run import Run
from engine.results.simulate.simulation import Simulation
from engine.results.table import Cell
from engine.views.article import article_text
from engine.views.simulation_article import simulation_article
from tests.results.equity.three_schools import POLICY, three_schools

LOW, HIGH = "mid-low (over 25% to 50%)", "mid-high (over 50% to 75%)"


@pytest.fixture(name="run", scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return api.evaluate(written(tmp_path_factory.mktemp("policy")), three_schools(), equity=True)


def written(folder: Path) -> Path:
    """The policy as a file."""
    path = folder / "policy.yaml"
    path.write_text(POLICY, "utf-8")
    return path


def told(run: Run) -> dict[tuple[str, str], Equity]:
    return {(one.by, one.group): one for one in equity(run)}


def numbers(one: Equity) -> tuple[object, ...]:
    return one.students, one.access, one.attained, one.credited, one.dollars


def test_all_students(run: Run) -> None:
    """42 of A and 35 of B are paid $100; five more earned by their own word. Nobody of C is credited."""
    one = told(run)["", "all students"]
    assert numbers(one) == (180, 120, 82, 77, 7_700)
    assert one.dollars_per_student == Fraction(7_700, 180)


@pytest.mark.parametrize(
    ("by", "group", "expected"),
    [
        ("economically disadvantaged", "yes", (100, 60, 50, 50, 5_000)),
        ("economically disadvantaged", "no", (80, 60, 32, 27, 2_700)),
        ("locale", "city", (60, 60, 42, 42, 4_200)),
        ("locale", "rural", (120, 60, 40, 35, 3_500)),
        ("region", "North", (60, 60, 42, 42, 4_200)),
        ("region", "South", (120, 60, 40, 35, 3_500)),
        ("poverty", LOW, (120, 120, 82, 77, 7_700)),
        ("poverty", HIGH, (60, 0, 0, 0, 0)),
    ],
)
def test_groups(run: Run, by: str, group: str, expected: tuple[int, ...]) -> None:
    assert numbers(told(run)[by, group]) == expected


def test_gaps_are_to_all_others(run: Run) -> None:
    """50 of 100 against 27 of 80, and 42 of 60 against 35 of 120."""
    found = equity(run)
    by_name = {(one.by, one.group): one for one in found}
    assert gap(by_name["economically disadvantaged", "yes"], found, "credited") == Fraction(1, 2) - Fraction(27, 80)
    assert gap(by_name["economically disadvantaged", "no"], found, "credited") == Fraction(27, 80) - Fraction(1, 2)
    assert gap(by_name["locale", "city"], found, "credited") == Fraction(42, 60) - Fraction(35, 120)
    assert gap(by_name["", "all students"], found, "credited") is None


def test_nothing_tells_of_few_students(run: Run) -> None:
    """Five English learners are hidden, and with them all others, from whom they could be told. Of race X there are
    five: Y, the next smallest, is hidden too. Five in special education are credited: the group is told, its counts
    are not, nor those of the others, from which they could be told.
    """
    found = told(run)
    assert found["english learner", "yes"].hidden and found["english learner", "no"].hidden
    assert [found["race ethnicity", one].hidden for one in "XYZ"] == [True, True, False]
    assert numbers(found["race ethnicity", "Z"])[:2] == (160, 100)
    for group, students in (("yes", 25), ("no", 155)):
        assert numbers(found["special education", group]) == (students, None, None, None, None)


def group(name: str, students: int, credited: int) -> Equity:
    return Equity("race", name, students, students, students, credited, 0, Fraction(100 * credited))


def test_two_small_counts_are_not_told_by_what_is_left() -> None:
    """Of a and b together 2 are credited: c, from which that could be told, is not told either."""
    found = masked([group("a", 50, 1), group("b", 50, 1), group("c", 400, 200)])
    assert [one.credited for one in found] == [None, None, None]
    assert [one.students for one in found] == [50, 50, 400]


def test_what_hidden_groups_come_to_together_is_not_told() -> None:
    """Of 20 hidden students 4 are credited."""
    found = masked([group("a", 9, 3), group("b", 9, 1), group("d", 2, 0), group("c", 400, 200)])
    assert [one.hidden for one in found] == [True, True, True, False]
    assert found[3].credited is None and found[3].attained == 400


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=6))
def test_nothing_is_left_that_tells_of_few(counts: list[tuple[int, int]]) -> None:
    """Whoever knows all students and what is shown finds nothing about one to nine of them, or all is hidden."""
    groups = [group(str(number), max(pair), min(pair)) for number, pair in enumerate(counts)]
    found = masked(groups)
    hidden = [one for one, told in zip(groups, found, strict=True) if told.credited is None]
    if 0 < len(hidden) < len(groups):
        assert len(hidden) >= 2
        credited, students = (sum(getattr(one, what) or 0 for one in hidden) for what in ("credited", "students"))
        assert not 0 < credited < FEWEST and not 0 < students - credited < FEWEST
    for told in found:
        assert told.credited is None or told.credited == 0 or told.credited >= FEWEST


def test_what_does_not_set_students_apart_is_left_out(run: Run) -> None:
    assert "sex" not in {one.by for one in equity(run)}


def test_the_order_of_rows_changes_nothing(run: Run, tmp_path: Path) -> None:
    given = [row["student_id"] for row in three_schools().tables["student"]]
    again = api.evaluate(written(tmp_path), three_schools(given[::-1]), equity=True)
    assert equity_table(again) == equity_table(run)


def test_without_schools_nothing_is_said_of_access(tmp_path: Path) -> None:
    data = three_schools()
    for row in data.tables["student"]:
        del row["accountable_school"]
    found = told(api.evaluate(written(tmp_path), data, equity=True))
    assert numbers(found["", "all students"]) == (180, None, 82, 77, 7_700)
    assert {by for by, _ in found}.isdisjoint({"region", "locale", "poverty"})
    assert found["economically disadvantaged", "yes"].dollars == 5_000


def test_without_being_asked_there_is_no_table(tmp_path: Path) -> None:
    result = api.outcome(api.evaluate(written(tmp_path), three_schools()))
    assert not result.has("equity")


def test_a_recorded_run_with_equity_is_made_again(run: Run, tmp_path: Path) -> None:
    result = api.outcome(run, equity=True)
    assert result.has("equity")
    api.write(result, tmp_path / "run")
    report = api.verify(tmp_path / "run", written(tmp_path), three_schools())  # type: ignore[arg-type]
    assert [one.code for one in report.diagnostics] == []


def simulated(folder: Path, text: str) -> Simulation:
    (folder / "more.scenario.yaml").write_text(f"scenario: more\n{text}equity: yes\n", "utf-8")
    return api.simulate(written(folder), three_schools(), [folder / "more.scenario.yaml"])


def test_a_scenario_tells_dollars_of_each_group(tmp_path: Path) -> None:
    """$120 each is $9,240, within the pot: a fifth more for every group."""
    found = simulated(tmp_path, "set:\n  amount_each: $120\n")
    assert found.equity is not None
    pairs = {(one.by, one.group): (one, two) for one, two in found.equity.pairs() if one and two}
    before, after = pairs["economically disadvantaged", "yes"]
    assert [one.dollars for one in (before, after)] == [5_000, 6_000]
    assert [one.dollars_per_student for one in (before, after)] == [50, 60]
    shown = article_text(simulation_article(found), 80)
    assert "economically disadvantaged: yes" in shown and "$50.00" in shown and "+$10.00" in shown


def test_a_scenario_that_changes_nothing_changes_nothing_for_any_group(tmp_path: Path) -> None:
    found = simulated(tmp_path, "")
    assert found.equity is not None and found.equity.before == found.equity.after


def cells(found: Simulation, folder: Path) -> list[Cell]:
    api.write_simulation(found, folder / "out")
    return list((folder / "out" / "equity.csv").read_text("utf-8").splitlines())


def test_the_table_has_both_sides(tmp_path: Path) -> None:
    """Shares to nine decimals: 42 of 60 is 0.7."""
    lines = cells(simulated(tmp_path, "set:\n  amount_each: $120\n"), tmp_path)
    city = next(str(line) for line in lines if str(line).startswith("locale,city"))
    assert (
        city
        == "locale,city,60,1,1,0.5,0.5,0.7,0.7,0.366666666,0.366666666,0.7,0.7,0.408333333,0.408333333,4200,5040,70,84,false"
    )

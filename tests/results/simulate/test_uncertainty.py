"""Many draws of a small state: chances worked by hand, the same bytes whatever the order, and nothing from nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from engine import api
from engine.execution import on_duckdb, rerun
from engine.execution.dataset import dataset_from_rows
from engine.model.standard import STANDARD
from engine.results.cases.cases import runs_of
from engine.results.dollars import dollars
from engine.results.simulate.ground import Ground
from engine.results.simulate.journal import Journal
from engine.results.simulate.uncertainty import deck as decks
from engine.results.simulate.uncertainty.drawn import CheckedUncertainty, DrawnColumn
from engine.results.simulate.uncertainty.interval import Chance
from engine.results.simulate.uncertainty.reading import read_draw
from engine.results.simulate.uncertainty.uncertain import chances, uncertain
from engine.views.article import Article, article_text
from engine.views.simulation_article import simulation_article
from engine.views.simulation_uncertainty import _list_words
from tests.house.checkout import ROOT
from tests.results.simulate.test_draws import by_hand
from tests.results.simulate.unsure_state import (
    BY_MEANS,
    HEAD,
    KNOWN,
    MARKETS,
    PAID,
    SUPPRESSED,
    recorded,
    simulated,
    told,
)
from tests.small_state import DATASET


def test_a_chance_worked_by_hand(tmp_path: Path) -> None:
    """Of the ten cents from $43,899.93 to $43,900.02 three are enough for $43,900. Which draws these are is counted by
    the hash that docs/simulate.md describes, here written anew.
    """
    found = simulated(tmp_path, "HEAD\n" + SUPPRESSED, draws=40).uncertain
    assert found is not None
    texts = ["column", "labor_market", "annual_median", "29-2099", "US-XX"]
    drawn = [by_hand(5, texts, draw) * 10 // 2**64 for draw in range(40)]
    times = sum(one >= 7 for one in drawn)
    assert 0 < times < 40
    one = found.baseline.listed("29-2099")
    assert (one.times, one.draws, one.open) == (times, 40, 0)
    assert chances(found) == {
        "11-1011": (Fraction(1), "listed"),
        "15-1252": (Fraction(1), "listed"),
        "29-2099": (Fraction(times, 40), "undetermined"),
        "51-4121": (Fraction(1), "listed"),
    }
    listed = sorted(Fraction(3 + (one >= 7)) for one in drawn)
    spread = found.baseline.interval("listed")
    assert spread.mean == Fraction(round(sum(listed) * 10**12 / 40), 10**12)
    assert (spread.low, spread.middle, spread.high) == (listed[1], listed[19], listed[37])


def test_normal_draws_by_a_column_of_errors(tmp_path: Path) -> None:
    """Chiefs earn exactly the floor: with 1.5% of error they are listed in the draws above the middle. 39,510 has no
    error in the data and stays; welders at 47,000 with 2.5% fall below 43,900 beyond 2.6 deviations only.
    """
    made = simulated(tmp_path, "HEAD\n" + BY_MEANS, draws=20)
    found = made.uncertain
    assert found is not None
    ups = sum(
        by_hand(5, ["column", "labor_market", "annual_median", "11-1011", "US-XX"], draw) >= 2**63 for draw in range(20)
    )
    assert found.baseline.listed("11-1011").times == ups
    (column,) = found.drawn
    assert dict(column.cells) == {"value": 2}
    assert dict(column.stay) == {decks.NO_ERROR: 1, decks.NO_END: 1, decks.NOT_GIVEN: 1}
    text = next(one for one in simulation_article(made).sections if one.title == "What is drawn").bullets[0]
    assert "1 bound and 1 cell without a value and 1 value of which no error is known stay as they are" in text


def test_what_is_between_bounds(tmp_path: Path) -> None:
    """At least 239,200 and at most 239,201: of 101 values of a cent the upper half passes 239,200.50."""
    text = "set:\n  wage_floor: $239,200.50\nHEAD\n  columns:\n    labor_market.annual_median:\n      where_bounded:\n        to: $239,201\n"
    found = simulated(tmp_path, text, draws=20).uncertain
    assert found is not None and found.scenario is not None
    texts = ["column", "labor_market", "annual_median", "15-1252", "US-XX"]
    assert found.scenario.listed("15-1252").times == sum(
        by_hand(5, texts, draw) * 101 >> 64 >= 50 for draw in range(20)
    )
    assert found.baseline.listed("15-1252").times == 20
    assert told(tmp_path, text.replace("239,201", "239,199")) == ["X082"]


def test_what_the_data_declare(tmp_path: Path) -> None:
    """An error in dataset.yaml is drawn without being named in a scenario, and a scenario may take it away."""
    declared = DATASET.replace(
        "    file: labor_markets.csv\n",
        "    file: labor_markets.csv\n    columns:\n      annual_median:\n        from: annual_median\n        error: {}\n",
    )
    whole = simulated(tmp_path / "one", "HEAD\n", dataset=declared.format("2.5%")).uncertain
    assert whole is not None
    assert [(one.column.name, one.column.declared, dict(one.cells)) for one in whole.drawn] == [
        ("labor_market.annual_median", True, {"value": 3})
    ]
    by_column = simulated(tmp_path / "two", "HEAD\n", dataset=declared.format("mean_wage_error")).uncertain
    assert by_column is not None and dict(by_column.drawn[0].cells) == {"value": 2}
    exact = "HEAD\n  columns:\n    labor_market.annual_median: exact\n"
    assert told(tmp_path / "one", exact) == ["X085"]


def test_the_model_declares_the_errors_that_are_published() -> None:
    """Employment of 1,000 with 10%: the draws are about it, whole, and of each row."""
    tables = {"labor_market": STANDARD["labor_market"]}
    column = STANDARD["labor_market"].column("employment")
    assert column is not None and column.error == "employment_error"
    rows = [
        {"occupation": "1", "area": "US-XX", "employment": "1000", "employment_error": "10"},
        {"occupation": "2", "area": "US-XX", "employment": "1000", "employment_error": "0"},
        {"occupation": "3", "area": "US-XX", "employment": "1000"},
    ]
    with pytest.raises(ValueError, match="D0"):
        dataset_from_rows(tables, {"labor_market": [{**rows[0], "employment_error": "-1"}]})
    frame = dataset_from_rows(tables, {"labor_market": rows}).tables["labor_market"]
    made = decks.DrawnCells(DrawnColumn("labor_market", column, error="employment_error"), frame, 1)
    assert [one.key for one in made.cells] == [("1", "US-XX")] and dict(made.stay) == {decks.NO_ERROR: 2}
    drawn = [made.data(draw).values.to_pylist() for draw in range(50)]
    assert all(row[1:] == [1000, 1000] for row in drawn)
    assert len({row[0] for row in drawn}) > 30 and abs(sum(row[0] for row in drawn) - 50_000) < 4 * 100 * 50**0.5


def test_a_null_reform_changes_nothing_in_any_draw(tmp_path: Path) -> None:
    text = f"set:\n  wage_floor: $43,900\nHEAD\n{BY_MEANS}  parameters:\n    grant:\n      from: $90\n      to: $160\n"
    found = simulated(tmp_path, text, policy=PAID).uncertain
    assert found is not None and found.scenario is not None
    assert found.baseline.draws == found.scenario.draws
    assert len({str(one) for one in found.baseline.draws}) > 10  # and they do differ from each other
    for name in found.baseline.published:
        assert all(one in (0, None) for one in found.change(name)), name
    assert all(one == 0 for one in found.change("paid"))


def test_money_that_is_missing(tmp_path: Path) -> None:
    """Three are paid (chiefs, developers, welders) out of $300. Grants of $90 to $160: above $100 the money is short by
    three times what is above. The payments of each are the same, and never more than $100.
    """
    found = simulated(
        tmp_path,
        "HEAD\n  parameters:\n    grant:\n      from: $90\n      to: $160\n",
        policy=PAID,
        draws=20,
        labor_markets=KNOWN,
    )
    side = found.uncertain.baseline if found.uncertain else None
    assert side is not None
    grants = [
        Fraction(9000 + (by_hand(5, ["parameter", "parameters.grant"], draw) * 7001 >> 64), 100) for draw in range(20)
    ]
    assert any(one > 100 for one in grants) and any(one < 100 for one in grants)
    above = [3 * (one - 100) for one in grants if one > 100]
    assert (side.short("fund").times, side.short("fund").draws) == (len(above), 20)
    assert side.mean_short("fund") == sum(above) / len(above)
    assert side.values("owed") == [3 * one for one in grants]
    paid = side.values("payment: occupation 51-4121")
    assert paid == side.values("payment: occupation 11-1011") and max(one for one in paid if one) == 100
    assert [one for one in paid if one != 100] == [one for one in grants if one < 100]


def test_the_order_of_rows_and_the_seed(tmp_path: Path) -> None:
    text = f"HEAD\n{BY_MEANS}      where_missing:\n        from: $30,000\n        to: $60,000\n"
    lines = MARKETS.splitlines(keepends=True)
    body = lines[1:]
    random.Random(3).shuffle(body)
    first = recorded(simulated(tmp_path / "one", text), tmp_path / "a")
    other = recorded(simulated(tmp_path / "two", text, labor_markets="".join([lines[0], *body])), tmp_path / "b")
    assert body != lines[1:] and first["uncertainty"] == other["uncertainty"]
    for name in ("uncertainty.csv", "chances.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    seed = recorded(
        simulated(tmp_path / "one", text.replace("HEAD\n", HEAD.format(draws=12).replace("5", "8"))), tmp_path / "c"
    )
    assert seed["uncertainty"]["chances"] != first["uncertainty"]["chances"]
    assert seed["uncertainty"]["hash_of_what_is_drawn"] != first["uncertainty"]["hash_of_what_is_drawn"]


@pytest.mark.parametrize(("together", "threads"), [(1, 1), (5, 2)])
def test_the_bytes_do_not_hang_on_threads_and_chunks(
    together: int, threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"set:\n  wage_floor: $44,500\nHEAD\n{BY_MEANS}  parameters:\n    grant:\n      from: $90\n      to: $160\n"
    api.write_simulation(simulated(tmp_path, text, draws=7, policy=PAID), tmp_path / "as-it-is")
    made = on_duckdb._DuckDB

    def with_threads(_: int) -> Any:
        return made(threads)

    monkeypatch.setattr(on_duckdb, "_DuckDB", with_threads)
    monkeypatch.setattr(rerun, "MOST", together)
    api.write_simulation(simulated(tmp_path, text, draws=7, policy=PAID), tmp_path / "otherwise")
    files = {path.name: path.read_bytes() for path in (tmp_path / "as-it-is").iterdir()}
    assert len(files) > 4
    assert {path.name: path.read_bytes() for path in (tmp_path / "otherwise").iterdir()} == files


def test_finished_draws_are_not_run_again(tmp_path: Path) -> None:
    """A journal that holds all draws gives the same without a run, names and all."""
    found = simulated(tmp_path, f"HEAD\n{BY_MEANS}", policy=PAID)
    assert found.uncertain is not None
    book, ground = Journal(), Ground(found.checked, found.dataset, found.as_of)
    first = uncertain(ground, ground, found.uncertain.asked, book)
    runs = book.count
    assert runs == 13 and first == uncertain(ground, ground, found.uncertain.asked, book) == found.uncertain
    assert book.count == runs and first.names["payment: occupation 51-4121"] == "Welders"


def test_names_hang_on_no_journal(tmp_path: Path) -> None:
    """Truckers are in the data of the scenario alone. Stopped after the draws of the policy as it is, and after some of
    the others, all are called what they are called in one go.
    """
    text = f"""add:
  occupations:
    - code: 53-3032
      title: Truckers
  labor_markets:
    - occupation: 53-3032
      area: US-XX
      annual_median: 50000
HEAD
{BY_MEANS}"""
    found = simulated(tmp_path, text, policy=PAID, draws=4)
    assert found.uncertain is not None and found.uncertain.scenario is not None
    names = found.uncertain.names
    assert names["listed: 53-3032"] == names["payment: occupation 53-3032"] == "Truckers"
    assert names["listed: 51-4121"] == "Welders"
    book, asked = Journal(), found.uncertain.asked
    plain = Ground(found.checked, found.dataset, found.as_of)
    ground = found.grounds.changed
    uncertain(plain, ground, asked, book)
    for finished in (5, 6, 8, 10):
        resumed = Journal()
        for part, name in [*book._kept][:finished]:
            resumed.keep(part, name, book._kept[part, name])
        assert uncertain(plain, ground, asked, resumed) == found.uncertain


def test_a_draw_hangs_on_no_other(tmp_path: Path) -> None:
    """More draws, and other columns and parameters beside, leave the first ones as they are."""
    few = simulated(tmp_path / "one", "HEAD\n" + BY_MEANS, draws=9, policy=PAID).uncertain
    many = simulated(tmp_path / "two", f"HEAD\n{BY_MEANS}  parameters:\n    grant:\n      from: $100\n      to: $101\n",
                     draws=17, policy=PAID).uncertain  # fmt: skip
    assert few is not None and many is not None
    for name in ("listed", "undetermined", "listed: 11-1011"):
        assert few.baseline.values(name) == many.baseline.values(name)[:9]


def test_rules_that_a_scenario_adds_are_drawn_with_them(tmp_path: Path) -> None:
    """A floor that the scenario adds is drawn on its ground alone; wages are drawn on both, and alike."""
    text = f"""add:
  rules:
    parameters:
      higher_floor:
        unit: USD/year
        cite: law (a)
        values:
          2024-07-01: $46,000
set:
  criteria.occupation.good_job: statewide_market.annual_median >= higher_floor
HEAD
{BY_MEANS}  parameters:
    higher_floor:
      from: $44,500
      to: $45,000
"""
    found = simulated(tmp_path, text).uncertain
    assert found is not None and found.scenario is not None
    assert found.baseline.draws != found.scenario.draws
    assert found.baseline.listed("15-1252") == found.scenario.listed("15-1252")
    assert found.baseline.listed("11-1011").times > found.scenario.listed("11-1011").times
    assert all(change is not None and change <= 0 for change in found.change("listed"))
    alone = simulated(tmp_path, "HEAD\n" + BY_MEANS).uncertain
    assert alone is not None and alone.baseline == found.baseline


def test_what_is_said(tmp_path: Path) -> None:
    text = f"set:\n  wage_floor: $44,500\nHEAD\n{BY_MEANS}  parameters:\n    grant:\n      from: $90\n      to: $160\n"
    found = simulated(tmp_path, text, policy=PAID)
    page = article_text(simulation_article(found))
    for part in ("What is drawn", "How sure the numbers are", "draw by draw", "Whether the money is enough",
                 "The chance to be listed", "How sure payments are", "independent", "no error of medians"):  # fmt: skip
        assert part in page, part
    assert found.uncertain is not None and found.uncertain.scenario is not None
    (was, paid), pot = ([side.interval("paid") for _, side in found.uncertain.sides], "fund")
    ends = [f"from {dollars(one.low)} to {dollars(one.high)}" for one in (was, paid) if one.low and one.high]
    lead, short = simulation_article(found).lead, [side.short(pot).times for _, side in found.uncertain.sides]
    assert f"With what is set, paid is {ends[1]} in at least nine of ten of them; as it is, {ends[0]}." in lead
    assert short[0] and f"With what is set, what is owed exceeds {pot} in " in lead and "; as it is, in " in lead
    (moves,) = (one for one in simulation_article(found).sections if one.title == "What is set, draw by draw")
    cells = {row[0]: row[1:5] for grid in moves.grids for row in grid.rows}
    assert cells["factor of first_grant"][-1].startswith("+") and cells["factor of first_grant"][-1].endswith(" points")
    record = recorded(found, tmp_path / "out")
    written = {path.name for path in (tmp_path / "out").glob("*.csv")}
    assert {"chances.csv", "payment_intervals.csv", "uncertainty.csv"} <= written
    assert record["uncertainty"]["draws"] == 12 and record["uncertainty"]["seed"] == 5
    assert [one["parameter"] for one in record["uncertainty"]["parameters"]] == ["grant"]
    charts = {chart.name for section in simulation_article(found).sections for chart in section.charts}
    assert {"chances", "payment-intervals", "uncertainty-money"} <= charts


def test_a_row_that_is_never_known_to_be_off_the_list_is_not_said_to_leave_it() -> None:
    """On in 3 of 5 draws and off in 2 is one; on in 3 and not known in 2 is none, and is said to be not known."""
    moving, half, sure = Chance(3, 5), Chance(3, 5, 2), Chance(5, 5)
    assert _list_words([moving, sure]) == "1 row is on the list in some draws and not in others"
    assert _list_words([sure]) == "the list is the same in all of them"
    said = "on the list in some draws and surely not in others, and of 1 row it is not known in at least one"
    assert _list_words([moving, half]) == f"1 row is {said}"
    assert _list_words([half, sure]) == f"no row is {said}"


@pytest.mark.long
def test_the_example_says_what_docs_show() -> None:
    found = api.simulate(
        ROOT / "policies" / "example" / "credentials-of-value.yaml",
        ROOT / "examples" / "state",
        [ROOT / "examples" / "scenarios" / "how-sure.scenario.yaml"],
    )
    docs = (ROOT / "docs" / "simulate.md").read_text("utf-8")
    shown = {one.title: one for one in simulation_article(found).sections}
    for title in ("How sure the numbers are", "Whether the money is enough", "The chance to be listed"):
        text = article_text(Article("", "", sections=(shown[title],)), 80)
        assert text.strip() in docs.partition("## How sure")[2].partition("## Years ahead")[0]


def policies() -> Mapping[str, Path]:
    return {path.stem.split(".")[0]: path for path in (ROOT / "policies").rglob("*.cases.yaml")}


@pytest.mark.parametrize("name", ["teacher-bonus", "workforce-pell", "cte-grant", "cape-funding"])
def test_persons_are_in_no_reading(name: str) -> None:
    """Policies with and without funding, a list and ratings can be read; of persons who are paid there is nothing."""
    _, made = next(iter(runs_of(policies()[name])))
    payees = {one.split()[1] for one in read_draw(made) if one.startswith("payment: ")}
    assert not {one for one in payees if made.checked.tables[one].personal_key}


def test_the_ground_needs_no_uncertainty(tmp_path: Path) -> None:
    found = simulated(tmp_path, "set:\n  wage_floor: $44,500\n")
    assert found.uncertain is None
    assert recorded(found, tmp_path / "out")["uncertainty"] is None
    assert CheckedUncertainty(1, 1, (), ()).welcome() == {}

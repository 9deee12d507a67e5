"""Years ahead, worked by hand on ten attainments: what grows, what is on record, what takes effect, what responds."""

from __future__ import annotations

import random
from datetime import date as Date
from fractions import Fraction
from pathlib import Path

import pyarrow.csv as arrow_csv
import pytest

from engine import api
from engine.model.school_year import school_year_text
from engine.results.dataset_table import dataset_table
from engine.results.policy_data import completed, read_data
from engine.results.simulate import grown_rows
from engine.results.simulate.checked_scenario import check_scenarios
from engine.results.simulate.ground import Ground
from engine.results.simulate.measure import measured
from engine.results.simulate.read_scenario import read_scenario
from engine.results.simulate.simulation import Simulation
from engine.results.simulate.years.chain import Chain
from engine.results.simulate.years.programs import Programs
from engine.results.simulate.years.years_ahead import YearsAhead
from engine.text.diagnostic import Diagnostics
from engine.text.errors import PolicyError
from engine.types.check_files import checked_without_fault

POLICY = """\
policy: xx/rewards
title: Rewards
jurisdiction: US-XX
school_year: 2026-27
school_year_begins: 07-01
sources:
  law:
    title: State Code § 1
parameters:
  amount:
    title: What a credential brings
    unit: USD
    cite: law (a)
    values:
      FY2025: $100
      FY2029: $120
  quorum:
    title: Employers who must endorse
    cite: law (b)
    values:
      2024-07-01: 1
      2027-07-01: 2
definitions:
  state:
    year_paid_for: school_year - 1 year
criteria:
  credential:
    endorsed:
      title: Employers stand behind it
      test: count(endorsements where decision = endorse) >= quorum
      because: "{count(endorsements)} of {quorum}"
      cite: law (b)
priority_list:
  list: credential
  when: endorsed
  stay:
    for: 1 year
  sunset:
    honor_for: 1 year
  exceptions:
    c3_until_2028:
      key: c3
      verdict: listed
      decided_by: Board
      from: 2026-07-01
      until: 2028-07-01
      because: a plant opens
      cite: law (c)
  cite: law (c)
appropriations:
  pot:
    title: Rewards
    cite: law (d)
    amounts:
      FY2027: $10,000
    pay_in_order:
      - rewards: prorate
    unspent: lapses
funding:
  rewards:
    title: Rewards
    claim: attainment
    when: school_year = state.year_paid_for and credential.is_listed
    amount: amount
    pay: school.district
    draws_on: pot
    hold_harmless: 95% of (prior.payment or_else $0)
    cite: law (d)
lint:
  made_up:
    code: L003
    because: the law is made up
"""

TABLES: dict[str, list[str]] = {
    "area": ["code,name", "US-XX,XX"],
    "district": ["district_id,name,area", "d1,One,US-XX"],
    "school": ["school_id,name,district", "s1,One,d1"],
    "credential": ["credential_id,name", "c1,Welder", "c2,Baker", "c3,Pilot"],
    "endorsement": ["credential,employer,decision", "c1,e1,endorse", "c1,e2,endorse", "c2,e1,endorse"],
    "student": ["student_id,accountable_school,class_of", *(f"p{n},s1,2026" for n in range(30))],
    "attainment": [
        "attainment_id,student,credential,award_date,school_year,school",
        *(f"a{n},p{n},c1,2026-02-28,2025-26,s1" for n in range(10)),
    ],
}

DATASET = "title: Ten\nas_of: 2026-11-01\ntables:\n" + "".join(f"  {name}: {name}.csv\n" for name in TABLES)


def write(folder: Path, policy: str = POLICY, seed: int = 0) -> None:
    """The policy and its data, rows in another order for each seed."""
    folder.mkdir(exist_ok=True)
    (folder / "rewards.yaml").write_text(policy, encoding="utf-8")
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "dataset.yaml").write_text(DATASET, encoding="utf-8")
    for name, (head, *rows) in TABLES.items():
        text = "\n".join([head, *random.Random(seed).sample(rows, len(rows))])
        (data / f"{name}.csv").write_text(f"{text}\n", encoding="utf-8")


def simulation(folder: Path, *texts: str, policy: str = POLICY, seed: int = 0) -> Simulation:
    write(folder, policy, seed)
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number}.scenario.yaml")
        paths[-1].write_text(f"scenario: s{number}\n{text}", encoding="utf-8")
    return api.simulate(folder / "rewards.yaml", folder / "data", paths)


def ahead(folder: Path, text: str, policy: str = POLICY) -> YearsAhead:
    found = simulation(folder, text, policy=policy).years
    assert found is not None
    return found


def paid(found: YearsAhead) -> list[tuple[object, object]]:
    return [(year.baseline.measures["paid"], year.scenario.measures["paid"]) for year in found.years]


def test_growth_of_a_tenth_and_an_amount_that_takes_effect(tmp_path: Path) -> None:
    """10 attainments, then 11, then 12 (a tenth of 11 is 1.1): $100 each, from FY2029 on $120."""
    found = ahead(tmp_path, "years:\n  ahead: 2\n  grow:\n    - of: attainments\n      by: 10%\n")
    assert not found.compared
    assert paid(found) == [(1_000, 1_000), (1_100, 1_100), (1_440, 1_440)]
    assert [(year.as_of, year.school_year, year.fiscal_year) for year in found.years] == [
        (Date(2026, 11, 1), "2026-27", "FY2027"),
        (Date(2027, 11, 1), "2027-28", "FY2028"),
        (Date(2028, 11, 1), "2028-29", "FY2029"),
    ]
    assert [[(one.rows, one.change) for one in year.baseline.grown] for year in found.years] == [
        [],
        [(10, 1)],
        [(11, 1)],
    ]
    assert "pot has no amount of its own for FY2028 to FY2029: that of FY2027 stands in" in found.notes
    assert any(note.startswith("amount is $120 from 2028-07-01 on") for note in found.notes)
    assert found.bound == ()


def test_the_list_of_a_year_is_on_record_in_the_next(tmp_path: Path) -> None:
    """c2 has one endorsement: enough in 2026-27, one too few from July 2027 on. It stays for a year, and is honored for
    another. The exception for c3 ends on 1 July 2028: it stays in 2028-29 and is honored in 2029-30.
    """
    found = ahead(tmp_path, "years:\n  until: 2029-30\n")
    moves = [{(one.key, one.change) for one in year.baseline.read.moves} for year in found.years]
    assert moves == [
        {("c1", "added"), ("c2", "added"), ("c3", "added")},
        {("c2", "stayed")},
        {("c2", "sunset"), ("c3", "stayed")},
        {("c3", "sunset")},
    ]
    assert [year.baseline.measures["listed"] for year in found.years] == [3, 3, 2, 1]


def test_payments_of_a_year_are_on_record_in_the_next(tmp_path: Path) -> None:
    """8 of 10 attainments are left, then 6 (a fifth of 8 is 1.6): $800 is less than 95% of $1,000, which is $950; 6 at
    $120 are $720, less than 95% of $950, which is $902.50.
    """
    found = ahead(tmp_path, "years:\n  ahead: 2\n  grow:\n    - of: attainments\n      by: -20%\n")
    assert [one for one, _ in paid(found)] == [1_000, 950, Fraction("902.5")]


def test_attainments_respond_to_the_amount_and_do_not_add_up(tmp_path: Path) -> None:
    """$120 is 20% more than $100, so at an elasticity of 0.5 there are 10% more attainments: 11 of 10, in 2027-28. In
    2028-29 the policy has $120, too, and nobody responds. 10 × $120, 11 × $120, 10 × $120; 95% of $1,320 is $1,254.
    """
    text = "set:\n  amount: $120\nyears:\n  ahead: 2\n  response:\n    - elasticity: 0.5\n      of: attainments\n"
    found = ahead(tmp_path, f"{text}      where: credential.is_listed\n      to: amount\n      because: a guess\n")
    assert paid(found) == [(1_000, 1_200), (1_000, 1_320), (1_200, 1_254)]
    assert [[(one.rows, one.change) for one in year.scenario.grown] for year in found.years] == [[], [(10, 1)], []]
    assert all(year.baseline.grown == () for year in found.years)
    later = ahead(tmp_path, f"{text}      to: amount\n      lag: 1 year\n      because: a guess\n")
    assert [[(one.rows, one.change) for one in year.scenario.grown] for year in later.years] == [
        [],
        [(10, 1)],
        [(10, 1)],
    ]


def test_less_money_brings_fewer(tmp_path: Path) -> None:
    """$40 is 60% less than $100: at an elasticity of 0.5 there are 30% fewer attainments, 3 of 10."""
    text = "set:\n  amount: $40\nyears:\n  ahead: 1\n  response:\n    - elasticity: 0.5\n      of: attainments\n"
    found = ahead(tmp_path, f"{text}      to: amount\n      because: a guess\n")
    assert [(one.rows, one.change) for one in found.years[1].scenario.grown] == [(10, -3)]


def test_what_is_set_takes_effect_on_its_day(tmp_path: Path) -> None:
    """From July 2027 on an amount of $150: not in 2026-27; ten attainments in each year."""
    found = ahead(tmp_path, "from: 2027-07-01\nset:\n  amount: $150\nyears:\n  ahead: 2\n")
    assert paid(found) == [(1_000, 1_000), (1_000, 1_500), (1_200, 1_500)]


def test_a_null_scenario_changes_nothing_in_any_year(tmp_path: Path) -> None:
    text = "set:\n  quorum: 1\nyears:\n  ahead: 2\n  cohorts: 10%\n"
    policy = POLICY.replace("      2027-07-01: 2\n", "")
    found = ahead(tmp_path, text, policy)
    assert found.compared
    assert all(year.baseline == year.scenario for year in found.years)


def test_cohorts_grow_with_all_that_they_earn(tmp_path: Path) -> None:
    """A tenth of 30 students are 3; each of them has earned what the one did of whom it is a copy."""
    found = ahead(tmp_path, "years:\n  ahead: 1\n  cohorts:\n    2027-28: 100%\n    2028-29: 0%\n")
    assert [(one.rows, one.change) for one in found.years[1].baseline.grown] == [(30, 30)]
    assert paid(found)[1] == (2_000, 2_000)


def test_shuffled_rows_give_the_same_bytes(tmp_path: Path) -> None:
    text = "set:\n  amount: $110\nyears:\n  ahead: 2\n  cohorts: 7%\n  grow:\n    - of: attainments\n      by: 15%\n"
    folders = []
    for seed in (1, 2):
        found = simulation(tmp_path / str(seed), text, seed=seed)
        folders.append(tmp_path / str(seed) / "out")
        api.write_simulation(found, folders[-1])
    for name in ("years.csv", "years_list.csv", "simulation.html"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


def chain_of(folder: Path, text: str) -> Chain:
    """The policy as it is year after year, as a scenario says."""
    write(folder)
    (folder / "x.scenario.yaml").write_text(f"scenario: x\n{text}", encoding="utf-8")
    diagnostics = Diagnostics()
    checked = checked_without_fault(folder / "rewards.yaml")
    scenario = read_scenario(folder / "x.scenario.yaml", diagnostics)
    assert scenario is not None
    asked = check_scenarios(checked, [scenario], diagnostics)
    assert asked is not None and asked.years is not None
    dataset = read_data(checked, folder / "data", diagnostics, besides=dict(asked.years.reads))
    assert dataset is not None and dataset.as_of is not None
    checked = completed(checked, dataset)
    ground = Ground(checked, dataset, dataset.as_of)
    return Chain(ground, ground, asked.years, Programs())


def test_each_year_is_an_evaluation_of_its_data(tmp_path: Path) -> None:
    """The data of each year, written to files, keep the data contract, and `evaluate` says of them what the year says."""
    text = "years:\n  ahead: 3\n  cohorts: 10%\n  grow:\n    - of: attainments\n      where: credential.is_listed\n      by: 20%\n"
    chain = chain_of(tmp_path, text)
    for number in range(4):
        side, run = chain.year(number, 2026 + number)
        folder = tmp_path / f"year{number}"
        folder.mkdir()
        said = [f"title: Ten\nas_of: {run.as_of}\ntables:\n"]
        for name in run.dataset.tables:
            table = dataset_table(run.dataset, name)
            if not table.num_rows:
                said.append(f"  {name}:\n    empty: yes\n")
                continue
            arrow_csv.write_csv(table, folder / f"{name}.csv")
            said.append(f"  {name}: {name}.csv\n")
        (folder / "dataset.yaml").write_text("".join(said), encoding="utf-8")
        made = api.evaluate(tmp_path / "rewards.yaml", folder)
        assert made.school_year == school_year_text(2026 + number)
        assert measured(made) == side.measures


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ("until: 2025-26", ("X057", "years")),
        ("until: 2099-00", ("X057", "years")),
        ("ahead: 2\n  grow:\n    - of: attainment\n      by: 1%", ("X087", "attainment")),
        ("ahead: 2\n  move: [postings]", ("X087", "postings")),
        ("ahead: 2\n  grow:\n    - of: endorsements\n      by: 1%", ("X074", "endorsements")),
        ("ahead: 2\n  grow:\n    - of: attainments\n      where: tear = 1\n      by: 1%", ("N001", "tear")),
        (
            "ahead: 2\n  response:\n    - elasticity: 1\n      of: attainments\n      to: amout\n      because: x",
            ("X058", "amout"),
        ),
        ("ahead: 2\n  grow:\n    - of: attainments\n      by: 1000%", None),
    ],
)
def test_what_does_not_fit_the_policy(years: str, expected: tuple[str, str] | None, tmp_path: Path) -> None:
    if expected is None:
        assert ahead(tmp_path, f"years:\n  {years}\n").years[1].baseline.grown[0].change == 100
        return
    with pytest.raises(PolicyError) as raised:
        ahead(tmp_path, f"years:\n  {years}\n")
    assert [(one.code, one.span.text) for one in raised.value.diagnostics] == [expected]


def test_what_a_response_names_is_told_in_one_pass(tmp_path: Path) -> None:
    response = "ahead: 2\n  response:\n    - elasticity: 1\n      of: attainment\n      to: premier\n      because: x"
    with pytest.raises(PolicyError) as raised:
        ahead(tmp_path, f"years:\n  {response}\n")
    told = {one.code: one.help for one in raised.value.diagnostics}
    assert told == {"X058": ("there are `amount`, `quorum`, `pot`",), "X087": ("did you mean `attainments`?",)}


def test_two_scenarios_do_not_both_ask_for_years(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as raised:
        simulation(tmp_path, "years:\n  ahead: 2\n", "years:\n  ahead: 2\n")
    assert [one.code for one in raised.value.diagnostics] == ["X056"]


def test_what_goes_beyond_a_record_is_said(tmp_path: Path) -> None:
    """110 attainments at $9,900,000 are $1,089,000,000, and the records of payments end at $999,999,999."""
    start, end = POLICY.index("appropriations:"), POLICY.index("funding:")
    policy = (POLICY[:start] + POLICY[end:]).replace("    draws_on: pot\n", "")
    with pytest.raises(PolicyError) as raised:
        ahead(
            tmp_path,
            "years:\n  ahead: 2\n  grow:\n    - of: attainments\n      by: 1000%\n",
            policy.replace("FY2025: $100", "FY2025: $9,900,000"),
        )
    assert [one.code for one in raised.value.diagnostics] == ["X089"]


def test_rows_beyond_the_most_are_said_before_they_are_made(tmp_path: Path) -> None:
    """30 students are 330 after a year and 3,630 after two; after three they would be 39,930."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(grown_rows, "MOST_ROWS", 5_000)
        with pytest.raises(PolicyError) as raised:
            ahead(tmp_path, "years:\n  ahead: 30\n  cohorts: 1000%\n")
    (one,) = raised.value.diagnostics
    assert (one.code, one.span.text) == ("X059", "years")
    assert one.message == "the table `student` would have 39,930 rows or more in 2029-30; 5,000 is the most"


def test_keys_are_unique_whatever_grows(tmp_path: Path) -> None:
    """Cohorts make two copies of a student; what is named second has a mark of its own, as have second copies of it."""
    text = (
        "years:\n  ahead: 2\n  cohorts: 200%\n  grow:\n    - of: attainments\n      by: 10%\n"
        "    - of: attainments\n      by: 100%\n"
    )
    chain = chain_of(tmp_path, text)
    for number, count in enumerate((30, 90, 270)):
        _, run = chain.year(number, 2026 + number)
        for table, key in (("student", "student_id"), ("attainment", "attainment_id")):
            codes = run.dataset.tables[table].columns[key].values.to_pylist()
            assert len(codes) == len(set(codes))
        assert run.dataset.tables["student"].row_count == count


def test_a_rule_bound_to_a_literal_year_is_said(tmp_path: Path) -> None:
    policy = POLICY.replace("school_year = state.year_paid_for", "award_date >= 2025-07-01 and award_date < 2026-07-01")
    found = ahead(tmp_path, "years:\n  ahead: 1\n", policy)
    assert len(found.bound) == 2 and all("award_date" in rule for rule in found.bound)
    assert [one for one, _ in paid(found)] == [1_000, 950]

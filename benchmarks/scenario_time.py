"""How long many scenarios take on large data, beside one evaluation.

Run by `make bench`. An evaluation is from Parquet to the tables of payments and ratings, without tables of rows about
persons; scenarios are from Parquet to the numbers of each. Each step runs in a process of its own, in turn; what counts
is the ratio of the medians. 200 scenarios of rates, appropriations and thresholds on one column must stay under
`--limit`, 1,000 thresholds on a column of the claims, or of what they are looked up by, under `--limit-of-thresholds`.
Thresholds of ratings are reported, and scenarios of a policy that limits what one person brings, for each scenario.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import date as Date
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from .change_time import read, timed
from .check_time import ROOT

if TYPE_CHECKING:
    from engine.plan.in_force import CellValue

POLICY = ROOT / "benchmarks" / "scenarios.yaml"
LIMITS = """\
    limits:
      one_a_year:
        within: [student, school_year]
        keep: 1
        by: amount desc then award_date
"""
"""What makes one claim hang on the others of a person."""

LAST = Date(2026, 6, 30)
RATES = [Fraction(1_000 + 125 * place) for place in range(5)]
POTS = [Fraction(20_000_000 + 10_000_000 * place) for place in range(5)]
DAYS = [LAST - timedelta(days=100 * place) for place in range(8)]
EVERY_DAY = [LAST - timedelta(days=place) for place in range(1_000)]
WAGES = [Fraction(30_000 + 60 * place) for place in range(1_000)]
INDEXES = [Fraction(place, 10) for place in range(1_000)]

SWEEPS: dict[str, dict[str, Sequence[CellValue]]] = {
    "rates, pots, days": {"license_rate": RATES, "fund": POTS, "last_day": DAYS},
    "rates, pots, wages": {"license_rate": RATES, "fund": POTS, "wage_floor": WAGES[::125]},
    "days": {"last_day": EVERY_DAY},
    "wages": {"wage_floor": WAGES},
    "indexes": {"floor_of_a": INDEXES},
    "a few": {"license_rate": RATES[:2], "last_day": DAYS[:2]},
}


def scenarios(policy: Path, data: Path, which: str) -> None:
    """A simulation of a sweep."""
    from engine.results.simulate.axis import Axis
    from engine.results.simulate.checked_scenario import CheckedScenario, CheckedSweep
    from engine.results.simulate.simulation import simulate

    checked, dataset, day = read(policy, data)
    sweeps = []
    for name, values in SWEEPS[which].items():
        found = checked.parameters.get(name)
        type = checked.parameters["license_rate"].type if found is None else found.type
        sweeps.append(CheckedSweep(Axis(f"parameters.{name}", name, type, tuple(values)), None))
    found_all = simulate(checked, dataset, day, CheckedScenario((), (), tuple(sweeps), ()))
    assert len({tuple(one.measures.items()) for one in found_all.points}) > len(found_all.points) // 20


def evaluation(policy: Path, data: Path) -> None:
    """One evaluation."""
    from engine.results.diff.totals import totals_outcome
    from engine.results.reruns import Reruns

    checked, dataset, day = read(policy, data)
    with Reruns(checked, dataset, day, ()) as runs:
        found = totals_outcome(runs.run())
    assert found.table("payments").rows and found.table("ratings").rows


def main() -> int:
    """Print the table; 1 where something is not under its limit."""
    parser = argparse.ArgumentParser(description="many scenarios, beside one evaluation")
    parser.add_argument("--attainments", type=int, default=10_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--limit", type=float, default=10)
    parser.add_argument("--limit-of-thresholds", type=float, default=3)
    parser.add_argument("--folder", type=Path, help="where the made-up state is kept; default: nowhere")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--policy", type=Path, default=POLICY, help=argparse.SUPPRESS)
    parser.add_argument("--sweep", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        if options.sweep:
            scenarios(options.policy, options.inside, options.sweep)
        else:
            evaluation(options.policy, options.inside)
        return 0

    from benchmarks.made_up_state import made_up_state

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = made_up_state(options.folder or folder, options.attainments)
        within = folder / "within.yaml"
        within.write_text(POLICY.read_text("utf-8").replace("    pay: school", LIMITS + "    pay: school"), "utf-8")
        limits = {
            "rates, pots, days": options.limit,
            "rates, pots, wages": options.limit,
            "days": options.limit_of_thresholds,
            "wages": options.limit_of_thresholds,
        }
        steps = {"one evaluation": ["--policy", str(POLICY)]}
        steps |= {which: ["--policy", str(POLICY), "--sweep", which] for which in limits}
        steps |= {
            "indexes": ["--policy", str(POLICY), "--sweep", "indexes"],
            "one evaluation, limits": ["--policy", str(within)],
            "a few, limits": ["--policy", str(within), "--sweep", "a few"],
        }
        times: dict[str, list[float]] = {what: [] for what in steps}
        for _ in range(options.repeat):
            for what, words in steps.items():
                times[what].append(timed("benchmarks.scenario_time", data, words))
    medians = {what: statistics.median(some) for what, some in times.items()}
    one = medians["one evaluation"]
    print(f"{options.attainments:,} attainments, median of {options.repeat} runs in turn")
    print(f"  {'one evaluation':34} {one:7.2f} s")
    for which, limit in limits.items():
        what, ratio = f"{_count(which):,} scenarios: {which}", medians[which] / one
        print(f"  {what:34} {medians[which]:7.2f} s   {ratio:.2f} of one evaluation; limit {limit:g}")
    what = f"{_count('indexes'):,} scenarios: indexes"
    print(f"  {what:34} {medians['indexes']:7.2f} s   {medians['indexes'] / one:.2f} of one evaluation; no limit")
    first, few = medians["one evaluation, limits"], medians["a few, limits"]
    print(f"  {'limits within a person':34} {first:7.2f} s   one evaluation")
    each = (few - first) / _count("a few")
    print(f"  {'':34} {each:7.2f} s   {each / first:.2f} of one evaluation for each scenario; no limit")
    return 1 if any(medians[which] / one >= limit for which, limit in limits.items()) else 0


def _count(which: str) -> int:
    found = 1
    for values in SWEEPS[which].values():
        found *= len(values)
    return found


if __name__ == "__main__":
    sys.exit(main())

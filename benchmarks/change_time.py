"""How long it takes to compare two versions of a policy on large data, beside one evaluation.

Run by `make bench`. An evaluation is from Parquet to the tables of payments and ratings, without tables of rows about
persons; a comparison is from Parquet to what becomes of both. Each step runs in a process of its own, in turn; what
counts is the ratio of the medians. The change of a parameter that is used after the amounts of the claims must stay
under `--limit`; the others are reported.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING

from .check_time import ROOT

if TYPE_CHECKING:
    from engine.execution.dataset import Dataset
    from engine.types.checked import CheckedPolicy

POLICY = ROOT / "benchmarks" / "ratings-and-payments.yaml"
CHANGES = {
    "the appropriation": ("FY2027: $50,000,000", "FY2027: $45,000,000"),
    "the rate of a claim": ("then $1,250 else", "then $1,400 else"),
    "who is rated A": ("A: index >= 80", "A: index >= 85"),
}
"""What is edited; the first is used after the amounts of the claims."""


def evaluation(data: Path) -> None:
    """One evaluation."""
    from engine.results.diff.totals import totals_outcome
    from engine.results.reruns import Reruns

    checked, dataset, day = read(POLICY, data)
    with Reruns(checked, dataset, day, ()) as runs:
        found = totals_outcome(runs.run())
    assert found.table("payments").rows and found.table("ratings").rows


def comparison(data: Path, edited: Path) -> None:
    """One comparison."""
    from engine.results.diff.policy_diff import diff_policies
    from engine.results.diff.totals import compare_totals
    from engine.results.diff.version import read_version
    from engine.results.policy_data import completed
    from engine.text.diagnostic import Diagnostics

    old, dataset, day = read(POLICY, data)
    versions = [read_version(path, Diagnostics()) for path in (POLICY, edited)]
    assert versions[0] is not None and versions[1] is not None
    assert diff_policies(versions[0], versions[1]).edits
    found = compare_totals(old, completed(versions[1].checked, dataset), dataset, dataset, day)
    assert not found.is_empty


def read(policy: Path, data: Path) -> tuple[CheckedPolicy, Dataset, Date]:
    """A policy, its data, and the day."""
    from engine import api
    from engine.results.policy_data import completed, day_of_run, read_data
    from engine.text.diagnostic import Diagnostics

    found = Diagnostics()
    checked = api.load(policy, found)
    assert checked is not None
    dataset = read_data(checked, data, found)
    assert dataset is not None and not found.has_errors
    day = day_of_run(checked, dataset, None, found)
    assert day is not None
    return completed(checked, dataset), dataset, day


def main() -> int:
    """Print the table; 1 where the first change is not under the limit."""
    parser = argparse.ArgumentParser(description="two versions compared, beside one evaluation")
    parser.add_argument("--attainments", type=int, default=10_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--limit", type=float, default=1.5)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--edited", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        if options.edited:
            comparison(options.inside, options.edited)
        else:
            evaluation(options.inside)
        return 0

    from benchmarks.made_up_state import made_up_state

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = made_up_state(folder, options.attainments)
        whats: dict[str, list[str]] = {"one evaluation": []}
        for number, (what, (old, new)) in enumerate(CHANGES.items()):
            edited = folder / f"edited-{number}.yaml"
            edited.write_text(POLICY.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
            whats[f"compared: {what}"] = ["--edited", str(edited)]
        times: dict[str, list[float]] = {what: [] for what in whats}
        for _ in range(options.repeat):
            for what, words in whats.items():
                times[what].append(timed("benchmarks.change_time", data, words))
    medians = {what: statistics.median(some) for what, some in times.items()}
    one = medians["one evaluation"]
    print(f"{options.attainments:,} attainments, median of {options.repeat} runs in turn")
    for what, median in medians.items():
        print(f"  {what:32} {median:7.2f} s   {median / one:.2f} of one evaluation")
    ratio = medians[f"compared: {next(iter(CHANGES))}"] / one
    print(f"limit for {next(iter(CHANGES))}: {options.limit:g}")
    return 1 if ratio >= options.limit else 0


def timed(module: str, data: Path, words: list[str]) -> float:
    """Seconds of one step of a benchmark in a process of its own."""
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", module, "--inside", str(data), *words],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if run.returncode:
        sys.exit(run.stdout + run.stderr)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())

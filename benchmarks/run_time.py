"""From a million attainments in Parquet to the list, the ratings and the payments: how long, and where the time goes.

Run by `make bench`, on DuckDB with two threads. Each run is a process of its own, so that what is printed is what a
person waits for: start, check, read, run. The tables of the results are made and written besides, and not counted.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STEPS = ("start", "check", "read", "run")
POLICY = "benchmarks/ratings-and-payments.yaml"


def one_run(policy: Path, data: Path, clock: float) -> dict[str, float]:
    """The seconds of each step of one run in this process, which began at `clock`."""
    from engine import api
    from engine.plan.in_force import first_day
    from engine.results.policy_data import completed, read_data
    from engine.results.run import run_policy
    from engine.text.diagnostic import Diagnostics

    seconds, diagnostics = {"start": time.time() - clock}, Diagnostics()

    def done(step: str) -> None:
        seconds[step] = time.time() - clock - sum(seconds.values())

    checked = api.load(policy, diagnostics)
    done("check")
    assert checked is not None
    dataset = read_data(checked, data, diagnostics)
    done("read")
    if dataset is None or diagnostics.has_errors:
        sys.exit("\n".join(f"{one.code} {one.message}" for one in diagnostics.sorted()[:5]))
    day = dataset.as_of or first_day(checked.policy)
    assert day is not None
    run = run_policy(completed(checked, dataset), dataset, day, "duckdb")
    done("run")
    assert len(run.columns["attainment"]) == dataset.tables["attainment"].row_count
    return seconds


def main() -> int:
    """Print the table; 1 where the median of the whole is not under the limit."""
    parser = argparse.ArgumentParser(description="from attainments in Parquet to ratings and payments")
    parser.add_argument("--attainments", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--limit", type=float, default=5.0)
    parser.add_argument("--policy", type=Path, default=ROOT / POLICY)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--clock", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(one_run(options.policy, options.inside, options.clock)))
        return 0

    from benchmarks.made_up_state import made_up_state

    with tempfile.TemporaryDirectory() as folder:
        data = made_up_state(Path(folder), options.attainments)
        runs = [_timed(options.policy, data) for _ in range(options.repeat + 1)][1:]
    print(f"{options.attainments:,} attainments, {options.policy.stem}, {len(runs)} runs after one to warm up")
    for step in STEPS:
        times = [run[step] for run in runs]
        print(f"  {step:8} {statistics.median(times):7.2f} s   {min(times):.2f} to {max(times):.2f}")
    whole = [sum(run.values()) for run in runs]
    median = statistics.median(whole)
    mark = "  over the limit" if median >= options.limit else ""
    print(f"  {'whole':8} {median:7.2f} s   {min(whole):.2f} to {max(whole):.2f}; limit {options.limit:g} s{mark}")
    return 1 if median >= options.limit else 0


def _timed(policy: Path, data: Path) -> dict[str, float]:
    words = [sys.executable, "-m", "benchmarks.run_time", "--policy", str(policy), "--inside", str(data)]
    run = subprocess.run([*words, "--clock", repr(time.time())], cwd=ROOT, capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stdout + run.stderr)
    found: dict[str, float] = json.loads(run.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())

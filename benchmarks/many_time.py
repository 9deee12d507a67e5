"""How long `specie check` takes on 400 policy files, lint included, and how soon one file gets its first complaint.

Run by `make bench`. The 400 are the bundled policies again and again, each with the cases beside it, checked by one
command on all cores. The first complaint is that of a bundled policy with a mistake on its last line, timed from the
start of the process to the first byte that it writes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .check_time import ROOT, policies


def spread(folder: Path, wanted: int) -> int:
    """Write copies of the bundled policies and their cases into a folder, so many policies in all; returns how many."""
    bundled = policies()
    for number in range(wanted):
        policy = bundled[number % len(bundled)]
        place = folder / str(number // len(bundled)) / policy.parent.name
        place.mkdir(parents=True, exist_ok=True)
        for file in (policy, policy.with_name(f"{policy.stem}.cases.yaml")):
            if file.is_file():
                shutil.copyfile(file, place / file.name)
    return wanted


def first_complaint(policy: Path) -> float:
    """Seconds from the start of `specie check` to the first byte of what it says of a policy with a mistake."""
    start = time.perf_counter()
    with subprocess.Popen(_command(policy), cwd=ROOT, env=_environment(), stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        first = run.stdout.read(1)
        taken = time.perf_counter() - start
        run.stdout.read()
    if not first or run.returncode != 1:
        sys.exit(f"specie check said nothing of the mistake in {policy}")
    return taken


def whole(folder: Path, count: int) -> float:
    """Seconds of one `specie check` of a folder of so many policies."""
    start = time.perf_counter()
    run = subprocess.run(_command(folder), cwd=ROOT, env=_environment(), capture_output=True, text=True)
    taken = time.perf_counter() - start
    if run.returncode != 0 or not run.stdout.startswith(f"{count} policies checked"):
        sys.exit(f"specie check ended with {run.returncode}\n{run.stdout}{run.stderr}")
    return taken


def _command(path: Path) -> list[str]:
    return [sys.executable, "cli.py", "check", str(path)]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main() -> int:
    """Print the two times; 1 where one is not under its limit."""
    parser = argparse.ArgumentParser(description="how long `specie check` takes on many policies")
    parser.add_argument("--files", type=int, default=400)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--limit", type=float, default=10.0)
    parser.add_argument("--first-limit", type=float, default=0.5)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = spread(folder / "many", options.files)
        times = sorted(whole(folder / "many", count) for _ in range(options.repeat))
        print(f"{count} policy files: {statistics.median(times):.2f} s, {times[0]:.2f} to {times[-1]:.2f}", end="")
        print(f" on {os.cpu_count()} cores; limit {options.limit:g} s")
        largest = max(policies(), key=lambda policy: policy.stat().st_size)
        wrong = folder / "wrong.yaml"
        wrong.write_text(largest.read_text(encoding="utf-8") + "\nunknown_key: 1\n", encoding="utf-8")
        firsts = sorted(first_complaint(wrong) for _ in range(2 * options.repeat + 1))
        first = statistics.median(firsts)
        print(f"first complaint of {largest.name}: {first:.3f} s, {firsts[0]:.3f} to {firsts[-1]:.3f}", end="")
        print(f"; limit {options.first_limit:g} s")
    return 1 if statistics.median(times) >= options.limit or first >= options.first_limit else 0


if __name__ == "__main__":
    sys.exit(main())

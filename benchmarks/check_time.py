"""How long `specie check` takes on each bundled policy, from the start of the process to its end.

Run by `make bench`. Each policy is checked once to warm the caches, then `--repeat` times; the median counts
and must stay under `--limit` seconds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def policies() -> list[Path]:
    """The bundled policies, without the cases beside them."""
    found = (ROOT / "policies").rglob("*.yaml")
    return sorted(path for path in found if not path.name.endswith(".cases.yaml"))


def seconds(policy: Path) -> float:
    """The time of one `specie check`; ends the program where the policy has errors.

    Compiled files are kept between runs whatever this machine is set to, as they are wherever Specie is installed.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "cli.py", "check", str(policy)],
        cwd=ROOT,
        env=kept,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    taken = time.perf_counter() - start
    if run.returncode != 0:
        sys.exit(f"specie check {policy.relative_to(ROOT)} ended with {run.returncode}\n{run.stdout}{run.stderr}")
    return taken


def main() -> int:
    """Print the table; 1 where a median is not under the limit."""
    parser = argparse.ArgumentParser(description="how long `specie check` takes on each bundled policy")
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--limit", type=float, default=0.5)
    options = parser.parse_args()

    if not policies():
        sys.exit("there is no policy in policies/ to check")
    slow = 0
    print(f"{'policy':48} {'median':>8} {'fastest':>8} {'slowest':>8}")
    for policy in policies():
        seconds(policy)
        times = [seconds(policy) for _ in range(options.repeat)]
        median = statistics.median(times)
        slow += median >= options.limit
        mark = "  over the limit" if median >= options.limit else ""
        name = policy.relative_to(ROOT).as_posix()
        print(f"{name:48} {median:7.3f}s {min(times):7.3f}s {max(times):7.3f}s{mark}")
    print(f"median of {options.repeat} runs after one to warm up; limit {options.limit:g} s")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())

"""How long it takes to make up a state, and how much memory; other benchmarks take the state from here.

`python -m benchmarks.made_up_state --attainments 10000000` makes one in a process of its own and prints both.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

from engine import api

SEED = 2026


def students_for(attainments: int) -> int:
    """Two students for five attainments: a large state over a few years."""
    return max(1, attainments * 2 // 5)


def made_up_state(folder: Path, attainments: int, format: str = "parquet") -> Path:
    """A made-up state with so many attainments below `folder`, made where it is not there yet."""
    out = folder / f"state-{attainments}-{SEED}-{format}"
    if not out.exists():
        api.synth(out, "US-XX", students_for(attainments), attainments, SEED, format)
    return out


def main() -> int:
    """Print the time, the peak of memory and the bytes written."""
    parser = argparse.ArgumentParser(description="how long it takes to make up a state")
    parser.add_argument("--attainments", type=int, default=1_000_000)
    parser.add_argument("--students", type=int, default=0, help="default: two for five attainments")
    parser.add_argument("--format", choices=("parquet", "csv"), default="parquet")
    options = parser.parse_args()

    students = options.students or students_for(options.attainments)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "state"
        start = time.perf_counter()
        report = api.synth(out, "US-XX", students, options.attainments, SEED, options.format)
        taken = time.perf_counter() - start
        size = sum(path.stat().st_size for path in out.iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)
    for table, count in report.rows.items():
        print(f"{table:16} {count:>12,}")
    print(f"{taken:.1f} s, at most {peak:,} MB of memory, {size / 1e6:,.0f} MB of {options.format}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

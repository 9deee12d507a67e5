"""What a made-up state holds, as lines of text."""

from __future__ import annotations

from ..synth.report import SynthReport


def render_synth(report: SynthReport, out: str) -> str:
    """Rows by table, what was taken over from the example, and where it is."""
    wide = max(len(table) for table in report.rows)
    lines = [f"{report.jurisdiction}, made up, seed {report.seed}"]
    lines += [
        f"  {table:{wide}}  {count:>12,} {'row' if count == 1 else 'rows'}" for table, count in report.rows.items()
    ]
    lines += [f"  {len(report.copied)} tables of the example state", f"in {out}; next: specie data check {out}"]
    return "\n".join(lines) + "\n"

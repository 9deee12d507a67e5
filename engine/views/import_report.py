"""What an import read and wrote, as lines of text."""

from __future__ import annotations

from textwrap import wrap

from ..importers.report import ImportReport


def render_import(report: ImportReport, width: int = 80) -> str:
    """Rows read, written and skipped, cells without an exact value by reason, and what was taken for granted."""
    of = f"{report.source} {report.vintage}".strip()
    said = [f"{of}: {report.rows_read:,} rows read, {report.rows_written:,} written"]
    said += [f"  {count:,} rows left out: {reason}" for reason, count in sorted(report.skipped.items())]
    said += [f"  {count:,} cells: {reason}" for reason, count in sorted(report.masked.items())]
    said += [f"  note: {note}" for note in report.notes]
    said.append(f"  files: {', '.join(report.files)}")
    lines = [line for one in said for line in wrap(one, width, subsequent_indent="    ", break_on_hyphens=False)]
    return "\n".join(lines) + "\n"

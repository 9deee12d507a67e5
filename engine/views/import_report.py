"""What an import read and wrote, as lines of text."""

from __future__ import annotations

from ..importers.report import ImportReport


def render_import(report: ImportReport) -> str:
    """Rows read, written and skipped, cells without an exact value by reason, and what was taken for granted."""
    lines = [
        f"{report.source} {report.vintage}: {report.rows_read:,} rows read, {report.rows_written:,} written".replace(
            "  ", " "
        )
    ]
    lines += [f"  {count:,} rows left out: {reason}" for reason, count in sorted(report.skipped.items())]
    lines += [f"  {count:,} cells: {reason}" for reason, count in sorted(report.masked.items())]
    lines += [f"  note: {note}" for note in report.notes]
    lines.append(f"  files: {', '.join(report.files)}")
    return "\n".join(lines) + "\n"

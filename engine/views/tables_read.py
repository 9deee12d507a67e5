"""What was read of a dataset, a line for each table."""

from __future__ import annotations

from ..execution.dataset import Dataset


def tables_read(dataset: Dataset) -> list[str]:
    """Each table that has a file, with how many rows it has and how many were left out."""
    lines = []
    for name, frame in dataset.tables.items():
        if frame.file:
            left = f", {frame.left_out:,} outside the scope" if frame.left_out else ""
            rows = f"{frame.row_count:,} {'row' if frame.row_count == 1 else 'rows'}"
            lines.append(f"{name}: {rows} from {frame.file}{left}")
    return [*lines, "the dataset keeps the contract"]

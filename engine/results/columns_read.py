"""The columns of the data that a policy reads."""

from __future__ import annotations

from ..plan.from_checked import plan_policy
from ..types.checked import CheckedPolicy


def columns_read(checked: CheckedPolicy) -> dict[str, set[str]]:
    """The columns that a policy reads at any of its epochs, by table."""
    needed: dict[str, set[str]] = {}
    for epoch in checked.epochs:
        for table, columns in plan_policy(checked, epoch).scans:
            needed.setdefault(table, set()).update(columns)
    return needed

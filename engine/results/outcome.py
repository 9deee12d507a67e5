"""Everything that a run says, as tables, each of which still says what it is when it is mailed alone."""

from __future__ import annotations

from dataclasses import dataclass

from .allocation import allocation_table
from .assumptions import assumption_table
from .caps import cap_table, within_cap_table
from .claims import claim_table
from .cut_scores import cut_score_table
from .decision import decision_table, decisions, eligibility_table, near_miss_table
from .definition import definition_table
from .equity.equity import equity_table
from .finding import Finding, finding_table, findings
from .held import Held, held, held_table, missing_cells
from .indicators import indicator_table
from .line import lines_of_run
from .list_changes import list_change_table
from .payments import payment_table
from .priority_list import priority_list_table
from .rated import levels_of
from .ratings import rating_table
from .reconciliation import reconciliation_table
from .run import Run
from .statistics import statistics_table
from .student_points import student_points_table
from .table import ResultTable


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run with its tables, what it holds and what it finds."""

    run: Run
    tables: tuple[ResultTable, ...]
    held: tuple[Held, ...]
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether any cell failed: the run is written, and the command ends with 1."""
        return any(one.failed for one in self.held)

    def has(self, name: str) -> bool:
        """Whether the run has a table of a name."""
        return any(one.name == name for one in self.tables)

    def table(self, name: str) -> ResultTable:
        """The table of a name."""
        return next(one for one in self.tables if one.name == name)


def outcome(run: Run, equity: bool = False) -> Outcome:
    """All result tables of a run, with `equity` what it comes to by groups of students; those without a say in its
    policy (no list, no eligibility, no funding, no ratings, no points) are left out.
    """
    policy = run.checked.policy
    made = tuple(decisions(run))
    waiting = held(run)
    found = findings(run, waiting)
    tables = [decision_table(run, made, waiting), near_miss_table(run, made), statistics_table(run)]
    tables += [held_table(run, waiting), finding_table(found), assumption_table(run)]
    if any(one.role == "definition" for one in run.epoch.definitions):
        tables.append(definition_table(run))
    if policy.priority_list is not None:
        tables += [priority_list_table(run), list_change_table(run)]
    if policy.eligibility:
        tables.append(eligibility_table(run, made))
    lines = lines_of_run(run)
    if lines:
        tables += [claim_table(run, lines, missing_cells(run, waiting)), payment_table(run, lines)]
        tables += [allocation_table(run, lines), reconciliation_table(run, lines)]
    levels = levels_of(run)
    if levels:
        tables += [indicator_table(run, levels), rating_table(run, levels, missing_cells(run, waiting))]
        if any(item.caps for item in levels[0].section.indicators):
            tables += [cap_table(run, levels), within_cap_table(run, levels[0].section.indicators)]
    if policy.accountability is not None and policy.accountability.cut_scores is not None:
        tables.append(cut_score_table(run, levels))
    if policy.points:
        tables.append(student_points_table(run, policy.points))
    if equity:
        tables.append(equity_table(run))
    return Outcome(run, tuple(_labeled(run, one) for one in sorted(tables, key=lambda one: one.name)), waiting, found)


def _labeled(run: Run, one: ResultTable) -> ResultTable:
    """The table with school year, as-of date and policy as its last columns."""
    said = (run.school_year, run.as_of, run.checked.policy.id)
    columns = (*one.columns, ("school_year", "text"), ("as_of", "date"), ("policy", "text"))
    return ResultTable(one.name, columns, tuple((*row, *said) for row in one.rows))

"""Findings: what a person should look at before the results of a run are used."""

from __future__ import annotations

from dataclasses import dataclass

from ..execution.dataset_rows import DatasetRows
from ..execution.reference import Interpreter, Row
from ..execution.values import is_known
from ..plan.plan import Group
from ..text.codes import CODES
from .decode import key_text, keys_of
from .finding_funding import funding_findings
from .finding_list import SHOWN, list_findings
from .held import Held
from .run import Run
from .table import ResultTable, table


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: a short kind, the thing it is about (if it is about one), and a sentence."""

    kind: str
    entity: str
    key: str
    name: str
    message: str


def findings(run: Run, held: tuple[Held, ...]) -> tuple[Finding, ...]:
    """Everything worth a look: open ties, pending rows that could take a place, exceptions about nothing, made-up data,
    lines of funding that wait or fail, failed cells.
    """
    listed = run.checked.policy.priority_list
    of_list = () if listed is None else ((listed.entity.text, one) for one in list_findings(run, listed))
    found = [Finding(kind, entity, key, name, said) for entity, (kind, key, name, said) in of_list]
    found += [*_ungrouped(run), *_data(run)]
    found += [Finding(kind, "", "", "", said) for kind, said in funding_findings(run)]
    failed = [one for one in held if one.failed and one.column.id.role != "payment"]  # those are told line by line
    for one in failed:
        code = next(reason.code for reason in one.reasons if reason.failed)
        entity = one.column.id.entity
        message = f"`{one.column.id.origin}` failed: {CODES[code].message} ({code})"
        found.append(Finding("failed", entity, key_text(run, entity, one.key), "", message))
    return tuple(found)


def _ungrouped(run: Run) -> list[Finding]:
    """Rows that form no group, because what they are grouped by is missing."""
    groups = [(entity.name, entity.source) for entity in run.plan.entities if isinstance(entity.source, Group)]
    if not groups:
        return []
    rows = DatasetRows(run.dataset.tables)
    interpreter = Interpreter(run.plan, rows, run.binding.cells, run.binding.schedules)
    found = []
    for name, group in groups:
        left = [
            key_text(run, group.of, key)
            for key in keys_of(run, group.of)
            if not all(is_known(interpreter.evaluate(node, Row(group.of, key))) for _, node in group.by)
        ]
        if left:
            by = " or ".join(f"`{column}`" for column, _ in group.by)
            more = f" and {len(left) - SHOWN} more" if len(left) > SHOWN else ""
            named = ", ".join(left[:SHOWN])
            said = f"{len(left)} of {group.of} are in no row of {name}, for want of {by}: {named}{more}"
            found.append(Finding("ungrouped", group.of, left[0], "", said))
    return found


def _data(run: Run) -> list[Finding]:
    found = []
    if run.dataset.made_up:
        found.append(Finding("made_up", "", "", "", run.dataset.note or "the dataset says that it is made up"))
    for name, source in sorted(run.dataset.sources.items()):
        if source.made_up and source.made_up != "no":
            found.append(Finding("made_up", name, "", "", f"made up in the table {name}: {source.made_up}"))
    return found


def finding_table(rows: tuple[Finding, ...]) -> ResultTable:
    """`findings` as a table."""
    return table(
        "findings", "kind entity key name message", [(r.kind, r.entity, r.key, r.name, r.message) for r in rows]
    )

"""Findings: what a person should look at before the results of a run are used."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..execution.dataset_rows import DatasetRows
from ..execution.reference import Interpreter, Row
from ..execution.values import is_known
from ..plan.plan import Group
from ..text.codes import CODES
from .decode import key_text, keys_of, labels_of
from .finding_funding import funding_findings
from .held import Held
from .list_order import list_order
from .priority_list import list_columns, places
from .run import Run
from .table import ResultTable, table

SHOWN = 6
"""Keys of a tie that are named."""


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
    found = [*_ties(run), *_could_take_a_place(run), *_unknown_exceptions(run), *_ungrouped(run), *_data(run)]
    found += [Finding(kind, "", "", "", said) for kind, said in funding_findings(run)]
    failed = [one for one in held if one.failed and one.column.id.role != "payment"]  # those are told line by line
    for one in failed:
        code = next(reason.code for reason in one.reasons if reason.failed)
        entity = one.column.id.entity
        message = f"`{one.column.id.origin}` failed: {CODES[code].message} ({code})"
        found.append(Finding("failed", entity, key_text(run, entity, one.key), "", message))
    return tuple(found)


def _ties(run: Run) -> list[Finding]:
    """A tie at the limit that the policy does not break: the only one that decides who is on the list."""
    listed = run.checked.policy.priority_list
    if listed is None or listed.limit is None:
        return []
    entity, order = listed.entity.text, list_order(run, listed)
    shared: dict[Fraction, list[str]] = {}
    for key, place in places(run).items():
        shared.setdefault(place, []).append(key_text(run, entity, key))
    found = []
    limit = next((order.limit(key) for key in places(run)), None)
    all_in = listed.on_tie_at_limit == "include"
    for place, keys in sorted(shared.items()):
        if limit is not None and place <= limit < place + len(keys) - 1:
            named = ", ".join(keys[:SHOWN]) + (f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else "")
            so = "all of them are on the list" if all_in else "none of them is on the list"
            said = f"{len(keys)} rows share place {place}, the limit is {limit}, and {so}: {named}"
            found.append(Finding("tie", entity, keys[0], "", said))
    return found


def _could_take_a_place(run: Run) -> list[Finding]:
    """Undetermined rows that would stand within the limit if they qualified: so few are surely before them."""
    listed = run.checked.policy.priority_list
    if listed is None or listed.limit is None:
        return []
    entity, columns, keys = listed.entity.text, list_columns(run), keys_of(run, listed.entity.text)
    waiting = [
        row
        for row, status in enumerate(columns["list_status"])
        if status in ("pending_review", "left_off") and columns["qualifies"][row] is not False
    ]
    if not waiting:
        return []
    order, names = list_order(run, listed), labels_of(run, entity)
    ranked = [order.values(key) for key in places(run)]
    found = []
    for row in waiting:
        limit, mine = order.limit(keys[row]), order.values(keys[row])
        if limit is not None and sum(order.surely_before(one, mine) for one in ranked) < limit:
            status = str(columns["list_status"][row]).replace("_", " ")
            message = f"is {status} and would stand within the limit if it qualified"
            found.append(
                Finding("pending", entity, key_text(run, entity, keys[row]), names.get(keys[row], ""), message)
            )
    return found


def _unknown_exceptions(run: Run) -> list[Finding]:
    listed = run.checked.policy.priority_list
    if listed is None:
        return []
    known = {str(key[0]) for key in keys_of(run, listed.entity.text)}
    unknown = [one for one in listed.exceptions if one.key not in known]
    said = "the exception `{}` is about a row that is not in the data"
    return [Finding("exception", listed.entity.text, one.key, "", said.format(one.name)) for one in unknown]


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

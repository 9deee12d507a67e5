"""Findings: what a person should look at before the results of a run are used."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..execution.values import Bound
from .decode import key_text, keys_of, labels_of, values_of
from .held import Held
from .priority_list import list_columns, places
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
    failed cells.
    """
    found = [*_ties(run), *_could_take_a_place(run), *_unknown_exceptions(run), *_data(run)]
    failed = [one for one in held if one.failed]
    for one in failed:
        code = next(reason.code for reason in one.reasons if reason.failed)
        entity = one.column.id.entity
        found.append(
            Finding("failed", entity, key_text(run, entity, one.key), "", f"`{one.column.id.origin}` failed: {code}")
        )
    return tuple(found)


def _ties(run: Run) -> list[Finding]:
    """Ties in the order that the policy does not break."""
    listed = run.checked.policy.priority_list
    if listed is None:
        return []
    entity = listed.entity.text
    shared: dict[Fraction, list[str]] = {}
    for key, place in places(run).items():
        shared.setdefault(place, []).append(key_text(run, entity, key))
    return [
        Finding("tie", entity, keys[0], "", f"{len(keys)} rows share place {place}, and the order does not break the tie: {', '.join(keys[:6])}")
        for place, keys in sorted(shared.items())
        if len(keys) > 1
    ]  # fmt: skip


def _could_take_a_place(run: Run) -> list[Finding]:
    """Pending rows that would stand within the limit if they qualified."""
    listed = run.checked.policy.priority_list
    if listed is None or listed.rank_by is None or listed.limit is None:
        return []
    entity, columns = listed.entity.text, list_columns(run)
    cut = values_of(run, run.plan.column("state", "cut_score"))[0]
    names = labels_of(run, entity)
    score_column = next(
        (c for c in run.plan.columns if c.id.entity == entity and c.id.name == getattr(listed.rank_by.keys[0].value, "name", "")),
        None,
    )  # fmt: skip
    found = []
    scores = values_of(run, score_column) if score_column is not None else []
    down = listed.rank_by.keys[0].descending
    for row, key in enumerate(keys_of(run, entity)):
        if columns["list_status"][row] not in ("pending_review", "left_off") or not scores:
            continue
        score = scores[row]
        best = (score.high if down else score.low) if isinstance(score, Bound) else score
        inside = (
            not isinstance(best, Fraction) or not isinstance(cut, Fraction) or (best >= cut if down else best <= cut)
        )
        if inside:
            message = "is pending and would stand within the limit if it qualified"
            found.append(Finding("pending", entity, key_text(run, entity, key), names.get(key, ""), message))
    return found


def _unknown_exceptions(run: Run) -> list[Finding]:
    listed = run.checked.policy.priority_list
    if listed is None:
        return []
    known = {str(key[0]) for key in keys_of(run, listed.entity.text)}
    return [
        Finding("exception", listed.entity.text, one.key, "", f"the exception `{one.name}` is about a row that is not in the data")
        for one in listed.exceptions
        if one.key not in known
    ]  # fmt: skip


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

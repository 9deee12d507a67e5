"""The names by which records of decisions are found: a name that no rule asks for would be passed over in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from ..text.suggest import nearest, quoted
from ..types.checked import CheckedPolicy
from .frame import Frame
from .row_complaints import Blanks, RowComplaints, shown

_RECORDS = (
    "determination",
    "listing",
    "regional_listing",
    "prior_rating",
    "prior_cut_score",
    "prior_payment",
    "prior_verdict",
)
"""Tables whose rows say by name of what they are."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What a policy knows: its `entities`, and the names of its `determinations` by the entity decided on."""

    entities: tuple[str, ...] = ()
    determinations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def names_of(checked: CheckedPolicy) -> KnownNames:
    """What a checked policy knows."""
    decisions: dict[str, tuple[str, ...]] = {}
    for one in checked.policy.determinations:
        decisions[one.entity.text] = (*decisions.get(one.entity.text, ()), one.name)
    return KnownNames(tuple(sorted({*checked.tables, *checked.epochs[-1].world.entities})), decisions)


def check_names(frame: Frame, known: KnownNames, complaints: RowComplaints) -> None:
    """Records name entities that there are and, of an entity on which the policy has decisions, those decisions (D031).

    Decisions on other entities are not the policy's business.
    """
    if frame.name not in _RECORDS or "entity" not in frame.columns:
        return
    entities = frame.columns["entity"].values
    _check(frame, "entity", pc.is_valid(entities), known.entities, "an entity of the policy", complaints)
    if frame.name != "determination" or "name" not in frame.columns:
        return
    for entity, names in known.determinations.items():
        rows = pc.fill_null(pc.equal(entities, entity), False)
        _check(frame, "name", rows, names, f"a determination of the policy for `{entity}`", complaints)


def _check(
    frame: Frame, name: str, rows: object, names: tuple[str, ...], wanted: str, complaints: RowComplaints
) -> None:
    """Complain of the `rows` in which a column holds none of `names`."""
    data = frame.columns[name]
    foreign = pc.invert(pc.is_in(data.values, value_set=pa.array(names, pa.string())))

    def blanks(row: int) -> Blanks:
        return {"value": shown(data.values[row].as_py(), data.column), "wanted": wanted}

    def help(row: int) -> str:
        near = nearest(data.values[row].as_py(), names)
        return f"did you mean `{near}`?" if near else f"the policy knows {quoted(names, 30)}"

    wrong = pc.and_(pc.and_(rows, foreign), pc.is_valid(data.values))
    complaints.add("D031", data.column, wrong, frame.lines, blanks, help)

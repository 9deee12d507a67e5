"""Claims whose records are rejected: by which check, and its sentence with the values of the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..execution.values import Key, Value
from ..plan.from_checked import sentence_values
from ..types.lower.line import Line, LineCheck
from .decode import keys_of, values_of
from .line import cells
from .run import Run
from .sentence import filled


@dataclass(frozen=True, slots=True)
class Rejection:
    """The first check, in the order of the policy, that a record surely fails, and what is not so."""

    check: LineCheck
    because: str

    @property
    def why(self) -> str:
        """Check and reason in a few words."""
        return f"{self.check.item.name}: not so: {self.because}"


def rejections(run: Run, line: Line) -> list[Rejection | None]:
    """For each claim of a line, in the order of the keys, what rejects it; nothing where no check does."""
    entity = line.item.claim.text
    keys = keys_of(run, entity) if line.checks else []
    found: list[Rejection | None] = [None] * len(run.columns[entity])
    for check in line.checks:
        failed = [row for row, met in enumerate(cells(run, entity, line.name(check.part))) if met is False]
        said = _sentences(run, check) if failed else {}
        for row in failed:
            if found[row] is None:
                found[row] = Rejection(check, said[record_key(check, keys[row])])
    return found


def concerns(check: LineCheck, claim: Key) -> bool:
    """Whether a claim is a record of the table that is checked."""
    return not check.member or claim[0] == check.member


def record_key(check: LineCheck, claim: Key) -> Key:
    """The key of the record that a claim is: in a union, the code that it has in its own table."""
    return claim[1:] if check.member else claim


def _sentences(run: Run, check: LineCheck) -> Mapping[Key, str]:
    """The sentence of a check for each record."""
    entity, name = check.item.entity.text, check.item.name
    rule = next(one for one in run.epoch.definitions if (one.entity, one.name) == (entity, name))
    parts = sentence_values(rule) if rule.expr is not None else ()
    columns = [run.plan.column(entity, f"{name}: value {place + 1}") for place in range(len(parts))]
    keys = keys_of(run, entity)
    values: Iterator[Sequence[Value]] = zip(*(values_of(run, column) for column in columns), strict=True)
    types = [column.type for column in columns]
    rows = values if columns else iter([()] * len(keys))
    return {key: filled(rule, list(zip(types, row, strict=True))) for key, row in zip(keys, rows, strict=True)}

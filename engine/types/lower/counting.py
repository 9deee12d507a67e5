"""Which claims of a line count, as computed columns: those whose records are in order, of the year of the run, that
meet its rule and that no other line has paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ..pending import Pending, in_time
from ..union import KIND
from ..world import EntityInfo, Relation
from .build import Build
from .line import Line, LineCheck, column, dollars

ROLE = "claim"
REACHED = "stage reached"


@dataclass(frozen=True, slots=True)
class Gate:
    """A test that a claim has to pass beside the rule of its line. One that does not has the `status`, or where that is
    empty is denied; `part` is the column that has to be known.
    """

    part: str
    test: Expr
    status: str


def gates(line: Line) -> tuple[Gate, ...]:
    """The tests beside `when`, in the order in which they are taken."""
    make = Build(line.item.span)
    found = [Gate(one.part, make.name(line.name(one.part)), "rejected") for one in line.checks]
    if line.timed:
        found.append(Gate("in force", make.name(line.name("in force")), "not_in_force"))
    if line.paid_year:
        year = make.name(line.name("paid in"))
        found.append(Gate("paid in", make.compare(year, "=", make.year(line.paid_year)), "other_year"))
    if line.item.not_with is not None and line.excluded_for:
        for other in line.item.not_with.lines:
            part = f"not with {other.text}"
            found.append(Gate(part, make.name(line.name(part)), ""))
    if line.item.stages:
        found.append(Gate(REACHED, make.name(line.name(REACHED)), ""))
    return tuple(found)


def counting_columns(line: Line) -> list[Pending]:
    """Whether a claim counts, and what that hangs on."""
    item, make, entity = line.item, Build(line.item.span), line.item.claim.text
    when = item.when if item.when is not None else make.truth(True)
    beside = gates(line)
    if not beside:
        return [replace(column(line, entity, "counts", when, ROLE, "when"), slot="test")]
    found = [_checked(line, one) for one in line.checks]
    if line.timed:
        begun = replace(column(line, entity, "in force", make.truth(True), ROLE, "when"), slot="test")
        found.append(in_time(begun, item, make.truth(False)))
    if line.paid_year and item.paid_in is not None:
        found.append(column(line, entity, "paid in", item.paid_in, ROLE, "paid_in"))
    found += _excluded(line)
    rule = replace(column(line, entity, "when", when, ROLE, "when"), slot="test")
    found.append(in_time(rule, item, make.truth(False)))
    counts = make.all_of(*(gate.test for gate in beside), make.name(line.name("when")))
    return [*found, replace(column(line, entity, "counts", counts, ROLE, "when"), slot="test")]


def amount_in_run(line: Line, amount: Expr) -> Expr:
    """The amount of a claim, which is nothing where its record is rejected or it is paid in another year."""
    make = Build(line.item.span)
    out = [(failed(make, gate), dollars(make)) for gate in gates(line) if gate.status]
    return make.choice(*out, otherwise=amount)


def failed(make: Build, gate: Gate) -> Expr:
    """Whether a claim surely does not pass."""
    return make.or_else(make.negated(gate.test), make.truth(False))


# -- record checks ----------------------------------------------------------------------------------------------


def _checked(line: Line, check: LineCheck) -> Pending:
    """Whether a claim meets a record check; one that does not concern it, it meets."""
    make = Build(line.item.span)
    name = make.name(f"{check.member}.{check.item.name}" if check.member else check.item.name)
    test = make.all_of(name, make.truth(True))  # what is not applicable is left out
    if check.member:
        of_table = make.compare(make.name(KIND), "=", make.text(check.member))
        test = make.choice((of_table, test), otherwise=make.truth(True))
    return replace(column(line, line.item.claim.text, check.part, test, ROLE), slot="test")


# -- no claim on another line -----------------------------------------------------------------------------------


def _excluded(line: Line) -> list[Pending]:
    """For each other line, whether no claim of the same student counts there."""
    rule, found = line.item.not_with, list[Pending]()
    if rule is None or not line.excluded_for:
        return found
    make, (first, *others) = Build(rule.span), rule.within
    walk = "this" if first.text == line.item.claim.text else first.text
    for other in rule.lines:
        same = [
            make.compare(make.name(word.text), "=", ast.Outward(make.name(word.text), span=rule.span))
            for word in others
        ]
        rows = f"{walk}.{_claims_of(other.text, first.text)}"
        counted = make.over("any", make.name(f"{other.text}: counts"), rows, make.all_of(*same) if same else None)
        free = make.negated(counted)
        if walk != "this":  # where it is not known whose claim it is, nor is this
            free = make.choice((make.compare(make.name(walk), "=", make.name(walk)), free), otherwise=make.truth(False))
        test = column(line, line.item.claim.text, f"not with {other.text}", free, ROLE, "not_with")
        found.append(replace(test, slot="test"))
    return found


def _claims_of(line: str, walk: str) -> str:
    """The name of the relation by which a student reaches the claims on a line."""
    return f"{line}: claims of {walk.replace('.', ' ')}"


def add_other_claims(entities: dict[str, EntityInfo], lines: Sequence[Line]) -> None:
    """Add to `entities` the relations by which whoever has a claim reaches the claims on the lines that exclude it."""
    claims = {line.item.name: line.item.claim.text for line in lines}
    for line in lines:
        rule = line.item.not_with
        if rule is None or not line.excluded_for:
            continue
        info, first = entities[line.excluded_for], rule.within[0]
        relations = dict(info.relations)
        for other in rule.lines:
            if other.text not in claims:
                continue
            to, name = claims[other.text], _claims_of(other.text, first.text)
            walk = info.key[0] if to == first.text else first.text
            by = ((info.key[0], Build(first.span).name(walk)),)
            relations[name] = Relation(name, to, many=True, by=by, span=first.span)
        entities[info.name] = replace(info, relations=relations)

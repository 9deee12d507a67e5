"""Stages of a claim as computed columns: which are reached, what each pays, and what is owed back for a missed one.

A stage of which nobody knows whether it is reached pays nothing for now, and what it may come to is kept back. A claim
counts as soon as any stage is reached.
"""

from __future__ import annotations

from dataclasses import replace

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.funding import Stage
from ...syntax.walk import transform
from ..pending import Pending
from .build import Build
from .counting import REACHED, gates
from .limits import highest
from .line import STEP, Line, call, column, dollars, minus, money, own_names, rounded

ROLE, PAYMENT = "claim", "payment"


def stage_columns(line: Line, full: Expr) -> list[Pending]:
    """What each stage of a claim is worth, and whether it is reached; `full` is the amount of the whole claim."""
    make, entity = Build(line.item.span), line.item.claim.text
    whole = column(line, entity, "full amount", full, ROLE, "amount", dollars_of=line.item.name)
    found = [replace(whole, dollars_at=line.item.amount.span)]
    for stage in line.item.stages:
        path, mark = f"stages.{stage.name}", Build(stage.span)
        if stage.name in line.stage_years and stage.paid_in is not None:
            found.append(column(line, entity, f"{stage.name} paid in", stage.paid_in, ROLE, path))
        found.append(replace(column(line, entity, f"{stage.name} when", stage.when, ROLE, path), slot="test"))
        worth = _own(line, stage.pays)
        if stage.name in line.shares:
            worth = ast.PartOf(worth, make.name(line.name("full amount")), span=stage.span)
        made = column(line, entity, f"{stage.name} pays", worth, STEP, path, dollars_of=line.item.name)
        found.append(replace(made, dollars_at=stage.pays.span))
        body = mark.choice((_reached(line, stage, mark), mark.name(made.name)), otherwise=dollars(mark))
        found.append(column(line, entity, f"stage {stage.name}", body, ROLE, path))
    reached = [_reached(line, stage, make) for stage in line.item.stages]
    found.append(replace(column(line, entity, REACHED, make.any_of(*reached), ROLE, "stages"), slot="test"))
    found.append(replace(column(line, entity, "stages open", _open(line, make), ROLE, "stages"), slot="test"))
    return found


def staged_amount(line: Line) -> Expr:
    """The stages of a claim together, without those of which nobody knows whether they are reached."""
    make, found = Build(line.item.span), list[Expr]()
    for stage in line.item.stages:
        unknown = make.known(_reached(line, stage, make), False)
        found.append(make.choice((unknown, dollars(make)), otherwise=make.name(line.name(f"stage {stage.name}"))))
    return _sum(make, found)


def staged_most(line: Line, full: Expr) -> Expr:
    """The stages of a claim together, as if all were reached that may be, each for the most that it may come to."""
    make, found = Build(line.item.span), list[Expr]()
    whole = make.or_else(make.name(line.name("full amount")), highest(make, full))
    for stage in line.item.stages:
        maybe = make.or_else(_reached(line, stage, make), make.truth(True))
        most = highest(make, _own(line, stage.pays))
        if stage.name in line.shares:
            most = ast.PartOf(most, whole, span=stage.span)
        worth = make.or_else(make.or_else(make.name(line.name(f"{stage.name} pays")), most), dollars(make))
        found.append(make.choice((maybe, worth), otherwise=dollars(make)))
    return _sum(make, found)


def owed_columns(line: Line) -> list[Pending]:
    """What is owed back of a claim: the stages that were reached and that a later one, surely missed, takes back."""
    make, entity, found = Build(line.item.span), line.item.claim.text, list[Pending]()
    owed: list[Expr] = []
    for earlier in line.item.stages:
        takers = [one for one in line.item.stages if earlier.name in {word.text for word in one.owes_back}]
        if not takers:
            continue
        missed = [_missed(line, one, make) for one in takers]
        paid = make.name(line.name(f"{earlier.name} when"))
        beside = [gate.test for gate in gates(line) if gate.part != REACHED]
        counted = make.all_of(*beside, make.name(line.name("when")), paid, make.any_of(*missed))
        sure = make.or_else(counted, make.truth(False))
        worth = make.or_else(make.name(line.name(f"{earlier.name} pays")), dollars(make))
        owed.append(make.choice((sure, worth), otherwise=dollars(make)))
    if owed:
        found.append(column(line, entity, "owed", _sum(make, owed), ROLE, "stages"))
        total = make.over("sum", make.name(line.name("owed")), line.name("claims"), None)
        found.append(column(line, line.payee, "owed", total, PAYMENT, "stages"))
    return found


def taken_off_columns(line: Line, payment: Expr) -> tuple[list[Pending], Expr]:
    """What is taken off a payment because it is owed back, no more than there is, and what is owed still; with what is
    left to be paid.
    """
    make, path = Build(line.item.span), "owed"
    before, owed, off = (make.name(line.name(part)) for part in ("before owed", "owed", "taken off"))
    coins = rounded(make, owed, line.item.rounding.places, None, "down")
    bodies = {
        "before owed": payment, "taken off": call(make, "min", before, coins), "still owed": minus(make, owed, off),
    }  # fmt: skip
    exact = ("still owed",)  # what is owed may have less than cents
    found = [
        column(line, line.payee, part, body, PAYMENT, path, declared=None if part in exact else money())
        for part, body in bodies.items()
    ]
    total = make.over("sum", off, line.payee_rows, None)
    found.append(column(line, "state", "taken off", total, "fund", path, declared=money()))
    return found, minus(make, before, off)


def _open(line: Line, make: Build) -> Expr:
    """Whether a claim that counts has a stage of which nobody knows whether it is reached."""
    unknown = [make.known(_reached(line, stage, make), False) for stage in line.item.stages]
    counts = make.or_else(make.name(line.name("counts")), make.truth(False))
    return make.all_of(counts, make.any_of(*unknown))


def _reached(line: Line, stage: Stage, make: Build) -> Expr:
    """Whether a stage pays in the run: it is reached, in the year of the run."""
    return make.all_of(*_in_year(line, stage, make), make.name(line.name(f"{stage.name} when")))


def _missed(line: Line, stage: Stage, make: Build) -> Expr:
    """Whether a stage is missed, in the year of the run."""
    return make.all_of(*_in_year(line, stage, make), make.negated(make.name(line.name(f"{stage.name} when"))))


def _in_year(line: Line, stage: Stage, make: Build) -> list[Expr]:
    year = line.stage_years.get(stage.name)
    return [make.compare(make.name(line.name(f"{stage.name} paid in")), "=", make.year(year))] if year else []


def _own(line: Line, expr: Expr) -> Expr:
    """What a stage pays, in which `amount` is the amount of the whole claim."""
    full = ast.Name(line.name("full amount"), span=expr.span)
    return own_names(line, transform(expr, lambda node: full if node == ast.Name("amount") else node))


def _sum(make: Build, terms: list[Expr]) -> Expr:
    total = terms[0]
    for term in terms[1:]:
        total = make.plus(total, term)
    return total

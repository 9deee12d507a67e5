"""Eligibility as a computed column: the rule, or the verdict of the last year on record where the policy keeps it."""

from __future__ import annotations

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.policy import Eligibility, RuleVersion
from ..pending import Pending
from .build import Build


def lower_eligibility(item: Eligibility) -> Pending:
    """The verdict of each row; rows of earlier years come from the table `prior_verdict`."""
    body = item.when if item.keep_last_verdict_when is None else _kept(item, item.keep_last_verdict_when)
    return Pending(
        entity=item.entity.text, name=item.name, role="eligibility", slot="test", path=f"eligibility.{item.name}",
        versions=(RuleVersion(body=body, span=item.span),), span=item.span, entity_span=item.entity.span,
        title=item.title, cite=item.cite,
    )  # fmt: skip


def _kept(item: Eligibility, keep: Expr) -> Expr:
    """The last verdict that was met or not met, of a year before that of the run; missing where none is on record."""
    make = Build(keep.span)
    earlier = make.all_of(
        make.compare(make.name("rule"), "=", make.text(item.name)),
        make.compare(make.name("entity"), "=", make.text(item.entity.text)),
        make.compare(make.name("school_year"), "<", ast.Outward(make.name("school_year"), span=make.span)),
        ast.In(make.name("verdict"), (make.text("met"), make.text("not_met")), span=make.span),
    )
    by_year = make.order(make.name("school_year"))
    last = make.over("last", make.name("verdict"), "prior_verdicts", earlier, by_year)
    return make.choice((keep, make.compare(last, "=", make.text("met"))), otherwise=item.when)

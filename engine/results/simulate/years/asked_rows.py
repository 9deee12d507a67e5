"""Tests on rows, as a scenario writes them by `of` and `where`: held to a policy as criteria of its own are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....model.standard import STANDARD
from ....model.table import Table
from ....syntax.expr import Expr
from ....syntax.policy import Criterion, RuleVersion, Word
from ....text.diagnostic import Diagnostics
from ....types.check_policy import check_policy
from ....types.checked import CheckedPolicy

TEST = "asked in years ahead"
"""What the tests are called in the policy; no text of a policy can name one so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A test on the rows of a table."""

    table: str
    test: Expr


def asking(checked: CheckedPolicy, asked: Sequence[Asked], diagnostics: Diagnostics) -> CheckedPolicy:
    """The policy with tests as criteria of their tables; what is wrong with one is reported at its place."""
    if not asked:
        return checked
    tables: dict[str, Table] = {
        name: replace(table, complete=checked.tables[name].complete) for name, table in STANDARD.items()
    }
    more = tuple(
        Criterion(
            name=f"{TEST} {number}", span=one.test.span, entity=Word(text=one.table, span=one.test.span),
            versions=(RuleVersion(body=one.test, span=one.test.span),),
        )
        for number, one in enumerate(asked)
    )  # fmt: skip
    policy = checked.policy
    return check_policy(replace(policy, criteria=(*policy.criteria, *more)), tables, diagnostics)

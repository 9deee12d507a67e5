"""Which rows the tests of a scenario choose: each test is one more definition of the policy as it is, on its data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from typing import Any

from ....execution.dataset import Dataset
from ....execution.frame import Array
from ....model.standard import STANDARD
from ....model.table import Table
from ....plan.from_checked import plan_policy
from ....plan.part import part_of_plan
from ....plan.plan import Plan
from ....syntax.scenario_changes import Chosen
from ....syntax.tree_edit import with_added
from ....text.diagnostic import Diagnostics, Severity
from ....text.document import Entry, Node, Scalar
from ....text.document import Mapping as Block
from ....text.source import Span
from ....types.check_policy import check_policy
from ....types.checked import CheckedPolicy
from ....types.complaints import not_a_test
from ...policy_data import completed
from ...reruns import Reruns
from .changed_policy import documents_of, policy_of
from .row_keys import texts_of_keys

_NAME = "rows_that_a_scenario_chooses_{}"


@dataclass(frozen=True, slots=True)
class ChosenRows:
    """The policy with a definition for each test, by table and what the test says."""

    checked: CheckedPolicy
    names: Mapping[tuple[str, str], str]

    def found(self, dataset: Dataset, as_of: Date) -> dict[tuple[str, str], tuple[Array, int]]:
        """By table and what the test says: the keys of the rows for which it is true, as texts, and of how many rows it
        is not known.
        """
        if not self.names:
            return {}
        checked = completed(self.checked, dataset)
        wanted = set(self.names.values())
        plan = part_of_plan(self.plan(checked, as_of), lambda column: column.id.name in wanted)
        with Reruns(checked, dataset, as_of, (), plan=plan) as reruns:
            columns = reruns.run().columns
        return {place: _chosen(columns[place[0]], name, dataset, place[0]) for place, name in self.names.items()}

    def plan(self, checked: CheckedPolicy, as_of: Date) -> Plan:
        """The plan of the policy with the tests."""
        return plan_policy(checked, checked.epoch(as_of))


def _chosen(table: Any, name: str, dataset: Dataset, entity: str) -> tuple[Array, int]:
    import pyarrow.compute as pc

    verdicts = table.column(name)
    keys = [table.column(key) for key in dataset.tables[entity].keys]
    true = pc.fill_null(verdicts, False)
    return texts_of_keys([key.filter(true) for key in keys]), int(verdicts.null_count)


def check_chosen(checked: CheckedPolicy, tests: Sequence[tuple[Table, Chosen]], diagnostics: Diagnostics) -> ChosenRows:
    """The tests held to the policy: what is said of a definition is said of each, and one that is neither true nor
    false is reported (T005).
    """
    distinct = {(table.name, one.meaning): one for table, one in tests}
    names = {place: _NAME.format(number) for number, place in enumerate(sorted(distinct), 1)}
    if not names:
        return ChosenRows(checked, {})
    before, told = Diagnostics(), Diagnostics()
    documents = documents_of(checked.policy, before)
    trees = [document.root for document in documents]
    for place, one in distinct.items():
        assert one.test is not None
        trees = with_added(trees, _fragment(place[0], names[place], one.test), [])
    policy = policy_of(checked.policy, dict(zip(documents, trees, strict=True)), told)
    found = None if policy is None else check_policy(policy, STANDARD, told)
    files = {one.test.span.source.name for one in distinct.values() if one.test is not None}
    diagnostics.extend(one for one in told.sorted() if one.severity is Severity.ERROR and one.span.source.name in files)
    if found is None:
        return ChosenRows(checked, {})
    if not told.has_errors:
        by_name = {(one.entity, one.name): one for epoch in found.epochs for one in epoch.definitions}
        for place, name in names.items():
            definition = by_name[place[0], name]
            if definition.expr is not None and definition.type.kind not in ("truth", "unknown"):
                not_a_test(diagnostics, definition.expr, definition.type)
    return ChosenRows(found, names)


def _fragment(entity: str, name: str, test: Scalar) -> Block:
    """The definition of a test, as a policy writes it."""
    span = Span(test.span.source, test.span.start, test.span.start)

    def block(key: str, value: Node) -> Block:
        return Block((Entry(Scalar(key, "plain", span, (span.start,) * (len(key) + 1)), value),), span)

    return block("definitions", block(entity, block(name, replace(test, in_flow=False))))

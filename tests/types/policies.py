"""Short ways to a checked policy, for the tests of this folder."""

from __future__ import annotations

from engine.model.standard import STANDARD
from engine.syntax.parse_policy import parse_policy
from engine.text.diagnostic import Diagnostic, Diagnostics
from engine.text.read import read_document
from engine.text.source import Source
from engine.types.check_policy import check_policy
from engine.types.checked import CheckedDefinition, CheckedEpoch, CheckedPolicy

HEAD = "policy: xx/example\n"
SOURCES = "sources:\n  code-12:\n    title: State Code 12\n"


def check(text: str) -> tuple[CheckedPolicy, tuple[Diagnostic, ...]]:
    """The policy with this text below its id, checked, and what is complained of."""
    diagnostics = Diagnostics()
    document = read_document(Source("policy.yaml", HEAD + text), diagnostics)
    assert document is not None
    policy = parse_policy(document, diagnostics)
    assert policy is not None
    return check_policy(policy, STANDARD, diagnostics), diagnostics.sorted()


def checked(text: str) -> CheckedPolicy:
    """The policy with this text, of which nothing is complained."""
    policy, said = check(text)
    assert said == (), [(told.code, told.message) for told in said]
    return policy


def codes(text: str) -> list[str]:
    """The codes of all complaints, in order of place."""
    return [told.code for told in check(text)[1]]


def marked(text: str) -> list[tuple[str, str]]:
    """The codes of all complaints with the words that they mark."""
    return [(told.code, told.span.text) for told in check(text)[1]]


def column(epoch: CheckedEpoch, entity: str, name: str) -> CheckedDefinition:
    """A computed column of an epoch."""
    (found,) = [one for one in epoch.definitions if (one.entity, one.name) == (entity, name)]
    return found


def value(expression: str, entity: str = "credential") -> CheckedDefinition:
    """The column that an expression makes on an entity."""
    policy = checked(f"definitions:\n  {entity}:\n    it: {expression}\n")
    return column(policy.epochs[0], entity, "it")

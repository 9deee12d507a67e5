"""The laws of differences on policies that nobody made for the purpose: every two bundled policies of one state."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest

from engine.results.diff.apply import apply, mirror
from engine.results.diff.compare import compare
from engine.results.diff.policy_diff import diff_policies
from engine.results.diff.version import Version, read_version
from engine.text.diagnostic import Diagnostics
from tests.house.checkout import ROOT

FILES = sorted(path for path in (ROOT / "policies").glob("*/*.yaml") if not path.name.endswith(".cases.yaml"))
PAIRS = [(one, two) for one, two in combinations(FILES, 2) if one.parent == two.parent]


@cache
def bundled(path: str) -> Version:
    """A bundled policy."""
    diagnostics = Diagnostics()
    found = read_version(path, diagnostics)
    assert found is not None and not diagnostics.has_errors
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_policy_and_itself_have_no_edits(path: object) -> None:
    again = read_version(str(path), Diagnostics())
    assert again is not None
    assert diff_policies(bundled(str(path)), again).edits == ()


@pytest.mark.parametrize(("one", "two"), PAIRS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_edits_lead_there_and_back(one: object, two: object) -> None:
    old, new = bundled(str(one)), bundled(str(two))
    there, back = diff_policies(old, new), diff_policies(new, old)
    assert there.edits and compare(apply(old, there.edits), new.policy) == ()
    assert compare(apply(new, back.edits), old.policy) == ()
    assert set(back.edits) == set(mirror(there).edits)

"""From a file to one policy: where parents are found, and what a policy may not reach."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from engine.syntax.load import BUNDLED, DEEPEST, load_policy
from engine.text.codes import CODES
from engine.text.diagnostic import Diagnostics
from tests.syntax.policies import MAXIMAL
from tests.syntax.shelf import Shelf, codes, shelf

__all__ = ["shelf"]

CATALOG = Path(__file__).resolve().parents[2] / "engine" / "text" / "catalog"

# -- finding parents -----------------------------------------------------------------------------------------------


def test_a_parent_that_is_not_there(shelf: Shelf) -> None:
    _, said = shelf.child("", extends="xx/bsae")
    (told,) = said
    assert (told.code, told.span.text, told.help) == ("N080", "xx/bsae", ("did you mean `xx/base`?",))
    (told,) = shelf.child("", extends="nothing/like-it-anywhere")[1]
    assert "the bundled policies" in told.help[0]


@pytest.mark.parametrize("id", ["../base", "/etc/passwd", "xx/../../base", "C:/x", "~/x", ".", "xx//base", "XX/base"])
def test_a_path_is_no_id(shelf: Shelf, id: str) -> None:
    shelf.write("xx/child", f'policy: xx/child\nextends:\n  - "{id}"\n')
    _, said = shelf.load("xx/child")
    (told,) = said
    assert told.code == "N082"
    assert ("leads out" in told.message) == (".." in id or id[0] in "/~C")


def test_a_link_does_not_lead_out(shelf: Shelf, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("policy: xx/link\n", encoding="utf-8")
    try:
        os.symlink(outside, shelf.root / "xx" / "link.yaml")
    except OSError:
        pytest.skip("no links on this system")
    assert codes(shelf.child("", extends="xx/link")[1]) == ["N082"]


def test_an_id_that_no_file_system_takes(shelf: Shelf) -> None:
    assert codes(shelf.child("", extends=f"xx/{'a' * 5000}")[1]) == ["N080"]


def test_given_roots(tmp_path: Path, shelf: Shelf) -> None:
    path = tmp_path / "elsewhere.yaml"
    path.write_text("policy: yy/elsewhere\nextends: [xx/base]\n", encoding="utf-8")
    diagnostics = Diagnostics()
    load_policy(path, diagnostics)
    assert codes(diagnostics.sorted()) == ["N080"]
    diagnostics = Diagnostics()
    policy = load_policy(path, diagnostics, roots=[shelf.root])
    assert policy and len(policy.parameters) == 2 and diagnostics.sorted() == ()


def test_bundled_policies_are_found_and_named_without_the_place_of_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = Shelf(tmp_path / "installed")
    bundled.write("common/labor-market", "policy: common/labor-market\nyears:\n  earned: school_year\n")
    monkeypatch.setattr("engine.syntax.load.BUNDLED", bundled.root)
    child = tmp_path / "child.yaml"
    child.write_text("policy: xx/child\nextends: [common/labor-market]\n", encoding="utf-8")
    policy = load_policy(child, diagnostics := Diagnostics())
    assert policy and diagnostics.sorted() == ()
    assert policy.years[0].span.source.name == "policies/common/labor-market.yaml"
    assert BUNDLED.name == "policies"


def test_the_folder_is_found_from_within(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.child("")
    monkeypatch.chdir(shelf.root / "xx")
    policy = load_policy("child.yaml", diagnostics := Diagnostics())
    assert policy and diagnostics.sorted() == ()
    assert policy.parameters[0].span.source.name == str(Path("..") / "xx" / "base.yaml")


def test_the_nearest_folder_goes_first(shelf: Shelf) -> None:
    nearest = Shelf(shelf.root)
    nearest.write("xx/base", "policy: xx/base\n")
    nearest.write("xx/child", "policy: xx/child\nextends: [xx/base]\n")
    policy, said = nearest.load("xx/child")
    assert policy and said == () and policy.parameters == ()


def test_rings_are_shown_whole(shelf: Shelf) -> None:
    for one, other in (("a", "b"), ("b", "c"), ("c", "b")):
        shelf.write(f"xx/{one}", f"policy: xx/{one}\nextends: [xx/{other}]\n")
    policy, said = shelf.load("xx/a")
    (told,) = said
    assert policy and told.code == "N081"
    assert told.message.endswith("`xx/b` → `xx/c` → `xx/b`")
    assert [Path(label.span.source.name).stem for label in told.labels] == ["c", "b"]


def test_a_policy_that_extends_itself(shelf: Shelf) -> None:
    shelf.write("xx/self", "policy: xx/self\nextends: [xx/self]\n")
    (told,) = shelf.load("xx/self")[1]
    assert told.code == "N081" and told.message.endswith("`xx/self` → `xx/self`")


def test_too_deep(shelf: Shelf) -> None:
    for step in range(1, DEEPEST + 3):
        shelf.write(f"xx/step-{step}", f"policy: xx/step-{step}\nextends: [xx/step-{step - 1}]\n")
    shelf.write("xx/step-0", "policy: xx/step-0\n")
    assert codes(shelf.load(f"xx/step-{DEEPEST - 1}")[1]) == []
    assert codes(shelf.load(f"xx/step-{DEEPEST}")[1]) == ["N089"]


def test_many_ways_to_one_parent_cost_nothing(shelf: Shelf) -> None:
    # without a memory this would be 2 ** 20 readings
    shelf.write("xx/a-0", "policy: xx/a-0\n")
    shelf.write("xx/b-0", "policy: xx/b-0\n")
    for step in range(1, 20):
        for side in "ab":
            text = f"policy: xx/{side}-{step}\nextends: [xx/a-{step - 1}, xx/b-{step - 1}]\n"
            shelf.write(f"xx/{side}-{step}", text)
    start = time.perf_counter()
    assert shelf.load("xx/a-19")[1] == ()
    assert time.perf_counter() - start < 5


def test_an_id_that_is_not_the_place(shelf: Shelf) -> None:
    shelf.write("xx/moved", "policy: xx/elsewhere\n")
    (told,) = shelf.child("", extends="xx/moved")[1]
    assert (told.code, told.span.text) == ("N087", "xx/elsewhere")


def test_what_is_wrong_in_a_parent_is_shown_there(shelf: Shelf) -> None:
    shelf.write("xx/wrong", "policy: xx/wrong\ntitel: T\n")
    (told,) = shelf.child("", extends="xx/wrong")[1]
    assert told.code == "Y040" and told.span.source.name.endswith("wrong.yaml")


def test_no_policy_at_all(shelf: Shelf, tmp_path: Path) -> None:
    assert shelf.load("xx/nowhere")[0] is None
    for text in ("- a\n", "just text\n", "a: [\n", ""):
        shelf.write("xx/none", text)
        policy, said = shelf.load("xx/none")
        assert policy is None and said
        policy, said = shelf.child("", extends="xx/none")
        assert policy.id == "xx/child" and said


def test_the_maximal_policy(shelf: Shelf) -> None:
    shelf.write("common/labor-market", "policy: common/labor-market\n")
    path = shelf.write("xx/credentials", MAXIMAL)
    start = time.perf_counter()
    policy = load_policy(path, diagnostics := Diagnostics())
    assert policy and diagnostics.sorted() == ()
    assert time.perf_counter() - start < 0.5


# -- the pages -----------------------------------------------------------------------------------------------------


def page(code: str) -> list[list[str]]:
    """The files of *Avoid* and of *Prefer*."""
    text = (CATALOG / f"{code}.md").read_text("utf-8")
    halves = text.split("## Avoid")[1].split("## Why")[0].split("## Prefer")
    return [re.findall(r"^```yaml\n(.+?)^```$", half, flags=re.MULTILINE | re.DOTALL) for half in halves]


@pytest.mark.parametrize("code", [code for code in sorted(CODES) if "N080" <= code <= "N089"])
def test_page_shows_what_it_says(code: str, tmp_path: Path) -> None:
    for half, files in zip(("avoid", "prefer"), page(code), strict=True):
        shelf = Shelf(tmp_path / half)
        shelf.write("common/labor-market", "policy: common/labor-market\n")
        shelf.write("xx/base", "policy: xx/base\n")
        shelf.write("xx/step-0", "policy: xx/step-0\n")
        for step in range(1, DEEPEST + 1):
            shelf.write(f"xx/step-{step}", f"policy: xx/step-{step}\nextends: [xx/step-{step - 1}]\n")
        ids = [text.split("policy: ")[1].split("\n")[0] for text in files]
        for id, text in zip(ids, files, strict=True):
            placed = re.match(r"# policies/(.+)\.yaml", text)
            shelf.write(placed[1] if placed else id, text)
        assert codes(shelf.load(ids[-1])[1]) == ([code] if half == "avoid" else [])

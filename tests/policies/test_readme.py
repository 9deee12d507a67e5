"""The page on the bundled policies names each of them, and says how sure its values are."""

from __future__ import annotations

import re

import pytest

from tests.policies.standing_table import FOLDER, standing_table

PAGE = FOLDER / "README.md"
BLOCK = re.compile(
    r"(<!-- values and cases of each policy; `make golden` writes this table -->\n).*?(\n<!-- end -->)", re.DOTALL
)
NAMES = [
    path.relative_to(FOLDER).with_suffix("").as_posix()
    for path in sorted(FOLDER.rglob("*.yaml"))
    if not path.name.endswith(".cases.yaml")
]


def test_the_table_of_values_and_cases(request: pytest.FixtureRequest) -> None:
    page, table = PAGE.read_text(encoding="utf-8"), standing_table().rstrip("\n")
    made = BLOCK.sub(lambda found: f"{found[1]}{table}{found[2]}", page)
    if request.config.getoption("--update-golden"):
        PAGE.write_bytes(made.encode("utf-8"))
    assert BLOCK.search(page) is not None
    assert made == page, "policies/README.md is behind; `make golden` writes its table"


@pytest.mark.parametrize("name", NAMES)
def test_what_a_policy_covers_is_said(name: str) -> None:
    page = BLOCK.sub("", PAGE.read_text(encoding="utf-8"))
    assert f"]({name}.yaml) |" in page

"""The lock files hold what pyproject.toml asks for, with hashes and nothing of a machine."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.checkout import ROOT

LOCKS = ("run", "prove", "dev", "spark")


def locked(lock: str) -> dict[str, str]:
    """Package → version."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))


def declared() -> set[str]:
    """The packages that the program itself needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[^a-z0-9-]", need)[0] for need in project["dependencies"]}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_a_hash(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_index_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|^--|file:/| /", text, flags=re.MULTILINE)


def test_what_is_declared_is_locked() -> None:
    assert declared() <= set(locked("run"))


def test_each_lock_holds_the_one_before() -> None:
    run, prove, dev, spark = (locked(lock).items() for lock in LOCKS)
    assert run <= prove <= dev <= spark

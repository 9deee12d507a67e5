"""What holds for every file of the checkout."""

from __future__ import annotations

import re

from tests.house.checkout import ROOT, files, name

LINES = 400
BANNED_NAMES = {"utils", "util", "helpers", "helper", "misc", "common"}

# Put together from parts, so that this file does not hold what it looks for.
MACHINE = re.compile(
    r"(?<![\w.~%-])/(?:work|root|home|Users)/\w"
    r"|\b[A-Z]:\\Users\\"
    r"|\bpypi\." + r"org\b"
    r"|\bpython" + r"hosted\.org\b"
    r"|\bregistry\.npm" + r"js\.org\b"
)


def test_no_file_is_longer_than_a_sitting() -> None:
    long = [
        f"{name(path)}: {count} lines"
        for path in files()
        if path.suffix in {".py", ".lark"} and (count := len(path.read_bytes().splitlines())) > LINES
    ]
    assert long == []


def test_a_file_is_named_after_its_noun() -> None:
    assert [name(path) for path in files() if path.suffix == ".py" and path.stem in BANNED_NAMES] == []


def test_no_machine_is_named() -> None:
    found = []
    for path in files():
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name(path)}: {match.group()}" for match in MACHINE.finditer(text)]
    assert found == []


def test_machine_paths_are_recognised() -> None:
    assert MACHINE.search("see /" + "home/anna/policy.yaml")
    assert MACHINE.search("'/" + "work/x'")
    assert not MACHINE.search("https://example.gov/" + "work/rules")


def test_text_has_unix_line_ends() -> None:
    endings = {".py", ".md", ".toml", ".lark", ".yaml", ".json", ".txt"}
    texts = [path for path in files() if path.suffix in endings]
    # files below tests/ may hold foreign line ends on purpose
    assert [
        name(path) for path in texts if b"\r" in path.read_bytes() and not path.is_relative_to(ROOT / "tests")
    ] == []

from __future__ import annotations

import random
from pathlib import PurePosixPath

import pytest

from engine.text.suggest import file_cure, nearest, quoted

NAMES = ["wage_floor", "wage_level", "quorum", "employers_for", "premier", "core", "cite", "FTE"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("wage_flor", "wage_floor"),  # a letter lost
        ("wage_flooor", "wage_floor"),  # one added
        ("wage_fllor", "wage_floor"),  # one changed
        ("qourum", "quorum"),  # two swapped
        ("wage-floor", "wage_floor"),  # another joint
        ("Premier", "premier"),  # another case
        ("fte", "FTE"),
        ("ciet", "cite"),
        ("employer_for", "employers_for"),
        ("cat", None),  # two slips in a short word
        ("completely_different", None),
        ("", None),
        ("x", None),
        ("q" * 10_000, None),
        ("quorum", None),  # the word itself is no suggestion
    ],
)
def test_nearest(word: str, meant: str | None) -> None:
    assert nearest(word, NAMES) == meant


@pytest.mark.parametrize(
    ("name", "beside", "cure"),
    [
        ("a/wages.yaml", ["wages.yaml.txt"], "there is `a/wages.yaml.txt`: rename it to `wages.yaml`"),
        ("areas.csv", ["Areas.csv.csv", "area.csv"], "there is `Areas.csv.csv`: rename it to `areas.csv`"),
        ("areas.csv", ["area.csv", "areas.csvx"], "did you mean `area.csv`?"),
        ("areas.csv", [], "None"),
    ],
)
def test_an_ending_that_an_editor_added_is_told(name: str, beside: list[str], cure: str) -> None:
    assert str(file_cure(PurePosixPath(name), beside)).startswith(cure)


def test_order_of_the_candidates_does_not_matter() -> None:
    candidates = [f"name_{letter}" for letter in "abcdefgh"]
    answers = set()
    for seed in range(20):
        random.Random(seed).shuffle(candidates)
        answers.add(nearest("name_x", candidates))
    assert answers == {"name_a"}


def test_swapped_neighbours_are_one_slip_even_where_a_row_alone_looks_too_far() -> None:
    assert nearest("abdc", ["abcd"]) == "abcd"
    assert nearest("badc", ["abcd"]) is None  # two swaps in four letters


def test_what_is_left_out_of_a_list_is_said() -> None:
    assert quoted([]) == "none" and quoted(iter("ab")) == "`a`, `b`"
    assert quoted("abcd", 2) == "`a`, `b` and 2 more" and quoted("ab", 2) == "`a`, `b`"

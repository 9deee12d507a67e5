"""Draws that depend on seed, name and row alone, against the generator's own published numbers and plain integers."""

from __future__ import annotations

import numpy as np
import pytest

from engine.synth.draws import below, chance, key, mixed, pick, shuffled, words

GAMMA = 0x9E3779B97F4A7C15
WORD = 1 << 64
ROWS = np.arange(20_000, dtype=np.int64)


def test_the_finalizer_gives_the_published_sequence() -> None:
    # SplitMix64 from the seed 1234567, as its authors' C code prints it
    published = [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]
    assert [mixed((1234567 + n * GAMMA) % WORD) for n in range(1, 6)] == published


def test_words_are_that_sequence_from_the_key() -> None:
    begins = key(5, "student.sex")
    assert words(5, "student.sex", ROWS[:50]).tolist() == [mixed((begins + (n + 1) * GAMMA) % WORD) for n in range(50)]


def test_a_draw_does_not_depend_on_the_other_rows() -> None:
    whole = below(3, "a", ROWS, 1000)
    some = ROWS[[19_999, 4, 17, 4]]
    assert below(3, "a", some, 1000).tolist() == whole[some].tolist()
    assert ROWS.tolist() == list(range(20_000)), "the rows are left as they are"


def test_seed_and_name_make_another_sequence() -> None:
    drawn = {tuple(below(seed, name, ROWS[:20], 1000)) for seed in range(5) for name in ("a", "b", "a/2")}
    assert len(drawn) == 15


def test_below_is_the_high_half_times_the_end() -> None:
    expected = [(int(word) >> 32) * 7 >> 32 for word in words(1, "x", ROWS[:200])]
    assert below(1, "x", ROWS[:200], 7).tolist() == expected
    assert below(1, "x", ROWS[:200], np.full(200, 7)).tolist() == expected
    assert set(below(1, "x", ROWS, 7).tolist()) == set(range(7))


def test_chances_and_weights_are_kept() -> None:
    assert 0.28 < chance(1, "c", ROWS, 300).mean() < 0.32
    assert not chance(1, "c", ROWS, 0).any() and chance(1, "c", ROWS, 1000).all()
    counts = np.bincount(pick(1, "p", ROWS, (1, 0, 3)), minlength=3)
    assert counts[1] == 0 and 0.23 < counts[0] / len(ROWS) < 0.27


@pytest.mark.parametrize("end", [1, 2, 3, 5, 64, 240, 1000, 4097])
def test_a_shuffle_is_a_permutation(end: int) -> None:
    moved = shuffled(9, "s", np.arange(end, dtype=np.int64), end)
    assert sorted(moved.tolist()) == list(range(end))
    assert end < 60 or (moved == np.arange(end)).sum() < 10


def test_a_shuffle_is_not_another_shuffle() -> None:
    rows = np.arange(500, dtype=np.int64)
    assert (shuffled(9, "s", rows, 500) == shuffled(9, "t", rows, 500)).sum() < 10

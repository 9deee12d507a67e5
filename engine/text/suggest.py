"""Which known word the writer may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

_LONGEST = 80
"""Longer words are not compared: nobody mistypes them by a letter or two."""


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` most likely stands for, or nothing if none is near.

    Near means: one slip (a letter added, lost, changed, or two neighbours swapped) in a word of up to four
    letters, two in one of up to eight, three in longer ones; case and `-`, `_` and blanks do not count. Among
    equally near candidates the alphabetically first is given, so the answer does not depend on their order.
    """
    if not word or len(word) > _LONGEST:
        return None
    folded = _fold(word)
    allowed = 0 if len(folded) < 3 else 1 if len(folded) <= 4 else 2 if len(folded) <= 8 else 3
    best: tuple[int, str] | None = None
    for candidate in sorted(set(candidates)):
        if candidate == word or abs(len(candidate) - len(word)) > allowed:
            continue
        slips = _slips(folded, _fold(candidate), allowed)
        if slips <= allowed and (best is None or slips < best[0]):
            best = (slips, candidate)
    return best[1] if best else None


def quoted(names: Iterable[str], most: int = 12) -> str:
    """Names to choose from, with how many are left out: `a`, `b` and 3 more; `none` where there are none."""
    known = list(names)
    shown = ", ".join(f"`{name}`" for name in known[:most]) or "none"
    return f"{shown} and {len(known) - most} more" if len(known) > most else shown


def lengthened(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that is `word` with another ending behind it, as editors add `.txt` to the name of a file."""
    return min((one for one in candidates if one.casefold().startswith(f"{word}.".casefold())), default=None)


def file_cure(path: PurePath, beside: Iterable[str]) -> str | None:
    """What to do where there is no file at `path`, but others stand `beside` where it is looked for."""
    others = tuple(beside)
    longer = lengthened(path.name, others)
    if longer is not None:
        there = path.with_name(longer)
        return f"there is `{there}`: rename it to `{path.name}` (some editors add an ending, and Windows hides it)"
    near = nearest(path.name, others)
    return f"did you mean `{path.with_name(near)}`?" if near else None


def _fold(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


def _slips(left: str, right: str, allowed: int) -> int:
    """Edit distance with swaps of neighbours (optimal string alignment); gives up above `allowed`."""
    before: list[int] = []
    above = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            least = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        if min(row) > allowed and (not before or min(above) > allowed):
            return allowed + 1
        before, above = above, row
    return above[-1]

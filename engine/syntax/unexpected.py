"""Why an expression cannot go on with a word, and what may have been meant."""

from __future__ import annotations

from collections.abc import Sequence

from .automaton import END, Automaton, Word, accepted, shifted, stack_after
from .slips import AFTER_A_NUMBER, KEYWORDS, Slip, shortened

_NAMED = {
    "RPAR": "`)`", "RBRACE": "`}`", "LBRACE": "`{`", "LPAR": "`(`", "COMMA": "a comma",
    "THEN": "`then`", "ELSE": "`else`", "TO_UNDER": "`to under`",
    "OVER": "`over`", "BY": "`by`", "WHERE": "`where`", "WITHIN": "`within`",
    "NUMBER": "a number", "NAME": "a name", "PROSE": "text", END: "the end",
}  # fmt: skip
_CLOSING = frozenset(("RPAR", "RBRACE"))


_NOTHING = frozenset(("null", "none", "empty", "blank", "unknown", "na", "nothing"))
"""What others call missing."""


_DIRECTIONS = {
    **dict.fromkeys(("descending", "descend", "decreasing", "down", "highest", "reverse"), "desc"),
    **dict.fromkeys(("ascending", "ascend", "increasing", "up", "lowest"), "asc"),
}
"""What others call the directions of an order."""


def explained(tables: Automaton, words: Sequence[Word], index: int, start: str) -> Slip:
    """The complaint about the word that the grammar has no place for; the last of `words` is the `END`."""
    word, end = words[index], words[-1]
    before = words[index - 1] if index else None
    following = [*words[index + 1 : index + 3], end, end]
    # from before the word: what it made the parser finish might have gone on
    stack = stack_after(tables, words[:index], start)
    may = accepted(tables, stack)
    slip = (
        _about_commas(word, before, may)
        or _about_is(word, following)
        or _about_lists(word, before)
        or _about_keywords(tables, stack, word, following[0], may)
        or _about_neighbours(word, before, may, start)
    )
    if slip:
        return slip
    if word.kind == END:
        return Slip("S002", word.start, word.end, _expectation(may))
    if word.text == "=" and before is None:
        return Slip("S001", word.start, word.end, "an expression begins without a sign", found="=")
    return Slip("S001", word.start, word.end, _expectation(may), found=shortened(word.text))


def _about_commas(word: Word, before: Word | None, may: frozenset[str]) -> Slip | None:
    if before and before.kind == "COMMA" and (word.kind in _CLOSING or word.kind == END):
        return Slip("S013", before.start, before.end, "delete the comma, or write what follows it")
    if word.kind != "COMMA":
        return None
    if "THEN" in may and may & {END, "RPAR"}:
        return Slip("S026", word.start, word.end, "write `then` instead of the comma")
    if END in may:
        return Slip("S001", word.start, word.end, "a comma separates arguments, inside brackets only", found=",")
    if "RPAR" in may:
        cure = "a choice is written `if … then … else …`, a list of values `in {a, b}`"
        return Slip("S001", word.start, word.end, _expectation(may), cure, found=",")
    return None


def _about_is(word: Word, following: Sequence[Word]) -> Slip | None:
    if word.kind != "IS":
        return None
    first, second, *_ = following
    asked = {("NOT", "MISSING"): "is known", ("NOT", "KNOWN"): "is missing"}.get((first.kind, second.kind))
    if asked:
        return Slip("S021", word.start, second.end, f"write `{asked}`")
    if first.text.lower() in _NOTHING:
        return Slip("S021", word.start, first.end, "write `is missing`")
    cures = ("for a missing value write `is missing` or `is known`", "to compare write `=` or `!=`")
    return Slip("S021", word.start, word.end, *cures)


def _about_lists(word: Word, before: Word | None) -> Slip | None:
    if before and before.kind in ("IN", "NOT_IN") and word.kind != "LBRACE":
        cure = f"write `in {{{word.text}}}`" if word.kind in ("NAME", "TEXT", "NUMBER") else "write `in {a, b}`"
        return Slip("S022", word.start, word.end, cure)
    return None


def _about_keywords(
    tables: Automaton, stack: Sequence[int], word: Word, following: Word, may: frozenset[str]
) -> Slip | None:
    if word.kind == "IF" and "NAME" in may:
        return Slip("S033", word.start, word.end, "put the choice in brackets: `(if … then … else …)`")
    if word.kind == "TO" and "TO_UNDER" in may:
        cure = "write `from … to under …`, with the upper end out, or `between … and …`, with both ends in"
        return Slip("S001", word.start, word.end, cure, found="to")
    if word.text not in KEYWORDS:
        return None
    if "NAME" in may:
        # a keyword stands for a name if the expression could go on after that name
        named = shifted(tables, stack, "NAME")
        if named and shifted(tables, named, following.kind):
            return _about_name(word)
    elif word.kind in ("OVER", "WHERE", "BY", "WITHIN") and END in may:
        cure = f"`{word.text}` belongs into the brackets of a function, as in `count(students where graduated)`"
        return Slip("S001", word.start, word.end, cure, found=word.text)
    return None


def _about_name(word: Word) -> Slip:
    if word.text == "otherwise":
        cure = "`otherwise` stands alone, in the last line of a choice"
    else:
        cure = f'a value is written in quotes, `"{word.text}"`; a column is given another name in the dataset'
    return Slip("S014", word.start, word.end, cure, word=word.text)


def _about_neighbours(word: Word, before: Word | None, may: frozenset[str], start: str) -> Slip | None:
    if before is None or word.kind != "NAME":
        return None
    cures: list[str] = []
    if word.text.lower() in _DIRECTIONS and start == "order":
        way = _DIRECTIONS[word.text.lower()]
        cures.append(
            f"write `{before.text} {way}`" if way == "desc" else f"write `{before.text}`: the least stands first"
        )
    elif before.kind in ("NUMBER", "MONEY", "PERCENT") and word.text.lower() in AFTER_A_NUMBER:
        cures.append(AFTER_A_NUMBER[word.text.lower()].format(number=before.text))
    elif before.kind == "PERCENT":
        cures.append(f"a part of something is written `{before.text} of {word.text}`")
    elif before.kind == "NAME" and "OVER" in may:
        cures.append(f"rows stand after `over`: `{before.text} over {word.text}`")
    elif before.kind == "NAME":
        one, value = f"{before.text}_{word.text}", f'"{before.text} {word.text}"'
        cures.append(f"a name is one word, `{one}`; a value of several words stands in quotes, `{value}`")
        if "WHERE" in may:
            cures.append(f"rows are narrowed by `where`: `{before.text} where {word.text}`")
    return Slip("S001", word.start, word.end, *cures, found=shortened(word.text)) if cures else None


def _expectation(may: frozenset[str]) -> str:
    """What may stand here, in plain words."""
    if "ELSE" in may:
        return "every `if` has its `else`: `if … then … else …`"
    value = "NAME" in may and "LPAR" in may
    expected = ["a value"] if value else []
    if "OR" in may:
        expected.append("an operator such as `and`, `=` or `+`")
    elif "AND" in may:
        expected.append("`and`")
    shown = may - ({"NAME", "LPAR", "NUMBER"} if value else {"LPAR"})
    expected += [text for kind, text in _NAMED.items() if kind in shown]
    if len(expected) < 2:
        return f"expected here: {expected[0]}" if expected else "nothing can follow here"
    return f"expected here: {', '.join(expected[:-1])} or {expected[-1]}"

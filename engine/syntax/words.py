"""From characters to words: the literals, names and signs of an expression, each with its place."""

from __future__ import annotations

import re
from typing import NoReturn

from .automaton import END, Word
from .slips import CHARACTERS, KEYWORDS, OPERATORS, POWERS, QUOTES, Slip, shortened

LONGEST = 20_000
"""Characters that an expression may have."""

DEEPEST = 60
"""Brackets that may be open at one place."""

DIGITS = 100
"""Digits that a number may have; the checker bounds them further, with all that is computed from them."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_KINDS = (
    ("SPACE", r"\s+"),
    ("TEXT", r'"(?:[^"]|"")*"'),
    ("MONEY", r"\$(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?(?:/[A-Za-z_][A-Za-z0-9_]*)?"),
    ("DATE", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    ("YEARS", r"[0-9]{4}[-–](?:[0-9]{2}){1,2}(?![\w.-])"),
    ("DAY_OF", rf"(?:[0-9]{{1,2}}\s+(?:{'|'.join(MONTHS)})|(?:first|last)\s+day)\s+of\b"),
    ("DURATION", r"[0-9]+\s+(?:year|month|week|day)s?\b"),
    ("THOUSANDS", r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])(?:\.[0-9]+)?"),
    ("PERCENT", r"[0-9]+(?:\.[0-9]+)?%"),
    ("NUMBER", r"[0-9]+(?:\.[0-9]+)?"),
    ("NOT_IN", r"not\s+in\b"),
    ("IS_KNOWN", r"is\s+known\b"),
    ("IS_MISSING", r"is\s+missing\b"),
    ("TO_UNDER", r"to\s+under\b"),
    ("AS_OF", r"as\s+of\b"),
    ("YEAR_OF", r"(?:school_year|fiscal_year|class)\s+of\b"),
    ("NAME", r"[A-Za-z_][A-Za-z0-9_]*"),
    ("FOREIGN", "|".join(re.escape(sign) for sign in (*(o for o in OPERATORS if o != "!"), *POWERS)) + "|!(?!=)"),
    ("COMPARE", r"<=|>=|!=|=|<|>"),
    ("SIGN", r"[(){},.+*/-]"),
    ("OTHER", r"(?s:.)"),
)
_SCAN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS))
_SIGNS = {
    "(": "LPAR", ")": "RPAR", "{": "LBRACE", "}": "RBRACE", ",": "COMMA", ".": "DOT",
    "+": "PLUS", "-": "MINUS", "*": "STAR", "/": "SLASH",
}  # fmt: skip
_CLOSES = {"(": ")", "{": "}"}
_GLUED = re.compile(r"\w+")


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words of the expression between two places of a text, and the `END`; raises `Slip`."""
    _check_length(text, start, end)
    words: list[Word] = []
    _scan(text, start, end, words, hole=False)
    if not words:
        raise Slip("S003", start, end, "write a value, or leave the whole line out")
    words.append(Word(END, "", words[-1].end, words[-1].end))
    return words


def words_of_sentence(text: str, start: int, end: int) -> list[Word]:
    """The words of a sentence: prose, and expressions between `{` and `}`; raises `Slip`."""
    _check_length(text, start, end)
    words: list[Word] = []
    prose, at, since = "", start, start
    while at < end:
        char = text[at]
        if char in "{}" and text[at + 1 : min(at + 2, end)] == char:
            prose += char
            at += 2
        elif char == "}":
            raise Slip("S029", at, at + 1, "a brace that is part of the text is written twice: `}}`")
        elif char == "{":
            if prose:
                words.append(Word("PROSE", prose, since, at))
            if text.find("}", at, end) < 0:
                raise Slip(
                    "S028", at, at + 1, "close it with `}`; a brace that is part of the text is written twice: `{{`"
                )
            words.append(Word("LBRACE", "{", at, at + 1))
            before, inner = len(words), at + 1
            at = _scan(text, inner, end, words, hole=True)
            if len(words) == before:
                raise Slip(
                    "S003", inner - 1, at + 1, "write a value between the braces, or `{{}}` for the braces themselves"
                )
            words.append(Word("RBRACE", "}", at, at + 1))
            at += 1
            prose, since = "", at
        else:
            prose += char
            at += 1
    if prose:
        words.append(Word("PROSE", prose, since, end))
    words.append(Word(END, "", end, end))
    return words


def _check_length(text: str, start: int, end: int) -> None:
    if end - start > LONGEST:
        raise Slip(
            "S031",
            start,
            start + 1,
            "give parts of it names under `definitions`",
            count=f"{end - start:,}",
            most=f"{LONGEST:,}",
        )


def _scan(text: str, start: int, end: int, words: list[Word], *, hole: bool) -> int:
    """Append the words up to `end`, in a hole up to the `}` that closes it; returns where it stopped."""
    opened: list[Word] = []
    at = start
    while at < end:
        match = _SCAN.match(text, at, end)
        assert match is not None and match.lastgroup is not None, "every character is of some kind"
        kind, found = match.lastgroup, match.group()
        after = match.end()
        if kind == "SIGN":
            kind = _SIGNS[found]
            if hole and found == "}" and not opened:
                return at
            word = Word(kind, found, at, after)
            if found in _CLOSES:
                opened.append(word)
                if len(opened) > DEEPEST:
                    raise _too_deep(at, after)
            elif found in ")}":
                _close(opened, word)
            else:
                _check_sign(text, start, end, word, words)
            words.append(word)
        elif kind == "NAME":
            words.append(_named(found, at, after, words))
        elif kind == "DURATION" and words and words[-1].kind == "TOP":  # `top 3 weeks by hours`: the rows are weeks
            after = at + len(found.split()[0])
            words.append(Word("NUMBER", text[at:after], at, after))
        elif kind == "YEAR_OF" and words and words[-1].kind == "DOT":  # `policy.class of x`: a name and `of`
            after = at + len(found.split()[0])
            words.append(Word("NAME", text[at:after], at, after))
        elif kind != "SPACE":
            if kind in _LITERALS:
                _check_literal(text, at, after, end, kind)
            elif kind in _NEVER:
                _explain(text, start, at, after, end, kind)
            words.append(Word(kind, found, at, after))
        at = after
    if hole:
        raise Slip("S028", start - 1, start, "close it with `}`")
    if opened:
        last = opened[-1]
        raise Slip(
            "S009",
            last.start,
            last.end,
            f"close it with `{_CLOSES[last.text]}`",
            open=last.text,
            close=_CLOSES[last.text],
        )
    return end


def _too_deep(start: int, end: int) -> Slip:
    return Slip("S030", start, end, "give parts of it names under `definitions`")


def _named(found: str, start: int, end: int, words: list[Word]) -> Word:
    if found in KEYWORDS:
        return Word(found.upper(), found, start, end)
    if found.lower() in KEYWORDS:
        raise Slip(
            "S006", start, end, f'write `{found.lower()}`, or `"{found}"` in quotes if it is a value', word=found
        )
    return Word("NAME", found, start, end)


def _close(opened: list[Word], word: Word) -> None:
    if opened and _CLOSES[opened[-1].text] == word.text:
        opened.pop()
        return
    if opened:
        last = opened[-1]
        close = _CLOSES[last.text]
        raise Slip(
            "S009", last.start, last.end, f"put a `{close}` before this `{word.text}`", open=last.text, close=close
        )
    raise Slip("S010", word.start, word.end, "take it out, or open the bracket further left", close=word.text)


def _check_sign(text: str, start: int, end: int, word: Word, words: list[Word]) -> None:
    after = text[word.end : min(word.end + 1, end)]
    if (
        word.text == "."
        and after.isdecimal()
        and (not words or words[-1].end < word.start or words[-1].kind not in ("NAME", "RPAR"))
    ):
        digits = _GLUED.match(text, word.end, end)
        number = f".{digits.group() if digits else after}"
        raise Slip("S019", word.start, word.start + len(number), f"write `0{number}`", found=number)
    money = bool(words) and words[-1].kind == "MONEY" and words[-1].end == word.start
    if word.text == "," and money and (digits := _GLUED.match(text, word.end, end)):
        first, found = words[-1], text[words[-1].start : digits.end()]
        cures = (
            "the digits of an amount stand in threes, `$1,250`",
            f"two arguments: `{first.text}, {digits.group()}`",
        )
        raise Slip("S020", first.start, digits.end(), *cures, found=shortened(found))
    if word.text == "," and after and not after.isspace() and after not in ")}":
        fixed = f"{text[start : word.end]} {text[word.end : end]}".strip()
        cure = f"write `{fixed}`" if len(fixed) <= 60 and "\n" not in fixed else "put a space after the comma"
        raise Slip("S011", word.start, word.end, cure)


# -- literals, and what is nearly one --------------------------------------------------------------------------------

_LITERALS = frozenset(("NUMBER", "PERCENT", "MONEY", "DATE", "DURATION", "DAY_OF"))
_NEVER = frozenset(("YEARS", "THOUSANDS", "FOREIGN", "OTHER"))


def _check_literal(text: str, start: int, after: int, end: int, kind: str) -> None:
    """Complain of a literal that runs on into letters, or has more digits than the engine holds."""
    found = text[start:after]
    glued = _GLUED.match(text, after, end)
    code = "S020" if kind == "MONEY" else "S019"
    if glued and kind not in ("DAY_OF", "DURATION"):
        whole = found + glued.group()
        if kind == "PERCENT":
            raise Slip(code, start, glued.end(), f"put a space after `{found}`", found=shortened(whole))
        raise Slip(
            code,
            start,
            glued.end(),
            "write all the digits, and a space or a sign before a name",
            found=shortened(whole),
        )
    if kind in ("NUMBER", "MONEY") and text[after : min(after + 1, end)] == ".":
        raise Slip(
            code, start, after + 1, f"write `{found}`, with digits after a point if there is one", found=f"{found}."
        )
    if sum(char.isdecimal() for char in found) > DIGITS:
        raise Slip(code, start, after, f"a number has at most {DIGITS} digits", found=shortened(found))
    if kind == "DURATION" and len(found.split()[0]) > 4:
        raise Slip(code, start, after, "a length of time has at most four digits", found=shortened(found))


def _explain(text: str, start: int, at: int, after: int, end: int, kind: str) -> NoReturn:
    found = text[at:after]
    if kind == "YEARS":
        first, last = re.split("[-–]", found)
        raise Slip(
            "S017", at, after,
            f'a school year as a value stands in quotes, `"{found}"`',
            "the school year that holds a date is `school_year of d`",
            f"to subtract, write `{first} - {last}`",
            found=found,
        )  # fmt: skip
    if kind == "THOUSANDS":
        cures = [f"write `{found.replace(',', '')}`, or `${found}` for an amount of money"]
        if text[start:at].strip() or text[after:end].strip():
            cures.append(f"two arguments are written `{found.replace(',', ', ')}`")
        raise Slip("S012", at, after, *cures, found=found)
    if kind == "FOREIGN":
        if found in POWERS:
            raise Slip("S005", at, after, "write the multiplication out: `x * x`", found=found)
        raise Slip("S005", at, after, f"write `{OPERATORS[found]}`", found=found)
    if found == '"':
        raise Slip("S008", at, after, 'close the text with `"`; a quote inside a text is written twice')
    if found in QUOTES:
        close = text.find(QUOTES[found], after, end)
        inner = text[after:close] if close >= 0 else ""
        cure = f'write `"{inner}"`' if inner and len(inner) <= 60 and '"' not in inner else 'write `"…"`'
        raise Slip("S007", at, close + 1 if close >= 0 else after, cure, mark=found)
    if found == "$":
        rest = re.compile(r"\$\s*-?\s*[0-9][0-9,.]*").match(text, at, end)
        stop = rest.end() if rest else after
        raise Slip("S020", at, stop, "write `$1,250`, or `-$1,250` for less than nothing", found=text[at:stop])
    if found.isprintable() and not found.isspace():
        cure = CHARACTERS.get(found, "names are of the letters a to z, digits and `_`; other text stands in quotes")
        raise Slip("S004", at, after, cure, found=found)
    raise Slip("S004", at, after, "delete it: it cannot be seen", found=f"U+{ord(found):04X}")

"""What YAML refuses, said in the words of the person who wrote it.

The parser's own message names tokens; what helps is the cause, which nearly always is a text that should
stand in quotes or a line that stands in the wrong column. Both parsers (C and Python) give the same places
but other words, so the words are looked at only for what they have in common.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from .diagnostic import Diagnostics, Label
from .document import Scalar
from .flow import report_flow, shortened, value_around
from .quote import as_scalar, quoted
from .source import Source, Span

_LINE = re.compile(
    r"""(?P<lead>[ ]*(?:-[ ]+)*)
        (?:(?P<key>"[^"\n]*"|'[^'\n]*'|[^\s:#'"\[{][^:#\n]*?)[ ]*:(?=[ \t\r\n]|\Z)[ \t]*)?
        (?P<value>[^\r\n]*)""",
    re.VERBOSE,
)
_COMMENTS = re.compile(r"[ \t]+(#[^\n]*)\n(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*\Z")
_PARTNER = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line taken apart: `key` is empty where it has none, `value` begins at offset `value_at`."""

    start: int
    indent: int
    key: str
    key_at: int
    value: str
    value_at: int


def explain(source: Source, problem: yaml.MarkedYAMLError, last: Scalar | None, diagnostics: Diagnostics) -> None:
    """Report (Y001, Y007, Y014, Y019 to Y031) why the parser stopped after the value `last`."""
    size = len(source.text)
    at = min(problem.problem_mark.index if problem.problem_mark else size, size)
    begun = min(problem.context_mark.index, size) if problem.context_mark else at
    _Case(source, at, begun, last, diagnostics).explain(problem.problem or "", problem.context or "")


class _Case:
    """One refusal: the parser stopped at `at`, in something that had begun at `begun`."""

    def __init__(self, source: Source, at: int, begun: int, last: Scalar | None, diagnostics: Diagnostics) -> None:
        self.source, self.text = source, source.text
        self.at, self.begun, self.last = at, begun, last
        self.diagnostics = diagnostics
        self.report = diagnostics.report
        self.line = self._line(at)

    def explain(self, problem: str, context: str) -> None:
        """Choose the complaint."""
        if "tab character" in problem or ("cannot start" in problem and self.text[self.at : self.at + 1] == "\t"):
            self.report("Y007", self._span(self.at, 1), help="write a blank instead of the tab")
        elif "cannot start any token" in problem:
            self._beginning(self.at)
        elif "block scalar" in context:
            self._block_header()
        elif any(word in context for word in ("alias", "anchor", "a tag", "parsing a node")):
            self._beginning(self.begun)
        elif "quoted scalar" in context:
            self._in_quotes(problem)
        elif "directive" in context or "directive" in problem or "incompatible" in problem:
            self._directive(self._line(self.begun).start)
        elif "flow node" in context:
            self._between_commas()
        elif "flow" in context:
            self._in_brackets()
        elif "mapping values are not allowed" in problem:
            self._second_colon()
        elif "could not find expected ':'" in problem:
            self._without_colon(self._line(self.begun))
        elif "are not allowed" in problem:
            if self.line.key:
                self._beginning(self.at)
            else:
                self._misplaced()
        elif "node content" in problem and self.at < len(self.text):
            self._beginning(self.at)
        elif "document start" in problem and (above := self._above(self.line.start)) and self.text[above.start] == "%":
            self._directive(above.start)
        elif "block" in context or "document start" in problem:
            self._after_value()
        else:
            self._unknown()

    # -- the cases -----------------------------------------------------------------------------------------

    def _directive(self, start: int) -> None:
        found = self.text[start:].split("\n", 1)[0].rstrip()
        self.report("Y031", self._span(start, len(found)), help="delete the line", found=shortened(found))

    def _beginning(self, at: int) -> None:
        """A value begins with a sign that YAML keeps for itself."""
        line = self._line(at)
        if not line.value_at <= at < line.value_at + max(1, len(line.value)):
            self._unknown()
            return
        self.report("Y020", self._span(at, 1), help=self._in_quotes_help(line), sign=self.text[at : at + 1])

    def _block_header(self) -> None:
        line = self._line(self.begun)
        sign = re.compile(r">=?").match(self.text, self.begun)
        if not sign:
            self._beginning(self.begun)
            return
        rest = self.text[self.begun :].split("\n", 1)[0].split(" #")[0].rstrip()
        lead = f"{line.key}: " if line.key else ""
        help = [f"say what is compared, as in `{lead}index {shortened(rest)}`"]
        if not re.match(r">=?\s*[\d$-]", rest):
            help.append(f"if it is a sentence, put it in quotes: `{lead}{shortened(quoted(rest))}`")
        note = "to YAML a value that begins with `>` is a text whose lines are joined"
        self.report("Y023", Span(self.source, *sign.span()), help=help, notes=note, sign=sign.group())

    def _in_quotes(self, problem: str) -> None:
        if "escape" in problem or "hexadecimal" in problem:
            at = self.text.rfind("\\", self.begun, self.at + 1)
            at = self.at if at < 0 else at
            found = self.text[at : at + 2]
            help = "write `\\\\` for a backslash, or put the text in single quotes, where it is a plain sign"
            self.report("Y028", self._span(at, 2), help=help, found=found)
        else:
            self._unclosed(self.begun)

    def _unclosed(self, opening: int) -> None:
        line = self._line(opening)
        char = self.text[opening]
        help = [f"close it with another `{char}`"]
        if opening == line.value_at:
            same = f"close it with another `{char}` on the same line"
            help = [self._in_quotes_help(line) if char == "'" else same]
        self.report("Y025", self._span(opening, 1), help=help)

    def _in_brackets(self) -> None:
        line = self._line(self.begun)
        stop = self._partner(self.begun)
        bracket = self.text[self.begun]
        if stop is None:
            close = _PARTNER.get(bracket, "")
            help = [f"close it with `{close}`"]
            if self.begun == line.value_at:
                help.append(f"if it is a sentence, put it in quotes: `{self._quoted_line(line)}`")
            span = self._span(self.begun, 1)
            self.report("Y029", span, help=help, bracket=bracket, fault="is never closed")
        elif self.begun == line.value_at and stop < len(self._content(line)) + line.value_at:
            self._beginning(self.begun)
        else:
            found = value_around(self.source, self.begun, stop, self.at).text
            key = line.key if self.begun == line.value_at else None
            at = self._span(self.at, 1)
            report_flow(self.source, self.begun, stop, key, self.diagnostics, at=at, found=found)

    def _between_commas(self) -> None:
        opening = self._opening(self.at)
        if opening is not None and self._partner(opening) is None:
            self.begun = opening
            self._in_brackets()
        else:
            help, problem = "delete one of the commas", "nothing stands between two commas"
            self.report("Y001", self._span(self.at, 1), help=help, problem=problem)

    def _second_colon(self) -> None:
        line = self.line
        key = _LINE.match(self.text, line.start)
        colon = self.text.find(":", line.key_at + len(line.key)) if key and line.key else self.at
        if self.at > colon:
            help = f"put the text in quotes: `{self._quoted_line(line)}`"
            self.report("Y021", self._span(self.at, 1), help=help)
            return
        above = self._above(line.start)
        if above and not above.key and above.indent <= line.indent:
            self._without_colon(above)
        else:
            self._misplaced()

    def _without_colon(self, line: _Line) -> None:
        found = self._content(line)
        tight = re.match(r"[\w-]+:(?=\S)", found)
        if tight:
            help = f"put a blank after the colon: `{found[: tight.end()]} {shortened(found[tight.end() :])}`"
        else:
            help = "write a colon and a blank after the key; further lines of a text are indented below its key"
        self.report("Y027", self._span(line.value_at, len(found)), help=help, found=shortened(found))

    def _after_value(self) -> None:
        """Something follows a value that was complete, or a line fits into nothing that is open."""
        char, last = self.text[self.at : self.at + 1], self.last
        between = self.text[last.span.end : self.at] if last else ""
        if char == ":" and self.line.value_at == self.at:
            help = "write a name before the colon"
            self.report("Y014", self._span(self.at, 1), help=help, found="nothing at all")
        elif last and last.style in ("single", "double") and not between.strip(" \t"):
            self._after_quotes(last)
        elif char and char in "}]":
            help = f"delete it, or put the text in quotes: `{self._quoted_line(self.line)}`"
            self.report("Y029", self._span(self.at, 1), help=help, bracket=char, fault="closes nothing")
        elif self.line.value[:1] in ("{", "[", "*", "&", "!") and self.line.value_at < self.at:
            self._beginning(self.line.value_at)
        elif last and self.line.key and self._is_bare(opening := self._line(last.span.start)):
            self._without_colon(opening)
        elif last and (comment := _COMMENTS.match(between)):
            self._after_comment(last, comment)
        else:
            self._misplaced()

    def _after_quotes(self, last: Scalar) -> None:
        opening, line = self._line(last.span.start), self.line
        if opening.start != line.start:
            self._unclosed(last.span.start)
            return
        found = self.text[self.at :].split("\n", 1)[0].split(" #")[0].rstrip()
        label = (Label(last.span, "to YAML the value is this"),)
        help = f"put the whole value in quotes: `{self._quoted_line(opening)}`"
        self.report("Y024", self._span(self.at, len(found)), others=label, help=help, found=shortened(found))

    def _after_comment(self, last: Scalar, comment: re.Match[str]) -> None:
        start = last.span.end + comment.start(1)
        text = comment.group(1).rstrip()
        whole = " ".join((self.text[last.span.start : start] + text + " " + self._content(self.line)).split())
        line = self._line(last.span.start)
        lead = f"{line.key}: " if line.key else ""
        help = f"put the whole text in quotes: `{lead}{shortened(quoted(whole), 100)}`"
        others = (Label(self._span(start, len(text)), "this is a comment"),)
        self.report("Y030", self._span(self.at, 1), others=others, help=help, comment=shortened(text))

    def _misplaced(self) -> None:
        line = self.line
        places: list[str] = []
        reached, above = line.indent + 10_000, self._above(line.start)
        while above and len(places) < 3:
            if above.indent < reached:
                reached = above.indent
                name = shortened(above.key or self._content(above), 30)
                places.append(f"`{name}` ({_blanks(reached)})")
            above = self._above(above.start) if reached else None
        help = ["keys that belong together begin in the same column; what belongs to one is indented below it"]
        if places:
            help.append(f"before this line stand {_blanks(line.indent)}; above it, {', '.join(places)}")
        at = line.start + line.indent
        found = shortened(self.text[at:].split("\n", 1)[0], 40)
        if re.match(r"-[A-Za-z]", found):
            help = [f"if it is an entry of a list, put a blank after the `-`: `- {found[1:]}`", *help]
        self.report("Y026", self._span(at, max(1, len(line.key) or 1)), help=help, found=found)

    def _unknown(self) -> None:
        found = shortened(self.text[self.at :].split("\n", 1)[0], 40)
        problem = f"it cannot go on with `{found}` here" if found else "it ends too early"
        help = "if this stands in a sentence or an expression, put the whole of it in quotes"
        self.report("Y001", self._span(self.at, 1), help=help, problem=problem)

    # -- looking at the text -------------------------------------------------------------------------------

    def _span(self, start: int, length: int) -> Span:
        return Span(self.source, start, min(start + length, len(self.text)))

    def _line(self, at: int) -> _Line:
        start = self.text.rfind("\n", 0, at) + 1
        found = _LINE.match(self.text, start)
        assert found is not None  # every part of the pattern may be empty
        indent = len(found["lead"]) - len(found["lead"].lstrip(" "))
        key_at = found.start("key") if found["key"] else found.end("lead")
        return _Line(start, indent, found["key"] or "", key_at, found["value"].rstrip(), found.start("value"))

    def _above(self, start: int) -> _Line | None:
        """The last line before `start` that is neither empty nor a comment."""
        while start > 0:
            line = self._line(start - 1)
            if (line.key or line.value) and not line.value.startswith("#"):
                return line
            if line.key:
                return line
            start = line.start
        return None

    def _is_bare(self, line: _Line) -> bool:
        """Whether a line is a text with neither a key nor a dash before it."""
        return not line.key and line.value_at == line.start + line.indent

    def _content(self, line: _Line) -> str:
        """The value of a line without a comment after it."""
        return re.split(r"\s#(?![\w])", line.value)[0].rstrip()

    def _quoted_line(self, line: _Line) -> str:
        lead = f"{line.key}: " if line.key else ""
        value = self._content(line)
        return lead + shortened(as_scalar(value) if line.key else quoted(value), 100)

    def _in_quotes_help(self, line: _Line) -> str:
        return f"put the text in quotes: `{self._quoted_line(line)}`"

    def _partner(self, opening: int) -> int | None:
        """The offset after the bracket that closes `opening`; a key beside its line ends the search."""
        depth, indent = 0, self._line(opening).indent
        for at in range(opening, len(self.text)):
            char = self.text[at]
            if char in "{[":
                depth += 1
            elif char in "}]":
                depth -= 1
                if not depth:
                    return at + 1
            elif char == "\n":
                line = self._line(at + 1)
                if line.key and line.indent <= indent:
                    return None
        return None

    def _opening(self, at: int) -> int | None:
        """The offset of the innermost bracket that is open at `at`."""
        depth = 0
        for before in range(at - 1, -1, -1):
            char = self.text[before]
            depth += (char in "}]") - (char in "{[")
            if depth < 0:
                return before
        return None


def _blanks(number: int) -> str:
    return "no blanks" if not number else f"{number} blank{'' if number == 1 else 's'}"

"""What is asked of a row, in a form that can be asked again of a run in which something is otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...execution.reference import Interpreter
from ...execution.values import NOT_APPLICABLE, Key, Missing, Value
from ...types.lower.line import Line
from ..decision import verdict_of
from ..dollars import dollars
from ..quantity import shown
from ..replay import Replay

ON_LIST = ("listed", "stays", "exception")
"""The places of a row that is on a priority list."""

PAID = ("paid", "limited")


@dataclass(frozen=True, slots=True)
class Question:
    """A result that is one thing or the other: `name` of the row `key`, and how it is called.

    `kind` is `truth`, `rule`, `eligibility`, `list`, `claim` or `rating`. `called` is the rule in a sentence;
    `verdicts` are the field's own words for those of an eligibility.
    """

    replay: Replay
    kind: str
    entity: str
    name: str
    key: Key
    called: str
    verdicts: tuple[tuple[str, str], ...] = ()
    line: Line | None = None

    def answer(self, run: Interpreter) -> Value:
        """The result."""
        return run.value(self.entity, self.name, self.key)

    def sign(self, value: Value) -> bool | None:
        """Whether an answer is the good one; nothing where it cannot be told or is neither."""
        if self.kind == "list":
            return None if value in ("pending_review", "left_off") else value in ON_LIST
        if self.kind == "claim":
            return value in PAID if value in (*PAID, "denied") else None
        return value if isinstance(value, bool) else None

    def says(self, run: Interpreter, word: str = "would") -> str:
        """The answer as the rest of a sentence that begins with `it`: `it would meet good_job`."""
        value = self.answer(run)
        match self.kind:
            case "list":
                return self._place(run, str(value), word)
            case "claim":
                return self._claim(run, str(value), word)
            case "eligibility":
                said = dict(self.verdicts).get(verdict_of(value), verdict_of(value).replace("_", " "))
                return f"{word} be {said}"
            case "rating":
                return f"{word} be rated {value}" if isinstance(value, str) else f"{word} have no rating"
        if value is NOT_APPLICABLE:
            return f"{word} not be under {self.called}"
        if isinstance(value, Missing):
            verb = "meets it" if self.kind == "rule" else "holds"
            return f"could still not be told whether it {verb}"
        if self.kind == "rule":
            return f"{word} {'' if value is True else 'not '}meet {self.called}"
        if isinstance(value, bool):
            return f"{word} {'' if value else 'not '}hold"
        return f"{word} be {shown(value, self.replay.columns[self.entity, self.name].type)}"

    def _place(self, run: Interpreter, status: str, word: str) -> str:
        """The place on a list."""
        tier = run.value(self.entity, "tier", self.key)
        of_tier = f", tier {tier}" if isinstance(tier, str) and tier not in ("not_listed", "listed") else ""
        if status in ON_LIST:
            stays = " as one that was on it before" if status == "stays" else ""
            return f"{word} be on the list{stays}{of_tier}"
        if status == "pending_review":
            return f"{word} be pending review"
        if run.value(self.entity, "qualifies", self.key) is True and status != "honored":
            rank, ranked = run.value(self.entity, "list_rank", self.key), run.value("state", "ranked_rows", ("state",))
            beyond = f", at place {shown_count(rank)} of {shown_count(ranked)}" if isinstance(rank, Fraction) else ""
            return f"{word} qualify but not be on the list{beyond}"
        return f"{word} be honored but not on the list" if status == "honored" else f"{word} not be on the list"

    def _claim(self, run: Interpreter, status: str, word: str) -> str:
        assert self.line is not None
        if status not in PAID:
            return f"{word} be {status.replace('_', ' ')}"
        amount = run.value(self.entity, self.line.name("claim amount"), self.key)
        of = f" for {dollars(amount)}" if isinstance(amount, Fraction) else ""
        return f"{word} count{of}"


def shown_count(value: Value) -> str:
    """A number of rows or a place."""
    return str(value) if isinstance(value, Fraction | int) else "?"

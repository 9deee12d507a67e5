"""What a branch does to all policies of a repository, as one article and as one record."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from ..results.diff.against import Against, PolicyChange
from ..results.diff.changed_policies import Status
from .article import Article, Section
from .diff import ONLY_TEXT
from .diff_article import diff_article
from .diff_json import diff_record
from .diff_outcome_json import outcome_record
from .diff_words import sentence
from .policy_parts import parts_words

FILE = {
    Status.CHANGED: "changed",
    Status.ADDED: "new",
    Status.REMOVED: "removed",
    Status.MOVED: "moved",
    Status.INHERITED: "changed through what it extends",
}


def against_article(one: Against, public: bool = False) -> Article:
    """A line for each policy, then what is to be said of each. A `public` article names no person and masks small
    groups.
    """
    said = [each for each in one.policies if each.differs]
    quiet = [each for each in one.policies if not each.differs and each.changed.status is not Status.INHERITED]
    articles = [(each, diff_article(each.comparison, public)) for each in said if each.comparison is not None]
    loud = [
        f"{_path(each)}: {text}" for each, article in articles for text in article.loud if ONLY_TEXT[1:] not in text
    ]
    if any(each.comparison is not None and each.comparison.outcome is None for each in said):
        loud.insert(0, f"{ONLY_TEXT[0].upper()}{ONLY_TEXT[1:]}.")
    first = Section(
        "Policies",
        (f"Only layout, comments or files changed, no meaning: {', '.join(map(_path, quiet))}.",) if quiet else (),
        bullets=tuple(_line(each, len(said) == 1, public) for each in said),
    )
    sections = [
        replace(section, title=f"{section.title} ({_path(each)})") if len(articles) > 1 else section
        for each, article in articles
        for section in article.sections
    ]
    foot = [f"{one.revision} as of {one.commit[:12]} → what is checked out"]
    foot += dict.fromkeys(text for _, article in articles for text in article.foot[1:])
    return Article(
        "What changes in the policies",
        f"{_headline(said, public)}.",
        tuple(loud),
        (first, *sections) if said or quiet else (),
        tuple(foot),
        tag=" ".join(["changed policies", *one.asked]),
    )


def against_json(one: Against, public: bool = False) -> str:
    """The same for machines: of each policy what was done to its file, and the record of `specie diff OLD NEW`."""
    record = {
        "against": one.revision,
        "commit": one.commit,
        "policies": [_record(each, public) for each in one.policies],
    }
    return json.dumps(record, indent=2) + "\n"


def _record(one: PolicyChange, public: bool) -> dict[str, Any]:
    found = one.comparison
    diff = None if found is None else diff_record(found.edits)
    if diff is not None and found is not None and found.outcome is not None:
        diff |= {"compared": "text and results", **outcome_record(found, public)}
    return {
        "status": one.changed.status.value,
        "path": one.changed.path,
        "old_path": one.changed.before or None,
        "through": list(one.changed.through),
        "title": one.title,
        "faults": [{"code": each.code, "message": each.message} for each in (*one.outdated, *one.complaints)],
        "diff": diff,
    }


def _headline(said: list[PolicyChange], public: bool) -> str:
    """How many policies of which kind: `1 policy is changed, 1 is new`; of one alone what changes in it."""
    if not said:
        return "No policy changes its meaning"
    if len(said) == 1 and said[0].comparison is not None:
        return sentence(said[0].comparison, public).removesuffix(".")
    counts = [(sum(one.changed.status is status for one in said), words) for status, words in FILE.items()]
    parts = [f"{count:,} {'is' if count == 1 else 'are'} {_of(words, count)}" for count, words in counts if count]
    first, *others = parts
    number, _, rest = first.partition(" ")
    return ", ".join([f"{number} {'policy' if number == '1' else 'policies'} {rest}", *others])


def _of(words: str, count: int) -> str:
    return words if count == 1 else words.replace("it extends", "they extend")


def _line(one: PolicyChange, alone: bool, public: bool) -> str:
    """A policy in a line: its path, what was done to its file, and the sentence that says what changes, unless that
    stands above already.
    """
    status = one.changed.status
    done = f"moved from {one.changed.before}" if status is Status.MOVED else FILE[status]
    through = f" ({', '.join(one.changed.through)})" if one.changed.through else ""
    if alone and one.comparison is not None and not one.complaints:
        return f"{_path(one)}, {done}{through}"
    return f"{_path(one)}, {done}{through}: {_felt(one, public)}"


def _felt(one: PolicyChange, public: bool) -> str:
    if one.complaints and one.comparison is None:
        return _faults(len(one.complaints), "it has", "so it could not be compared; `specie check` says them")
    if one.outdated and one.changed.status is not Status.REMOVED:
        return _faults(len(one.outdated), "the old text has", "so what changes is not known")
    if one.comparison is not None:
        felt = sentence(one.comparison, public)
        return f"{felt} The data are at fault, so it was not run." if one.complaints else felt
    side = one.new or one.old
    if side is None:
        return "it could not be read."
    holds = parts_words(side.policy)
    return f"{one.title or 'without a title'}{f', with {holds}' if holds else ''}."


def _faults(count: int, who: str, so: str) -> str:
    return f"{who} {count:,} {'error' if count == 1 else 'errors'}, {so}."


def _path(one: PolicyChange) -> str:
    return one.changed.path

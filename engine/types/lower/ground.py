"""Where indicators are put together: on a level, for everyone or for one student group; how the columns are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...syntax import expr as ast
from ...syntax.accountability import Accountability, Indicator
from ...syntax.domain import Domain
from ...syntax.expr import Expr
from ..pending import Pending, lowered
from .build import Build
from .spoken import Spoken, Tables, spoken

INDEX = "index"
ENDS = ("lowest", "highest")


def called(name: str, group: str = "", part: str = "") -> str:
    """The name of a column: `graduation`, `graduation: n`, for a group `graduation, english_learner: n`."""
    base = f"{name}, {group}" if group else name
    return f"{base}: {part}" if part else base


@dataclass(frozen=True, slots=True)
class Ground:
    """What there is to put together.

    parts        the indicators and domains that have columns here, by name
    two_ended    those of them that undetermined rows leave between two ends
    excusable    those that may not apply
    tables       what the decision tables of the policy look at
    """

    section: Accountability
    level: str
    group: str
    parts: Mapping[str, Indicator | Domain]
    two_ended: frozenset[str]
    excusable: frozenset[str]
    tables: Tables

    @property
    def make(self) -> Build:
        """Nodes that stand at the section."""
        return Build(self.section.span)

    def of(self, name: str, part: str = "") -> Expr:
        """A column of a part, or of what is made of parts, as it is for this group."""
        return ast.Name(called(name, self.group, part), span=self.section.span)

    def end(self, name: str, end: str) -> Expr:
        """A part at one of its ends, or as it is where it has none."""
        return self.of(name, end) if name in self.two_ended else self.of(name)

    def without_unrated(self, test: Expr) -> Spoken:
        """A test of the author without what it says of parts that are not rated or do not apply."""
        return spoken(test, self.parts, self.tables)

    def column(self, name: str, body: Expr, part: str = "", role: str = "indicator", **more: object) -> Pending:
        """A column of a part."""
        item = self.parts[name]
        kind = "domains" if isinstance(item, Domain) else "indicators"
        slot = str(more.pop("slot", "value"))
        path, named = f"accountability.{kind}.{name}", called(name, self.group, part)
        return replace(lowered(path, self.level, named, body, item.span, **{"role": role, **more}), slot=slot)

    def with_domain(self, domain: Domain, two_ended: bool, excusable: bool) -> Ground:
        """The ground on which a domain stands beside what it is made of."""
        return replace(
            self,
            parts={**self.parts, domain.name: domain},
            two_ended=self.two_ended | {domain.name} if two_ended else self.two_ended,
            excusable=self.excusable | {domain.name} if excusable else self.excusable,
        )

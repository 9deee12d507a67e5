"""A made-up row that shows what an edit does: what stands in it, and what the rule says of it before and after."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Witness:
    """A row inside the data contract for which both texts of a rule have been evaluated by the reference interpreter.

    entity         of which it is a row
    cells          what the rule reads of rows: what people call it, and its value as text
    parameters     likewise the parameters that it reads, which have these values on the day
    before, after  what the rule says of the row under the old and the new text
    as_of          the day of the run, as text
    """

    entity: str
    cells: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...]
    before: str
    after: str
    as_of: str

    @property
    def mirrored(self) -> Witness:
        """That of the way back."""
        return Witness(self.entity, self.cells, self.parameters, self.after, self.before, self.as_of)

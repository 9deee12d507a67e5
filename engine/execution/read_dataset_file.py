"""From the tree of `dataset.yaml` to what it says."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Mapped
from dataclasses import replace
from datetime import date as Date
from decimal import Decimal, InvalidOperation

from ..model.table import Table
from ..text.diagnostic import Diagnostics
from ..text.document import Document, Entry, Mapping, Node, Scalar, Sequence
from ..text.suggest import nearest
from .dataset_error import column_error
from .dataset_file import ColumnSource, DatasetFile, Mask, TableSource

_TOP = ("title", "as_of", "made_up", "note", "jurisdiction", "scope", "tables")
_TABLE = (
    "file", "empty", "source", "url", "vintage", "licence", "made_up", "complete", "missing", "thousands",
    "masks", "columns", "separator", "sheet", "header_row", "stop_at_blank_row",
)  # fmt: skip
_COLUMN = ("from", "missing", "footnote", "masks", "thousands", "pad_to", "error")
_MASK = ("why", "at_least", "at_most")
_OF_WORKBOOKS = ("sheet", "header_row", "stop_at_blank_row")
_NOT_CODES = ("number", "date", "truth", "school_year", "enum")
_SEPARATORS = {",": ",", ";": ";", "|": "|", "tab": "\t"}


def read_dataset_file(document: Document, tables: Mapped[str, Table], diagnostics: Diagnostics) -> DatasetFile | None:
    """What the file says about the tables of the model; nothing where it is no mapping with `tables`.

    Reported: a value of the wrong form (D002), an unknown key (D003), table (D004) or column (D005), a bound
    for a column that takes exact values only (D019), an error that is none (D057 to D059).
    """
    return _Reader(tables, diagnostics).file(document)


class _Reader:
    """Carries the model and the diagnostics through the tree."""

    def __init__(self, tables: Mapped[str, Table], diagnostics: Diagnostics) -> None:
        self.model = tables
        self.diagnostics = diagnostics
        self.broken: set[str] = set()

    def file(self, document: Document) -> DatasetFile | None:
        root = document.root
        if not isinstance(root, Mapping):
            self._wrong(root, "dataset.yaml", "keys such as `title` and `tables`")
            return None
        self._known(root, _TOP, "`dataset.yaml`")
        at = root.get("tables")
        if not isinstance(at, Mapping):
            self._wrong(root if at is None else at, "tables", "the tables of the dataset, each with its file")
            return None
        scope = root.get("scope")
        areas = scope.get("areas") if isinstance(scope, Mapping) else None
        if isinstance(scope, Mapping):
            self._known(scope, ("areas", "known"), "`scope`")
        elif scope is not None:
            self._wrong(scope, "scope", "`areas`, a list of codes, or `known`, a list of tables")
        found: dict[str, TableSource] = {}
        for entry in at.entries:
            source = self._table(entry)
            if source is not None:
                found[source.name] = source
        return DatasetFile(
            span=next(entry.key.span for entry in root.entries if entry.key.text == "tables"),
            tables=found,
            broken=frozenset(self.broken - set(found)),
            title=self._text(root, "title"),
            as_of=self._date(root, "as_of"),
            made_up=self._truth(root, "made_up") or False,
            note=self._text(root, "note"),
            jurisdiction=self._text(root, "jurisdiction"),
            scope=self._texts(areas, "areas"),
            known=self._known_tables(scope.get("known"), found) if isinstance(scope, Mapping) else (),
            scope_span=scope.span if scope is not None else None,
        )

    def _known_tables(self, node: Node | None, given: Mapped[str, TableSource]) -> tuple[str, ...]:
        """The tables outside which no reference may lead: tables of the dataset with a key of one column."""
        if node is None or not self._texts(node, "known"):
            return ()
        found = []
        for item in node.items if isinstance(node, Sequence) else (node,):
            name = item.text.strip() if isinstance(item, Scalar) else ""
            if name not in self.model:
                near = nearest(name, given)
                help = f"did you mean `{near}`?" if near else f"the dataset has {_listed(given)}"
                self.diagnostics.report("D004", item.span, help=help, table=name)
            elif len(self.model[name].key) != 1 or name not in {*given, *self.broken}:
                self._wrong(item, "known", "tables of this dataset to which others refer")
            elif name in given:
                found.append(name)
        return tuple(found)

    def _table(self, entry: Entry) -> TableSource | None:
        name, node = entry.key.text, entry.value
        table = self.model.get(name)
        if table is None:
            near = nearest(name, self.model)
            help = f"did you mean `{near}`?" if near else "`specie data describe` lists the tables"
            self.diagnostics.report("D004", entry.key.span, help=help, table=name)
            self.broken |= {near} if near else set()
            return None
        self.broken.add(name)  # unless it turns out sound
        if isinstance(node, Scalar) and node.text:
            return TableSource(name, entry.key.span, node.text, node.span)
        if not isinstance(node, Mapping):
            self._wrong(node, name, "the name of a file, or `file` with more keys")
            return None
        known = self._known(node, _TABLE, f"the table `{name}`")
        file = node.get("file")
        empty = self._truth(node, "empty") or False
        if (file is None) != empty:
            if file is not None or known:  # a key that nobody knows may be the one that is missing
                self._wrong(node, name, "either `file` or `empty: yes`")
            return None
        at = node.get("columns")
        if at is not None and not isinstance(at, Mapping):
            self._wrong(at, "columns", "columns of the model, each with its header in the file")
        named = self._text(node, "file")
        for key in _OF_WORKBOOKS:
            at_key = node.get(key)
            if at_key is not None and not named.lower().endswith(".xlsx"):
                self._wrong(at_key, key, "effect in workbooks only, whose names end in `.xlsx`")
        source = TableSource(
            name,
            entry.key.span,
            file=named,
            file_span=file.span if file is not None else None,
            empty=empty,
            missing=self._texts(node.get("missing"), "missing"),
            masks=self._masks(node.get("masks")),
            thousands=self._truth(node, "thousands") or False,
            separator=self._separator(node),
            sheet=self._text(node, "sheet"),
            header_row=self._count(node, "header_row", 1_048_576),
            stop_at_blank_row=self._truth(node, "stop_at_blank_row") or False,
            complete=self._truth(node, "complete"),
            source=self._text(node, "source"),
            url=self._text(node, "url"),
            vintage=self._text(node, "vintage"),
            licence=self._text(node, "licence"),
            made_up=self._text(node, "made_up"),
        )
        return replace(source, columns=self._columns(at, source, table)) if isinstance(at, Mapping) else source

    def _columns(self, at: Mapping, parent: TableSource, table: Table) -> dict[str, ColumnSource]:
        found: dict[str, ColumnSource] = {}
        missing, masks, thousands = parent.missing, parent.masks, parent.thousands
        names = [column.name for column in table.columns]
        for entry in at.entries:
            name, node = entry.key.text, entry.value
            column = table.column(name)
            if column is None:
                near = nearest(name, names)
                help = f"did you mean `{near}`?" if near else f"`{table.name}` has {_listed(names)}"
                self.diagnostics.report("D005", entry.key.span, help=help, table=table.name, column=name)
            elif isinstance(node, Scalar) and node.text:
                found[name] = ColumnSource(node.text, node.span, missing, "", masks, thousands)
            elif isinstance(node, Mapping) and self._text(node, "from"):
                self._known(node, _COLUMN, f"the column `{name}`")
                own = self._masks(node.get("masks"))
                if not column.bounded and any(mask.bounds for mask in own.values()):
                    help = "give the mask a `why`; a bound would be read as a value"
                    self.diagnostics.report("D019", node.span, help=help, table=table.name, column=name)
                said = self._truth(node, "thousands")
                if node.get("pad_to") is not None and column.type in _NOT_CODES:
                    self._wrong(node.get("pad_to") or node, "pad_to", "a column of codes; this one holds none")
                found[name] = ColumnSource(
                    self._text(node, "from"),
                    node.span,
                    missing + self._texts(node.get("missing"), "missing"),
                    self._text(node, "footnote"),
                    {**masks, **own},
                    thousands if said is None else said,
                    pad_to=self._count(node, "pad_to", 99),
                    error=column_error(node.get("error"), table, column, self.diagnostics),
                )
            else:
                self._wrong(node, name, "a header of the file, or `from` with more keys")
        return found

    def _masks(self, node: Node | None) -> dict[str, Mask]:
        found: dict[str, Mask] = {}
        if node is None:
            return found
        if not isinstance(node, Mapping):
            self._wrong(node, "masks", "texts or footnote codes, each with `why`, `at_least` or `at_most`")
            return found
        for entry in node.entries:
            mask = entry.value
            if not isinstance(mask, Mapping) or not any(mask.get(key) for key in _MASK):
                self._wrong(mask, entry.key.text, "`why`, `at_least` or `at_most`")
                continue
            self._known(mask, _MASK, f"the mask `{entry.key.text}`")
            low, high = self._number(mask, "at_least"), self._number(mask, "at_most")
            found[entry.key.text] = Mask(self._text(mask, "why"), low, high)
        return found

    # -- single values -----------------------------------------------------------------------

    def _text(self, node: Mapping, key: str) -> str:
        value = node.get(key)
        if value is None:
            return ""
        if isinstance(value, Scalar):
            return value.text.strip()
        self._wrong(value, key, "a text")
        return ""

    def _texts(self, node: Node | None, key: str) -> tuple[str, ...]:
        if node is None:
            return ()
        if isinstance(node, Scalar) and node.text.strip():
            return (node.text.strip(),)
        if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
            return tuple(item.text.strip() for item in node.items if isinstance(item, Scalar))
        self._wrong(node, key, "a text or a list of texts")
        return ()

    def _truth(self, node: Mapping, key: str) -> bool | None:
        text = self._text(node, key)
        if text and text not in ("yes", "no", "true", "false"):
            self._wrong(node.get(key) or node, key, "`yes` or `no`")
        return text in ("yes", "true") if text else None

    def _count(self, node: Mapping, key: str, most: int) -> int:
        text = self._text(node, key)
        if text and not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
            self._wrong(node.get(key) or node, key, f"a whole number from 1 to {most:,}")
            return 0
        return int(text) if text else 0

    def _separator(self, node: Mapping) -> str:
        at = node.get("separator")
        if at is None:
            return ""
        found = _SEPARATORS.get(at.text.strip()) if isinstance(at, Scalar) else None
        if found is None:
            self._wrong(at, "separator", '`","`, `";"`, `"|"` or `tab`')
        return found or ""

    def _date(self, node: Mapping, key: str) -> Date | None:
        text = self._text(node, key)
        try:
            return Date.fromisoformat(text) if text else None
        except ValueError:
            self._wrong(node.get(key) or node, key, "a date such as `2026-07-01`")
            return None

    def _number(self, node: Mapping, key: str) -> Decimal | None:
        text = self._text(node, key).replace(",", "").removeprefix("$")
        try:
            number = Decimal(text) if text else None
        except InvalidOperation:
            number = Decimal("NaN")
        if number is not None and not number.is_finite():
            self._wrong(node.get(key) or node, key, "a number")
            return None
        return number

    # -- complaints --------------------------------------------------------------------------

    def _known(self, node: Mapping, keys: Iterable[str], where: str) -> bool:
        keys, known = tuple(keys), True
        for entry in node.entries:
            if entry.key.text not in keys:
                known = False
                near = nearest(entry.key.text, keys)
                help = f"did you mean `{near}`?" if near else f"it takes {_listed(keys)}"
                self.diagnostics.report("D003", entry.key.span, help=help, key=entry.key.text, where=where)
        return known

    def _wrong(self, node: Node, key: str, wanted: str) -> None:
        self.diagnostics.report("D002", node.span, key=key, wanted=wanted)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)

"""Which character parts the cells of a file, where it is not the one that its name or the dataset says."""

from __future__ import annotations

import csv
from collections.abc import Collection

from ..text.diagnostic import Diagnostics
from .csv_table import cell_place, line_texts
from .file_bytes import FileBytes

_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def check_separator(file: FileBytes, table: str, known: Collection[str], diagnostics: Diagnostics) -> bool:
    """Whether the header is parted as it should be; D032 where another character gives more `known` headers."""
    header = line_texts(file.data, {1}).get(1, "")
    cells = {char: _cells(header, char) for char in dict.fromkeys((file.delimiter, *_NAMES))}
    hits = {char: len(set(cells[char]) & set(known)) for char in cells}
    best = max(cells, key=lambda char: (hits[char], len(cells[char]), char == file.delimiter))
    own = file.delimiter
    alone = len(cells[own]) == 1 and not hits[own]
    if best == own or not (hits[best] > hits[own] or (alone and len(cells[best]) > 1)):
        return True
    said = "tab" if best == "\t" else f'"{best}"'
    example = f"\n{table}:\n  file: {file.name}\n  separator: {said}"
    packed = ".gz" if file.name.endswith(".gz") else ""
    help = [f"say so in dataset.yaml:{example}", "or save it with commas"]
    if best == "\t":
        help[1] = f"or let its name end in `.tsv{packed}`"
    elif best == ",":
        help[1] = f"or let its name end in `.csv{packed}`, without `separator`"
    place = cell_place(file, header, 1, -1)
    diagnostics.report("D032", place, help=help, file=file.name, found=_NAMES[best], wanted=_NAMES[own])
    return False


def _cells(header: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([header], delimiter=delimiter), [])]
    except csv.Error:
        return []

"""From the name of a data file in a dataset to its bytes: inside the folder, unpacked and, of a text, UTF-8."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath

from ..text.diagnostic import Diagnostics
from ..text.source import Span
from ..text.suggest import file_cure

FILE_LIMIT = 2 * 1024**3
"""Bytes of the largest table that is read, unpacked."""

DELIMITERS = {".csv": ",", ".tsv": "\t"}
"""What stands between cells, by the end of the file's name (before `.gz`)."""

PARQUET, EXCEL, JSON = ".parquet", ".xlsx", ".json"
"""Files that are no delimited text, by the end of their names. Of these JSON may be packed as .gz."""

_AS_XLSX = "save it as .xlsx, and name that file"
_NAMED = "let its name end in `{}`, here and in the folder"
_FORMS = {
    b"\xd0\xcf\x11\xe0": ("it is an old Excel workbook", _AS_XLSX),
    b"PAR1": ("it is a Parquet file", _NAMED.format(PARQUET)),
    b"\x1f\x8b": ("it is packed with gzip", _NAMED.format(".gz")),
}
_CURES = {
    ".xlsm": f"it may hold macros, which are never run: {_AS_XLSX}",
    **dict.fromkeys((".xls", ".xlsb", ".ods", ".numbers"), _AS_XLSX),
}


@dataclass(frozen=True, slots=True)
class FileBytes:
    """The bytes of a table, its delimiter (empty where it is no delimited text), and the SHA-256 of the file on disk.

    A delimited text is UTF-8 without byte-order mark. `name` is what the dataset calls it, `path` the same with the
    dataset's folder as the user gave it.
    """

    name: str
    path: str
    data: bytes
    delimiter: str
    digest: str


def read_file_bytes(
    folder: Path, name: str, span: Span, diagnostics: Diagnostics, *, separator: str = ""
) -> FileBytes | None:
    """The file `name` of a dataset's folder; complaints stand at `span`. `separator` overrides what the name says.

    Parquet files and workbooks come as they are, everything else is UTF-8.

    Nothing comes back if it is not there (D008), lies outside (D009), is of another kind (D010), too large
    (D011), not UTF-8 (D012), a broken archive (D013) or empty (D014).
    """
    ending = Path(name.removesuffix(".gz")).suffix.lower()
    binary = ending in (PARQUET, EXCEL)
    if (ending not in DELIMITERS and ending != JSON and not binary) or (binary and name.endswith(".gz")):
        help = "name a .csv, .tsv or .json file, plain or packed as .gz, or a .parquet or .xlsx file"
        diagnostics.report("D010", span, help=_CURES.get(ending, help), file=name)
        return None
    path = _path_inside(folder, name, span, diagnostics)
    if path is None:
        return None
    packed = _read(path, name, span, diagnostics)
    if packed is None:
        return None
    digest = hashlib.sha256(packed).hexdigest()
    if binary:
        return FileBytes(name, str(folder / name), packed, "", digest)
    data = _unpacked(packed, name, span, diagnostics) if name.endswith(".gz") else packed
    if data is None or not _is_text(data, name, span, diagnostics):
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data[:4096].strip() and not data.strip():
        diagnostics.report("D014", span, help="a file without rows still has its headers", file=name)
        return None
    delimiter = separator or DELIMITERS.get(ending, "")
    return FileBytes(name, str(folder / name), data, "" if ending == JSON else delimiter, digest)


def _path_inside(folder: Path, name: str, span: Span, diagnostics: Diagnostics) -> Path | None:
    """The path of a file in the folder. Names are read alike everywhere: with slashes, and no drive before them."""
    if PureWindowsPath(name).drive:
        diagnostics.report("D009", span, help="copy the file into the folder", file=name)
        return None
    if "\\" in name:
        help = f"write `{name.replace(chr(92), '/')}`: the folders of a path are parted by slashes, on Windows too"
        diagnostics.report("D008", span, help=help, file=name)
        return None
    try:
        home, path = folder.resolve(), (folder / name).resolve()
        if not path.is_relative_to(home):
            diagnostics.report("D009", span, help="copy the file into the folder", file=name)
            return None
        if path.is_file():
            return path
        others = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    except (OSError, ValueError, RuntimeError):
        others = []
    cure = file_cure(PurePosixPath(name), others) if PurePosixPath(name).name else None
    diagnostics.report("D008", span, help=cure or (), file=name)
    return None


def _read(path: Path, name: str, span: Span, diagnostics: Diagnostics) -> bytes | None:
    try:
        with path.open("rb") as stream:
            data = stream.read(FILE_LIMIT + 1)
    except OSError as problem:
        said = (problem.strerror or "it cannot be read").lower()
        diagnostics.report("D008", span, notes=said, file=name)
        return None
    return _within_limit(data, name, span, diagnostics)


def _unpacked(packed: bytes, name: str, span: Span, diagnostics: Diagnostics) -> bytes | None:
    try:
        with gzip.open(BytesIO(packed)) as stream:
            data = stream.read(FILE_LIMIT + 1)
    except EOFError:
        problem = "it breaks off"
    except (gzip.BadGzipFile, zlib.error):
        problem = "it is damaged or was never packed"
    else:
        return _within_limit(data, name, span, diagnostics)
    help = "fetch the file again, or leave `.gz` off its name if it is not packed"
    diagnostics.report("D013", span, help=help, file=name, problem=problem)
    return None


def _within_limit(data: bytes, name: str, span: Span, diagnostics: Diagnostics) -> bytes | None:
    if len(data) <= FILE_LIMIT:
        return data
    limit = f"{FILE_LIMIT // 1024**3} GiB" if FILE_LIMIT >= 1024**3 else f"{FILE_LIMIT} bytes"
    diagnostics.report("D011", span, help="leave out what the policy does not use", file=name, limit=limit)
    return None


def _is_text(data: bytes, name: str, span: Span, diagnostics: Diagnostics) -> bool:
    problem, help = "", "save it as UTF-8 text"
    form = next((said for magic, said in _FORMS.items() if data.startswith(magic)), None)
    if data.startswith(b"PK\x03\x04"):
        workbook = b"xl/" in data
        problem = "it is an Excel workbook" if workbook else "it is a ZIP archive"
        help = _NAMED.format(EXCEL) if workbook else "unpack it, and name the table that is in it"
    elif form is not None:
        problem, help = form
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        problem = "it is UTF-16"
    else:
        zero = data.find(b"\0")
        try:
            if not data.isascii():
                data.decode("utf-8")
        except UnicodeDecodeError as found:
            problem = f"line {_line_at(data, found.start)} holds the byte 0x{data[found.start]:02X}"
        if zero >= 0:
            problem = f"line {_line_at(data, zero)} holds a null character"
    if problem:
        diagnostics.report("D012", span, help=help, file=name, problem=problem)
    return not problem


def _line_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1

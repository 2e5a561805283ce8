"""The parts of a workbook file, read under guard: every uploaded file is taken for hostile.

A workbook is a ZIP file of XML parts (ECMA-376).  Parts are read in small pieces straight into
an XML parser that knows no document type and no entity, and everything is counted on the way,
because the sizes a file states are the sender's.  Nothing is ever unpacked to a disk.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

from sosei.values import Problem

LARGEST_FILE = 50_000_000
"""Bytes of the file itself."""
LARGEST_UNPACKED = 1_000_000_000
"""Bytes of all parts together, as the file states them."""
MOST_READ = 100_000_000
"""Bytes that are read from the parts of one workbook, as counted."""
MOST_TAGS = 4_000_000
"""Openings of tags in all parts that are read."""
MOST_ENTRIES = 10_000
"""Parts in the file, and parts that a part refers to."""
LONGEST_TAG = 1_000_000
"""Bytes of one tag with its attributes, or of one comment."""
DEEPEST = 100
"""Elements inside each other."""

_PIECE = 1 << 16
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


def damaged() -> Problem:
    """The sentence for a file that cannot be a workbook as Excel writes it."""
    return Problem(
        "ファイルが壊れているため読めません。Excel で開けるか確かめ、保存し直してください",
        "the file is damaged; see whether Excel opens it and save it again",
    )


def _too_large() -> Problem:
    return Problem(
        "ブックの中身が大きすぎます。使わないシート、行、画像を消して保存し直してください",
        "the workbook unpacks to too much; remove sheets, rows and pictures not needed and save it again",
    )


class Enough(Exception):  # noqa: N818 - no error: the reader has all it wants
    """Raised by a reader's handler to leave the rest of a part unread."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: its kind (worksheet, styles ...) and the name of the part it means."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Handlers:
    """What a reader of a part wants to hear; names of elements come without a prefix.

    ``start`` gets the name and the attributes, ``end`` the name, ``text`` pieces of text.
    """

    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None] | None = None
    text: Callable[[str], None] | None = None
    inside: Inside | None = None


@dataclass(frozen=True, slots=True)
class Inside:
    """Who hears the many elements inside the element ``name``, without a detour: it bounds their depth itself.

    ``end`` returns True for the end of the element ``name``.
    """

    name: str
    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str], bool]


class Package:
    """The parts of a workbook file.  Raises Problem where the file is none, or is not safe to read.

    ``most_tags`` is for a reader that wants only plain values and so can bear more of them.
    """

    def __init__(self, data: bytes, most_tags: int | None = None) -> None:
        _refuse_other_files(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE as error:
            raise damaged() from error
        self._parts = _checked_parts(self._zip)
        self._bytes = 0
        self._tags = 0
        self._most_tags = MOST_TAGS if most_tags is None else most_tags

    @property
    def names(self) -> Iterator[str]:
        """The names of all parts."""
        return (info.filename for info in self._parts.values())

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def read(self, name: str, handlers: Handlers) -> None:
        """Parse the part ``name``.  Raises Problem where it is missing, damaged or too large."""
        info = self._parts.get(name.lower())
        if info is None:
            raise damaged()
        parser = _parser(handlers)
        try:
            with self._zip.open(info) as part:
                while piece := part.read(_PIECE):
                    self._count(piece)
                    parser.feed(piece)
            parser.close()
        except Enough:
            return
        except Problem:
            raise
        except (expat.ExpatError, *_UNREADABLE) as error:
            raise damaged() from error

    def relations(self, name: str) -> list[Relation]:
        """What the part ``name`` refers to; ``""`` is the file itself."""
        folder, base = posixpath.split(name)
        described = posixpath.join(folder, "_rels", f"{base}.rels")
        found: list[Relation] = []

        def start(element: str, attributes: dict[str, str]) -> None:
            if element != "Relationship":
                return
            target = attributes.get("Target", "")
            external = attributes.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            if len(found) >= MOST_ENTRIES:
                raise _too_large()
            found.append(Relation(attributes.get("Id", ""), kind, target, external))

        if described in self:
            self.read(described, Handlers(start))
        return found

    def _count(self, piece: bytes) -> None:
        self._bytes += len(piece)
        self._tags += piece.count(b"<")
        if self._bytes > MOST_READ or self._tags > self._most_tags:
            raise _too_large()


class _Parser:
    """expat, without document types, with a bound on depth and on the length of a tag."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self._expat = parser
        self._fed = 0

    def feed(self, piece: bytes) -> None:
        self._expat.Parse(piece, False)
        self._fed += len(piece)
        # expat keeps an unfinished tag in memory until its end comes.
        if self._fed - self._expat.CurrentByteIndex > LONGEST_TAG:
            raise _too_large()

    def close(self) -> None:
        self._expat.Parse(b"", True)


def _parser(handlers: Handlers) -> _Parser:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0
    start, end, inside = handlers.start, handlers.end, handlers.inside

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise damaged()
        prefix, colon, local = name.rpartition(":")
        if inside is not None and local == inside.name:
            _listen_inside(parser, inside, prefix + colon, (opened, closed))
        start(local, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(":")[2])

    def refuse(*_: object) -> None:
        raise Problem(
            "Excel が書かない宣言（DTD）が入っているため、安全のため読みません。Excel で開いて保存し直してください",
            "the file holds a declaration (DTD) that Excel never writes, so it is not read; save it again in Excel",
        )

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = handlers.text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return _Parser(parser)


def _listen_inside(
    parser: expat.XMLParserType,
    inside: Inside,
    prefix: str,
    outside: tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]],
) -> None:
    """Hand the elements to ``inside`` until its own ends, then back to ``outside``."""

    def closed(name: str) -> None:
        if inside_end(name.removeprefix(prefix)):
            parser.StartElementHandler, parser.EndElementHandler = outside
            outside[1](name)

    def closed_plain(name: str) -> None:
        if inside_end(name):
            parser.StartElementHandler, parser.EndElementHandler = outside
            outside[1](name)

    inside_start, inside_end = inside.start, inside.end
    if prefix:
        parser.StartElementHandler = lambda name, attributes: inside_start(
            name.removeprefix(prefix), attributes
        )
        parser.EndElementHandler = closed
    else:
        parser.StartElementHandler = inside_start
        parser.EndElementHandler = closed_plain


def _checked_parts(file: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The parts by name in lower case, as Excel compares them.  Raises Problem for what Excel never writes."""
    parts: dict[str, zipfile.ZipInfo] = {}
    unpacked = 0
    for info in file.infolist():
        name = info.filename.lower()
        unpacked += info.file_size
        if info.flag_bits & 0x1 or info.compress_type not in _PACKINGS:
            raise damaged()
        if name in parts or name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            raise Problem(
                "中のファイル名が Excel のものではないため、安全のため読みません。Excel で開いて保存し直してください",
                "names inside the file are none that Excel writes, so it is not read; save it again in Excel",
            )
        parts[name] = info
    if unpacked > LARGEST_UNPACKED:
        raise _too_large()
    return parts


def _refuse_other_files(data: bytes) -> None:
    if not data:
        raise Problem("ファイルが空です", "the file is empty")
    if len(data) > LARGEST_FILE:
        raise Problem(
            f"ファイルが大きすぎます（{LARGEST_FILE // 1_000_000} MB まで）",
            f"the file is too large (at most {LARGEST_FILE // 1_000_000} MB)",
        )
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_or_locked(data)
    if not data.startswith(b"PK\x03\x04"):
        raise _something_else(data)
    # Counted before the directory is read: an entry costs far more memory there than in the file.
    if data.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise _too_large()


def _old_or_locked(data: bytes) -> Problem:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Problem(
            "パスワードで保護されたブックです。パスワードを外して保存し直してください",
            "the workbook is locked by a password; save it again without one",
        )
    return Problem(
        "古い形式（.xls など）のファイルです。Excel で開き「Excel ブック（.xlsx）」で保存し直してください",
        'this is a file of an old format (such as .xls); open it in Excel and save it as "Excel Workbook (.xlsx)"',
    )


def _something_else(data: bytes) -> Problem:
    found = "PDF" if data.startswith(b"%PDF") else ""
    return Problem(
        f"Excel のブックではありません{'（中身は PDF です）' if found else ''}。.xlsx か .xlsm のファイルを選んでください",
        f"this is no Excel workbook{' (it is a PDF)' if found else ''}; choose an .xlsx or .xlsm file",
    )

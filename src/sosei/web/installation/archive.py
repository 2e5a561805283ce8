"""A zip of parts with a manifest: counts, sizes and SHA-256 of each part, all checked before use.

Nothing is ever unpacked to disk by the names in a file, so a name cannot lead anywhere; sizes are
bounded by what the manifest says, and the whole by the size of the file.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from sosei.values import Problem

MANIFEST = "manifest.json"
VERSION = 1
_CHUNK = 1 << 20
_MANIFEST_MOST = 64 << 20
_SLACK, _RATIO = 64 << 20, 100  # rows and plans shrink to a tenth or so; a bomb to a thousandth
_LINE_MOST = 32 << 20


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Part(_Strict):
    """A part's length in bytes and its SHA-256."""

    bytes: int
    sha256: str


class EditionEntry(_Strict):
    """Which part holds which edition."""

    code: str
    plan: str
    no: int
    title: str
    adopted_on: str
    sha256: str
    part: str


class ChainEntry(_Strict):
    """Where a log stood: municipality (None: the installation's), first act kept, number of acts, last hash."""

    code: str | None
    first: int
    length: int
    head: str


class Manifest(_Strict):
    """What an archive says of itself."""

    format: str
    version: int
    program: str
    made_at: str
    database: str
    code: str | None
    name: str | None
    migrations: list[tuple[str, str]]
    rows: dict[str, int]
    parts: dict[str, Part]
    editions: list[EditionEntry]
    chains: list[ChainEntry]


class Writer:
    """Writes parts one after the other, each with its length and hash."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: dict[str, Part] = {}

    def write(self, name: str, pieces: Iterable[bytes]) -> Part:
        """Add a part from ``pieces``, kept nowhere as a whole."""
        digest, length = hashlib.sha256(), 0
        with self._archive.open(_info(name), "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)
                digest.update(piece)
                length += len(piece)
        part = self.parts[name] = Part(bytes=length, sha256=digest.hexdigest())
        return part

    def finish(self, manifest: Manifest) -> str:
        """Add the manifest; its SHA-256."""
        data = manifest.model_dump_json(indent=1).encode()
        with self._archive.open(_info(MANIFEST), "w") as out:
            out.write(data)
        return hashlib.sha256(data).hexdigest()


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))  # the manifest says when
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


@contextmanager
def new_archive(path: Path) -> Iterator[Writer]:
    """A new file that only its owner may read; it appears whole or not at all.  Raises Problem."""
    if path.exists():
        raise Problem(
            f"{path} はもうあります。上書きはしないので、別の名前にしてください",
            f"{path} is there already and is not overwritten; choose another name",
        )
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w+b") as out:
                with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                    yield Writer(archive)
                out.flush()
                os.fsync(out.fileno())
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise Problem(
            f"{path}: 書き込めません（{error.strerror}）。フォルダーの有無と空き容量を確かめてください",
            f"{path}: cannot be written ({error.strerror}); check the folder and the free space",
        ) from None


class Reader:
    """An archive whose manifest has been read; ``verify`` checks every byte of it."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self._archive = archive

    def verify(self) -> None:
        """Compare every part with its hash; raises Problem at the first that differs."""
        for name, part in self.manifest.parts.items():
            digest = hashlib.sha256()
            with self._opened(name) as source:
                while piece := source.read(_CHUNK):
                    digest.update(piece)
            if digest.hexdigest() != part.sha256:
                raise damaged(self.path, f"{name}: SHA-256")

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a part, none longer than a row can be."""
        with self._opened(name) as source:
            while line := source.readline(_LINE_MOST):
                if not line.endswith(b"\n"):
                    raise damaged(self.path, name)
                yield line

    def read(self, name: str) -> bytes:
        """A whole part; raises Problem where the archive has none of that name."""
        if name not in self.manifest.parts:
            raise damaged(self.path, name)
        with self._opened(name) as source:
            return source.read()

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._archive.open(name) as source:
                yield source
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise damaged(self.path, f"{name}: {error}") from None


@contextmanager
def open_archive(path: Path, kind: str) -> Iterator[Reader]:
    """The archive at ``path``, where it is one of ours of ``kind``; raises Problem otherwise."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise Problem(f"{path}: ファイルがありません", f"{path}: there is no such file") from None
    except OSError as error:
        raise Problem(
            f"{path}: 読めません（{error.strerror}）", f"{path}: cannot be read ({error.strerror})"
        ) from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Problem(
            f"{path}: zip ファイルではないか、途中で切れています", f"{path}: no zip file, or cut short"
        ) from None
    with archive:
        yield Reader(path, archive, _manifest(path, archive, kind))


def _manifest(path: Path, archive: zipfile.ZipFile, kind: str) -> Manifest:
    """The manifest, checked against what the zip holds."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if MANIFEST not in names:
        raise _foreign(path, kind)
    if len(set(names)) != len(names):
        raise damaged(path, "同じ名前が二度あります / a name stands twice")
    if archive.getinfo(MANIFEST).file_size > _MANIFEST_MOST:
        raise damaged(path, MANIFEST)
    try:
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except (
        ValidationError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ):
        raise damaged(path, MANIFEST) from None
    if manifest.format != kind:
        raise _foreign(path, kind)
    if manifest.version != VERSION:
        raise Problem(
            f"{path}: 形式の版 {manifest.version} は読めません（読めるのは {VERSION}）。新しい版の Sosei を使ってください",
            f"{path}: format version {manifest.version} cannot be read (only {VERSION}); use a newer Sosei",
        )
    _check_sizes(path, entries, manifest)
    return manifest


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo], manifest: Manifest) -> None:
    held = {entry.filename: entry for entry in entries if entry.filename != MANIFEST}
    if held.keys() != manifest.parts.keys():
        odd = sorted(held.keys() ^ manifest.parts.keys())[0]
        raise damaged(path, odd)
    for name, entry in held.items():
        if entry.file_size != manifest.parts[name].bytes:
            raise damaged(path, name)
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(path, name)
    if sum(entry.file_size for entry in entries) > _SLACK + _RATIO * path.stat().st_size:
        raise Problem(
            f"{path}: 開くと異常に大きくなるので、読みません",
            f"{path}: grows out of all measure when opened; not read",
        )


def _foreign(path: Path, kind: str) -> Problem:
    ja, en = _KINDS[kind]
    return Problem(f"{path}: {ja}ではありません", f"{path}: not {en}")


def damaged(path: Path, what: Any) -> Problem:
    """The sentence for an archive that is not as it was written."""
    return Problem(
        f"{path}: 壊れているか、書き換えられています（{what}）。別のバックアップを使ってください",
        f"{path}: damaged or changed ({what}); use another copy",
    )


BACKUP, HANDOVER = "sosei-backup", "sosei-municipality"
_KINDS = {
    BACKUP: ("sosei backup で作ったファイル", "a file made by sosei backup"),
    HANDOVER: ("sosei export-all で作ったファイル", "a file made by sosei export-all"),
}

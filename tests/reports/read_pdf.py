"""What a finished PDF says, read back by other libraries than the one that wrote it."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pdfplumber
import pikepdf
import pypdfium2

from sosei.reports.glyphs import bundled_coverage, printable


@dataclass(frozen=True)
class Tag:
    """A structure element of a tagged PDF with its whole text, whichever sheets that stands on."""

    name: str
    text: str
    alt: str
    tags: tuple[Tag, ...]

    def all(self, *names: str) -> list[Tag]:
        return [tag for tag in self.walk() if tag.name in names]

    def walk(self) -> Iterator[Tag]:
        yield self
        for tag in self.tags:
            yield from tag.walk()


@cache
def tagged(data: bytes) -> Tag:
    """The logical structure as a screen reader follows it."""
    texts: dict[tuple[int, int], str] = {}
    with pdfplumber.open(io.BytesIO(data)) as document:
        for number, page in enumerate(document.pages):
            last = -1
            for char in page.chars:
                if char["tag"] == "Artifact":
                    continue
                # A span that names its own text hides the number of the content it stands in.
                last = last if char["mcid"] is None else char["mcid"]
                texts[number, last] = texts.get((number, last), "") + char["text"]
    with pikepdf.open(io.BytesIO(data)) as document:
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        (root,) = _tags(document.Root.StructTreeRoot.K, 0, pages, texts)
        assert isinstance(root, Tag)
        return root


def _tags(
    kids: pikepdf.Object | int,
    page: int,
    pages: dict[tuple[int, int], int],
    texts: dict[tuple[int, int], str],
) -> list[Tag | str]:
    found: list[Tag | str] = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            found.append(texts.get((page, kid), ""))
            continue
        here = pages[kid.Pg.objgen] if "/Pg" in kid else page
        if "/MCID" in kid:
            found.append(texts.get((here, int(kid.MCID)), ""))
        elif "/S" in kid:
            parts = _tags(kid.get("/K", pikepdf.Array()), here, pages, texts)
            text = "".join(part.text if isinstance(part, Tag) else part for part in parts)
            tags = tuple(part for part in parts if isinstance(part, Tag))
            found.append(Tag(str(kid.S)[1:], text, str(kid.get("/Alt", "")), tags))
    return found


def sheets(data: bytes) -> list[str]:
    """All that stands on each sheet, headers and feet too."""
    return [squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(data)]


def lowest(data: bytes) -> list[float]:
    """Where the last text above its foot ends on each sheet, as a share of the sheet's height."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [
            max(char["bottom"] for char in page.chars if char["bottom"] < 0.965 * page.height) / page.height
            for page in document.pages
        ]


def squeezed(*texts: str) -> str:
    """The texts as they are printed, without white space."""
    shown = printable("".join(texts), bundled_coverage())[0]
    return unicodedata.normalize("NFC", "".join(shown.split()))

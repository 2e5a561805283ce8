"""Typst with the bundled fonts only: content in as JSON, PDF/UA-1 out.

A template never receives markup from here: what a person typed is printed letter by letter.  The
same content gives the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import typst

from sosei.reports import glyphs
from sosei.reports.glyphs import MissingGlyph, Proofreader
from sosei.values import Problem

Paper = Literal["a3", "a4", "a4-upright"]
Json = dict[str, Any]

_TEMPLATES = Path(__file__).parent / "typst"


@dataclass(frozen=True, slots=True)
class Pdf:
    """A document's bytes and the characters that could not be printed as written."""

    data: bytes
    warnings: tuple[MissingGlyph, ...] = ()


class Headed(Protocol):
    """What the sheets of every document show."""

    @property
    def title(self) -> str:
        """The document's title."""

    @property
    def municipality(self) -> str:
        """Whose document it is."""

    @property
    def footer(self) -> str:
        """Where the figures come from."""


def typeset(template: str, data: Json) -> bytes:
    """``template`` with ``data``; Typst reads the template folder and the bundled fonts, nothing else."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FONT_FOLDER]
    )
    return typst.compile(
        _TEMPLATES / f"{template}.typ",
        root=_TEMPLATES,
        font_paths=fonts,
        sys_inputs={"content": json.dumps(data)},
        pdf_standards="ua-1",
    )


def frame(document: Headed, paper: Paper, read: Proofreader) -> Json:
    """What the sheets of every document share; raises Problem for an empty title."""
    title = " ".join(read(document.title, "題名").split())
    if not title:
        raise Problem("文書の題名が空です。題名を入れてください。", "The document has no title; give it one.")
    return {
        "paper": paper,
        "title": title,
        "municipality": read(document.municipality, "団体名"),
        "footer": read(document.footer, "脚注"),
    }

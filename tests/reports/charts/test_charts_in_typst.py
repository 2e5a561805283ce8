"""Typst takes every picture, sets its texts in our font, and they can be searched in the PDF."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import typst

import sosei.reports
from tests.reports.charts.pictures import PICTURES

FONTS = Path(sosei.reports.__file__).parent / "fonts"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts")
    lines = ['#set document(title: "図")', '#set text(lang: "ja", font: "BIZ UDPGothic")']
    for index, picture in enumerate(PICTURES.values()):
        (folder / f"{index}.svg").write_text(picture, encoding="utf-8")
        lines.append(f'#image(read("{index}.svg", encoding: none), format: "svg", alt: "図{index}")')
    main = folder / "main.typ"
    main.write_text("\n\n".join(lines), encoding="utf-8")
    return main


def test_every_picture_compiles_to_an_accessible_pdf_with_searchable_numbers(document: Path) -> None:
    pdf = typst.compile(
        document, font_paths=[FONTS], ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1"]
    )
    pages = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    for words in ("転入者数（年次推移）", "単位：人", "1,370", "目標値", "データなし", "1,241.6"):
        assert words in text
    assert text.count("1,370") == 2  # once in bar, once in series: a number with a halo is one number


def test_pictures_are_not_blank(document: Path) -> None:
    pages = typst.compile(document, font_paths=[FONTS], ignore_system_fonts=True, format="png", ppi=36)
    assert all(
        page.startswith(b"\x89PNG") and len(page) > 2000
        for page in (pages if isinstance(pages, list) else [pages])
    )

"""The chapter as PDF."""

from __future__ import annotations

from dataclasses import replace

from sosei.reports import glyphs
from sosei.reports.charts.population import describe, draw
from sosei.reports.glyphs import Proofreader, printable
from sosei.reports.population.chapter_content import (
    Block,
    Chapter,
    Heading,
    List,
    Numbered,
    Paragraph,
    Picture,
)
from sosei.reports.population.tables import Table
from sosei.reports.typesetting import Json, Pdf, frame, typeset


def chapter_pdf(chapter: Chapter) -> Pdf:
    """The chapter on A4, upright, as the pages of a strategy are.

    Raises Problem for a missing font or an empty title.
    """
    read = Proofreader(glyphs.bundled_coverage())
    data = frame(chapter, "a4-upright", read)
    data["headings"] = [_heading(each, read) for each in chapter.headings]
    return Pdf(typeset("population", data), tuple(read.missing))


def _heading(heading: Heading, read: Proofreader) -> Json:
    return {
        "title": read(heading.title, "見出し"),
        "sections": [
            {
                "title": read(section.title, "見出し"),
                "blocks": [_block(block, read) for block in section.blocks],
            }
            for section in heading.sections
        ],
    }


def _block(block: Block, read: Proofreader) -> Json:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": read(block.text, "本文")}
        case List():
            return {"kind": "list", "points": [read(point, "本文") for point in block.points]}
        case Picture():
            return _picture(block, read)
        case Numbered():
            return _table(block.number, block.table, read)


def _picture(picture: Picture, read: Proofreader) -> Json:
    # The caption says the title, so the chart itself does not repeat it.
    bare = replace(picture.chart, title="")
    return {
        "kind": "picture",
        "number": picture.number,
        "title": read(picture.chart.title, picture.number),
        "svg": read(draw(bare, "figure"), picture.number),
        "alt": printable(describe(picture.chart), read.coverage)[0],
        "notes": [read(note, picture.number) for note in picture.notes],
    }


def _table(number: str, table: Table, read: Proofreader) -> Json:
    return {
        "kind": "table",
        "number": number,
        "title": read(table.title, number),
        "words": table.words,
        "headings": [read(each, number) for each in table.headings],
        "rows": [[read(cell, number) for cell in row] for row in table.rows],
        "notes": [read(note, number) for note in table.notes],
    }

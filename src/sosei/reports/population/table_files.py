"""Tables of a population as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import groupby

from sosei.formats.csv_cells import harmless
from sosei.formats.xlsx_text import width
from sosei.reports.population.numbers import number_of
from sosei.reports.population.tables import Table
from sosei.reports.xlsx_layout import Block, Cell, Layout, Style, block
from sosei.reports.xlsx_sheet import PAGE_WIDTH, Book

_NAMES, _WORDS, _FIGURES = 4.4, 1.2, 1.0  # a first column of names, a second of short words, figures
_WIDEST = 160.0  # points of a column: a small table does not fill the sheet
_NARROWEST = 600.0  # points of a sheet: its title and notes are to be read too
_SPARE, _EDGES = 1.1, 8.0  # fonts differ; points that a cell's edges take
_LAST = 3  # rows that stand above the notes wherever a page ends


def table_csv(table: Table) -> bytes:
    """The table and its notes as CSV: UTF-8 with BOM, nothing in it that a spreadsheet would run.

    Figures have no thousands commas, so that a spreadsheet takes them for numbers.  The notes stand below,
    after an empty line, one in each line.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(each) for each in table.headings])
    for row in table.rows:
        words, figures = row[: table.words], row[table.words :]
        writer.writerow([harmless(each) for each in (*words, *(each.replace(",", "") for each in figures))])
    if table.notes:
        writer.writerow([])
        writer.writerows([harmless(note)] for note in table.notes)
    return out.getvalue().encode("utf-8-sig")


def tables_xlsx(title: str, municipality: str, tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet for each table, to be read, printed and reckoned with.

    Figures are numbers that look as they are printed; what is no figure is a text, and so are years.
    """
    book = Book(title, municipality)
    for table in tables:
        sheet = book.sheet(table.title, Layout(_widths(table)))
        headings = _row(table.headings, (Style.HEADING,) * len(table.headings))
        sheet.put([sheet.title(table.title, municipality)])
        styles = (Style.TEXT,) * table.words + (Style.NUMBER,) * (len(table.headings) - table.words)
        notes = [sheet.wide(note, Style.SMALL) for note in table.notes]
        sheet.put(_kept_together(table, styles, notes), lead=[headings], again=[headings])
        sheet.finish()
    return book.close()


def _kept_together(table: Table, styles: Sequence[Style], notes: Sequence[Block]) -> list[Block]:
    """The rows as blocks that no page end parts: those of one name, else the last few; the notes with the last."""
    lines = [_row(row, styles).lines for row in table.rows]
    if table.words > 1:
        named = groupby(zip(table.rows, lines, strict=True), key=lambda each: each[0][0])
        parts = [sum((line for _, line in rows), ()) for _, rows in named]
    else:
        parts = [*lines[:-_LAST], sum(lines[-_LAST:], ())]
    gap = ((Cell(0, len(table.headings) - 1, "", Style.GAP),),) if notes else ()
    end = (*gap, *(line for note in notes for line in note.lines))
    return [Block(lines=part) for part in [*parts[:-1], (*parts[-1], *end)]]


def _row(texts: Sequence[str], styles: Sequence[Style]) -> Block:
    return block(
        *(
            Cell(at, at, text, style, number=number_of(text) if style is Style.NUMBER else None)
            for at, (text, style) in enumerate(zip(texts, styles, strict=True))
        )
    )


def _room_of_figures(table: Table) -> float:
    """Points that the longest number needs: in a narrower column a spreadsheet shows #### in its place."""
    figures = (text for row in table.rows for text in row[table.words :] if number_of(text))
    return max(map(width, figures), default=0.0) * Style.NUMBER.size * _SPARE + _EDGES


def _widths(table: Table) -> tuple[float, ...]:
    words = (_WORDS,) if table.words == 1 else (_NAMES, *(_WORDS,) * (table.words - 1))
    weights = (*words, *(_FIGURES,) * (len(table.headings) - table.words))
    point = max(min(PAGE_WIDTH / sum(weights), _WIDEST), _room_of_figures(table))
    names, *others = (weight * point for weight in weights)
    return (max(names, _NARROWEST - sum(others)), *others)

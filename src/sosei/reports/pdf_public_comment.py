"""意見の概要と市の考え方 as PDF."""

from __future__ import annotations

from sosei.reports import glyphs
from sosei.reports.glyphs import Proofreader
from sosei.reports.public_comment import OpinionRow, PublicCommentTable
from sosei.reports.typesetting import Json, Paper, Pdf, frame, typeset


def public_comment_pdf(table: PublicCommentTable, *, paper: Paper = "a4") -> Pdf:
    """The table (landscape) with its headings on every sheet.

    Raises Problem for a missing font or an empty title.
    """
    read = Proofreader(glyphs.bundled_coverage())
    data = frame(table, paper, read)
    data["facts"] = [[label, read(text, label)] for label, text in table.facts]
    data["headings"] = list(table.headings)
    data["rows"] = [_row(row, table.headings[3], read) for row in table.rows]
    data["nothing"] = table.nothing
    return Pdf(typeset("public_comment", data), tuple(read.missing))


def _row(row: OpinionRow, answer: str, read: Proofreader) -> Json:
    number = f"{row.number}番"
    return {
        "number": row.number,
        "place": read(row.place, f"{number}の該当箇所"),
        "summary": read(row.summary, f"{number}の意見の概要"),
        "same": row.same,
        "answer": read(row.answer, f"{number}の{answer}"),
        "outcome": row.outcome,
        "change": read(row.change, f"{number}の修正の内容"),
    }

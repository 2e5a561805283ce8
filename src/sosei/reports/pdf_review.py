"""The result of a review as PDF, every division on sheets of its own."""

from __future__ import annotations

from sosei.reports import glyphs
from sosei.reports.content import ReviewPart, ReviewReport
from sosei.reports.glyphs import Proofreader
from sosei.reports.typesetting import Json, Paper, Pdf, frame, typeset


def review_pdf(report: ReviewReport, *, paper: Paper = "a4") -> Pdf:
    """The 点検結果 (landscape): counts on the first sheet, then each division's part.

    Raises Problem for a missing font or an empty title.
    """
    read = Proofreader(glyphs.bundled_coverage())
    data = frame(report, paper, read)
    data["subtitle"] = read(report.subtitle, "副題")
    data["severities"] = list(report.severities)
    data["counts"] = [{"name": name, "numbers": [str(n) for n in row]} for name, row in report.counts]
    data["parts"] = [_part(part, read) for part in report.parts]
    data["waived"] = [read(line, "外した規則") for line in report.waived]
    return Pdf(typeset("review", data), tuple(read.missing))


def _part(part: ReviewPart, read: Proofreader) -> Json:
    name = read(part.division, "担当課")
    return {
        "division": name,
        "points": [
            {
                "number": str(at),
                "code": point.code,
                "severity": point.severity,
                "message": read(point.message, f"{name} {at}番目の指摘"),
                "places": [read(line, f"{name} {at}番目の指摘の場所") for line in point.places],
                "elsewhere": read(point.elsewhere, f"{name} {at}番目の指摘"),
                "why": point.why,
                "mend": point.mend,
            }
            for at, point in enumerate(part.points, 1)
        ],
    }

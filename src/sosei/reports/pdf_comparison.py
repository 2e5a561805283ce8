"""The 新旧対照表 as PDF."""

from __future__ import annotations

from sosei.reports import glyphs
from sosei.reports.comparison_content import Comparison, ComparisonGroup, ComparisonRow, Runs
from sosei.reports.glyphs import Proofreader
from sosei.reports.typesetting import Json, Paper, Pdf, frame, typeset


def comparison_pdf(table: Comparison, *, paper: Paper = "a4") -> Pdf:
    """The 新旧対照表 (landscape) with the bands of goal and measure on every sheet.

    Raises Problem for a missing font or an empty title.
    """
    read = Proofreader(glyphs.bundled_coverage())
    data = frame(table, paper, read)
    data["subtitle"] = read(table.subtitle, "副題")
    data["old-name"] = read(table.old_name, "旧の版の名称")
    data["new-name"] = read(table.new_name, "新の版の名称")
    data["count"] = table.count
    data["groups"] = _groups(table, read)
    data["nothing"] = table.nothing
    data["closing"] = table.closing
    return Pdf(typeset("comparison", data), tuple(read.missing))


def _groups(table: Comparison, read: Proofreader) -> list[Json]:
    """Rows under their bands; the goal's stands only where the goal changes."""
    found: list[Json] = []
    above: ComparisonGroup | None = None
    for group in table.groups:
        opens = above is None or above.goal != group.goal or bool(above.measure and not group.measure)
        place = f"{group.rows[0].number}番の見出し"
        found.append(
            {
                "goal": read(group.goal, place) if opens else None,
                "measure": read(group.measure, place) if group.measure else None,
                "rows": [_row(row, read) for row in group.rows],
            }
        )
        above = group
    return found


def _row(row: ComparisonRow, read: Proofreader) -> Json:
    number = f"{row.number}番"
    return {
        "number": str(row.number),
        "place": read(row.place, f"{number}の箇所"),
        "item": row.item,
        "old": _runs(row.old, f"{number}の旧", read),
        "new": _runs(row.new, f"{number}の新", read),
        "reason": read(row.reason, f"{number}の理由"),
    }


def _runs(runs: Runs, place: str, read: Proofreader) -> list[Json]:
    return [{"text": read(run.text, place), "changed": run.changed} for run in runs]

"""The list of KPIs as CSV: UTF-8 with BOM, values as printed, nothing that a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sosei.checks.finding import Words
from sosei.plan.indicator import Direction, Role
from sosei.web.reading.lists import STATES, ListRow
from sosei.web.reading.words import ACTUAL, BASELINE, DIRECTIONS, ROLES, TARGET, short_year
from sosei.web.site.spreadsheet import csv_lines

_BEFORE = (
    Words("基本目標", "Goal"),
    Words("施策", "Measure"),
    Words("場所", "Place"),
    Words("区分", "Role"),
    Words("指標", "Indicator"),
    Words("単位", "Unit"),
    Words("望ましい向き", "Direction"),
    BASELINE,
    TARGET,
)
_BEHIND = (
    Words("達成率", "Rate"),
    Words("再計算した達成率", "Recomputed rate"),
    Words("評価区分", "Class"),
    Words("達成", "Reached"),
    Words("達成率がない理由", "Why there is no rate"),
    Words("課題のあるもの", "Difficult"),
    Words("担当課", "Division"),
)


def list_csv(rows: Iterable[ListRow], years: Sequence[int], language: str) -> bytes:
    """``rows`` with a head in ``language``; a column of actuals for each of ``years``."""
    actuals = [Words(f"{ACTUAL.ja} {when.ja}", f"{ACTUAL.en} {when.en}") for when in map(short_year, years)]
    head = [words.of(language) for words in (*_BEFORE, *actuals, *_BEHIND)]
    return b"".join(csv_lines([head, *(_cells(each, years, language) for each in rows)]))


def _cells(each: ListRow, years: Sequence[int], language: str) -> list[str]:
    row = each.row
    reached = {True: STATES["reached"], False: STATES["open"], None: Words("", "")}[row.reached]
    return [
        f"{row.goal_label} {row.goal_name}".strip(),
        f"{row.measure_label} {row.measure_name}".strip(),
        row.place,
        ROLES[Role(row.role)].of(language),
        row.name,
        row.unit,
        DIRECTIONS[Direction(row.direction)].of(language),
        row.baseline,
        row.target,
        *(each.years[year].text if year in each.years else "" for year in years),
        row.rate_text,
        row.again,
        row.grade,
        reached.of(language),
        row.no_rate.of(language),
        STATES["difficult"].of(language) if row.difficult else "",
        "、".join(row.divisions),
    ]

"""The progress report and the KPI list as PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sosei.reports import glyphs
from sosei.reports.content import (
    IndicatorTable,
    KpiList,
    KpiListRow,
    MeasureSection,
    ProgressReport,
    ProjectKpi,
    ProjectTable,
)
from sosei.reports.glyphs import Proofreader, printable
from sosei.reports.typesetting import Json, Paper, Pdf, frame, typeset
from sosei.values import Problem

Picture = tuple[str, str]  # SVG, alternative text

_RUNNING = 60  # characters of a name repeated at the top of a continued sheet


def progress_pdf(report: ProgressReport, *, paper: Paper = "a3") -> Pdf:
    """The 事業進捗報告, every 施策 on a sheet of its own (landscape).

    Raises Problem for a missing font, an empty title, or a table whose values outnumber its columns.
    """
    read = Proofreader(glyphs.bundled_coverage())
    data = frame(report, paper, read)
    data["label"] = read(report.label, "資料番号")
    data["sections"] = _sections(report, read)
    data["remarks"] = [read(remark, f"備考 {at}番目") for at, remark in enumerate(report.remarks, 1)]
    return Pdf(typeset("progress", data), tuple(read.missing))


def kpi_list_pdf(
    kpi_list: KpiList,
    *,
    paper: Paper = "a4",
    charts: Mapping[int, Picture] | None = None,
    chart_key: Picture | None = None,
) -> Pdf:
    """The KPI一覧 (landscape) with the bands of goal and measure on every sheet.

    ``charts`` gives rows, numbered from 1 through the whole list, a chart; without any the column is
    left out.  ``chart_key`` explains the charts' signs above the table.
    Raises Problem for a missing font, an empty title, a row with more values than ``kpi_list.years``,
    a picture without alternative text or a chart for no row.
    """
    read = Proofreader(glyphs.bundled_coverage())
    data = frame(kpi_list, paper, read)
    data["subtitle"] = read(kpi_list.subtitle, "副題")
    data |= _kpi_list(kpi_list, charts or {}, read)
    data["key"] = _picture(chart_key, "図の凡例", read) if charts and chart_key else None
    return Pdf(typeset("kpi_list", data), tuple(read.missing))


def _sections(report: ProgressReport, read: Proofreader) -> list[Json]:
    sections = []
    goal = ""
    for at, section in enumerate(report.sections, 1):
        data = _section(section, at, report.years, read)
        data["opens_goal"] = data["goal"] != goal
        goal = data["goal"]
        sections.append({key.replace("_", "-"): value for key, value in data.items()})
    return sections


def _section(section: MeasureSection, at: int, years: int, read: Proofreader) -> Json:
    place = f"{section.goal_label} {section.measure_label}".strip() or f"{at}番目の施策"
    goal = _joined(
        read(section.goal_label, f"{place} 基本目標"), read(section.goal_name, f"{place} 基本目標の名称")
    )
    measure = _joined(
        read(section.measure_label, f"{place} 施策"), read(section.measure_name, f"{place} 施策の名称")
    )
    return {
        "goal": goal,
        "measure": measure,
        "running": _joined(*(_shortened(words) for words in (goal, measure))),
        "goal_targets": _indicators(section.goal_targets, f"{place} 数値目標", years, read),
        "kpis": _indicators(section.kpis, f"{place} KPI", years, read),
        "projects": _projects(section.projects, place, years, read),
    }


def _indicators(table: IndicatorTable | None, place: str, years: int, read: Proofreader) -> Json | None:
    if table is None:
        return None
    return {
        "headings": _headings(table.headings, place, years, read),
        "rows": [
            {
                "name": read(row.name, f"{place} {at}行目 指標名"),
                "figures": [
                    read(row.baseline, f"{place} {at}行目 基準値"),
                    read(row.target, f"{place} {at}行目 目標値"),
                    *_values(row.actuals, f"{place} {at}行目", years, read),
                ],
                "rate": read(row.rate, f"{place} {at}行目 達成率"),
                "note": read(row.note, f"{place} {at}行目 達成率の注"),
            }
            for at, row in enumerate(table.rows, 1)
        ],
    }


def _projects(table: ProjectTable | None, place: str, years: int, read: Proofreader) -> Json | None:
    if table is None:
        return None
    return {
        "headings": _headings(table.headings, f"{place} 事業", years, read),
        "rows": [
            {
                "done": read(row.done, f"{place} 取組内容 {at}行目の事業"),
                "kpis": [
                    {
                        "name": read(kpi.name, f"{place} KPI {at}行目の事業"),
                        "figures": _values(kpi.actuals, f"{place} KPI {at}行目の事業", years, read),
                    }
                    for kpi in row.kpis or (ProjectKpi(name=""),)
                ],
                "evaluation": read(row.evaluation, f"{place} 評価・課題 {at}行目の事業"),
                "divisions": read("\n".join(row.divisions), f"{place} 担当課 {at}行目の事業"),
            }
            for at, row in enumerate(table.rows, 1)
        ],
    }


def _headings(headings: Sequence[str], place: str, years: int, read: Proofreader) -> list[str]:
    """The column headings; four columns stand beside the years in both kinds of table."""
    if len(headings) != years + 4:
        raise Problem(
            f"{place}の表の見出しは{years + 4}個のはずですが、{len(headings)}個あります。",
            f"The table at {place} needs {years + 4} column headings but has {len(headings)}.",
        )
    return [read(heading, f"{place} 見出し") for heading in headings]


def _values(actuals: Sequence[str], place: str, years: int, read: Proofreader) -> list[str]:
    return [read(text, f"{place} 実績値") for text in _actuals(actuals, place, years)]


def _kpi_list(kpi_list: KpiList, charts: Mapping[int, Picture], read: Proofreader) -> Json:
    """Columns, groups of rows and notes of the list; columns blank in every row are left out."""
    rows = [row for group in kpi_list.groups for row in group.rows]
    numbers = {
        note: at for at, note in enumerate(dict.fromkeys(note for row in rows for note in row.notes), 1)
    }
    columns = [
        ("role", "区分"),
        ("name", "指標名"),
        ("value", "基準値"),
        ("value", "目標値"),
        *(("year", read(year, "年の見出し")) for year in kpi_list.years),
        ("rate", "達成率"),
        ("grade", "評価"),
        ("division", "担当課"),
    ]
    texts = [
        _kpi_cells(row, f"{at}番目の指標", kpi_list.years, numbers, read) for at, row in enumerate(rows, 1)
    ]
    kept = [
        at
        for at, (kind, _) in enumerate(columns)
        if kind in ("role", "name", "value") or any(cells[at]["text"].strip() for cells in texts)
    ]
    table: list[list[Json | None]] = [[cells[at] for at in kept] for cells in texts]
    columns = [columns[at] for at in kept]
    if charts:
        columns.append(("chart", "目標と実績の図"))
        for cells, chart in zip(table, _charts(charts, len(rows), read), strict=True):
            cells.append(chart)
    return {
        "columns": [{"kind": kind, "heading": heading} for kind, heading in columns],
        "groups": _groups(kpi_list, table, read),
        "notes": [read(note, f"注{at}") for note, at in numbers.items()],
    }


def _kpi_cells(
    row: KpiListRow, place: str, years: Sequence[str], numbers: Mapping[str, int], read: Proofreader
) -> list[Json]:
    """The texts of a row, each with what stands small below it."""
    marks = "・".join(f"注{numbers[note]}" for note in row.notes)
    cells = [
        ("区分", row.role, ""),
        ("指標名", row.name, f"（{marks}）" if marks else ""),
        ("基準値", row.baseline, _in_brackets(row.baseline_year)),
        ("目標値", row.target, _in_brackets(row.target_year)),
        *(("実績値", text, "") for text in _actuals(row.actuals, place, len(years))),
        ("達成率", row.rate, row.rate_note),
        ("評価", row.grade, ""),
        ("担当課", row.division, ""),
    ]
    return [
        {"text": read(words, f"{place} {column}"), "small": read(below, f"{place} {column}")}
        for column, words, below in cells
    ]


def _in_brackets(year: str) -> str:
    """A year below its value; one that is printed in brackets of its own gets no second pair."""
    return f"（{year}）" if year and year[0] not in "(（" else year


def _groups(kpi_list: KpiList, table: Sequence[list[Json | None]], read: Proofreader) -> list[Json]:
    """Rows under their bands; a band stands only where the goal or the measure changes."""
    groups: list[Json] = []
    rows = iter(table)
    goal, measure = None, ""
    for at, group in enumerate(kpi_list.groups, 1):
        opens = group.goal != goal or (measure and not group.measure)
        groups.append(
            {
                "goal": read(group.goal, f"{at}番目の群の見出し") if opens else None,
                "measure": read(group.measure, f"{at}番目の群の見出し") if group.measure else None,
                "rows": [next(rows) for _ in group.rows],
            }
        )
        goal, measure = group.goal, group.measure
    return groups


def _charts(charts: Mapping[int, Picture], count: int, read: Proofreader) -> list[Json | None]:
    """The chart of every row, None where there is none."""
    for number in charts:
        if not 1 <= number <= count:
            raise Problem(
                f"{number}番目の指標の図が渡されましたが、指標は{count}個です。",
                f"There is a chart for indicator {number}, but the list has {count} indicators.",
            )
    return [
        _picture(charts[at], f"{at}番目の指標の図", read) if at in charts else None
        for at in range(1, count + 1)
    ]


def _picture(picture: Picture, place: str, read: Proofreader) -> Json:
    svg, alt = picture
    if not alt.strip():
        raise Problem(
            f"{place}に代替テキストがありません。",
            f"A picture has no alternative text ({place}).",
        )
    # Nobody sees the alternative text in type, so nothing in it is reported as missing.
    return {"svg": read(svg, place), "alt": printable(alt, read.coverage)[0]}


def _actuals(actuals: Sequence[str], place: str, years: int) -> list[str]:
    """A text for every year, blank where a row ends early."""
    if len(actuals) > years:
        raise Problem(
            f"{place}に実績値が{len(actuals)}個ありますが、年の欄は{years}個です。",
            f"There are {len(actuals)} values for {years} year columns at {place}.",
        )
    return [*actuals, *[""] * (years - len(actuals))]


def _joined(*parts: str) -> str:
    """The parts that are not blank, with a full-width space between."""
    return "\u3000".join(part for part in parts if part.strip())


def _shortened(words: str) -> str:
    line = " ".join(words.split("\n"))
    return line if len(line) <= _RUNNING else f"{line[: _RUNNING - 1]}…"

"""The peer of B1: the same progress report set as HTML tables by WeasyPrint (PDF/UA-1), from the same content.

python weasy_progress.py PLAN.json OUT.pdf
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

from weasyprint import HTML

from sosei.plan.reading import read_plan
from sosei.reports.content import IndicatorTable, MeasureSection, ProjectTable
from sosei.reports.progress import latest_year, progress_report

CSS = """@page { size: A3 landscape; margin: 12mm 14mm 16mm; @bottom-center { content: counter(page) " / " counter(pages) } }
html { font: 9.5pt "BIZ UDPGothic"; lang: ja } section { break-before: page } section:first-of-type { break-before: auto }
table { border-collapse: collapse; width: 100%; margin-bottom: 4mm; table-layout: fixed } th, td { border: .5pt solid #333; padding: 1mm; vertical-align: top; overflow-wrap: anywhere }
thead { display: table-header-group } th { background: #eee } h1 { font-size: 15pt } h2 { font-size: 12pt }"""


def main() -> None:
    plan = read_plan(Path(sys.argv[1]))
    report = progress_report(plan, latest_year(plan))
    body = "".join(_section(section) for section in report.sections)
    html = f'<html lang="ja"><head><title>{escape(report.title)}</title><style>{CSS}</style></head><body>{body}</body></html>'
    HTML(string=html).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")


def _section(section: MeasureSection) -> str:
    head = f"<h1>{escape(section.goal_label)} {escape(section.goal_name)}</h1><h2>{escape(section.measure_label)} {escape(section.measure_name)}</h2>"
    tables = (_indicators(section.goal_targets), _indicators(section.kpis), _projects(section.projects))
    return f"<section>{head}{''.join(tables)}</section>"


def _indicators(table: IndicatorTable | None) -> str:
    if table is None:
        return ""
    rows = [(r.name, r.baseline, r.target, *r.actuals, r.rate) for r in table.rows]
    return _table(table.headings, ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows])


def _projects(table: ProjectTable | None) -> str:
    if table is None:
        return ""
    rows = []
    for row in table.rows:
        span = max(len(row.kpis), 1)
        for number in range(span):
            kpi = row.kpis[number] if row.kpis else None
            cells = "".join(f"<td>{escape(text)}</td>" for text in ((kpi.name, *kpi.actuals) if kpi else ()))
            if number == 0:
                first, last = row.done, (row.evaluation, "、".join(row.divisions))
                ends = "".join(f'<td rowspan="{span}">{escape(text)}</td>' for text in last)
                cells = f'<td rowspan="{span}">{escape(first)}</td>{cells}{ends}'
            rows.append(cells)
    return _table(table.headings, rows)


def _table(headings: tuple[str, ...], rows: list[str]) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in headings)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


if __name__ == "__main__":
    main()

"""Makes the README's pictures: real pages of the example documents, and charts.

make docs
"""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pypdfium2

from sosei.plan import walk
from sosei.plan.indicator import Placement
from sosei.plan.model import Plan
from sosei.plan.reading import read_plan
from sosei.reports.charts import Comparison, Figure, Point, YearChart, bar, bullet, series
from sosei.reports.documents import kpi_list_document, progress_document, review_document

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs/pictures"
DPI = 80


def main() -> int:
    """Write every picture; the same input gives the same bytes."""
    OUT.mkdir(parents=True, exist_ok=True)
    hitoyoshi, aso = (read_plan(ROOT / f"examples/{name}/plan.json") for name in ("hitoyoshi", "aso"))
    _page(progress_document(hitoyoshi, None, "pdf", "a3").data, 1, "progress-report.png")
    _page(kpi_list_document(hitoyoshi, None, "pdf", "a4").data, 1, "kpi-list-hitoyoshi.png")
    _page(kpi_list_document(aso, None, "pdf", "a4").data, 1, "kpi-list-aso.png")
    _page(review_document(hitoyoshi, None, "pdf", "a4").data, 6, "review.png")
    (OUT / "chart-bullet.svg").write_text(_bullet(hitoyoshi), encoding="utf-8")
    (OUT / "chart-bar.svg").write_text(bar(_sample(), "bar"), encoding="utf-8")
    (OUT / "chart-series.svg").write_text(series(_sample(), "series"), encoding="utf-8")
    return 0


def _page(pdf: bytes, number: int, name: str) -> None:
    page = pypdfium2.PdfDocument(pdf)[number - 1]
    page.render(scale=DPI / 72).to_pil().save(OUT / name, optimize=True)


def _bullet(plan: Plan) -> str:
    placement = _named(plan, "きじうまコイン加盟店舗数")
    observation = walk.by_key(plan)[placement.indicator].observations[0]
    assert placement.baseline and placement.target  # noqa: S101, PT018
    figures = (placement.baseline.quantity, observation.quantity, placement.target.quantity)
    baseline, actual, target = (Figure(value=q.number, text=q.text) for q in figures)
    return bullet(Comparison(title=placement.name, baseline=baseline, actual=actual, target=target), "bullet")


def _named(plan: Plan, name: str) -> Placement:
    return next(placement for _, placement in walk.placements(plan) if placement.name == name)


def _sample() -> YearChart:
    """Invented values, and the picture says so: neither example city has published several years yet."""
    values = ("512", "548", None, "630", "655")
    points = tuple(
        Point(
            label=f"R{year}",
            actual=Figure(value=Decimal(value), text=f"{value}件") if value else Figure(text="－"),
        )
        for year, value in enumerate(values, start=2)
    )
    return YearChart(
        title="相談件数（サンプル）",
        unit="件",
        points=points,
        target=Figure(value=Decimal(800), text="800件"),
        lower_is_better=False,
    )


if __name__ == "__main__":
    sys.exit(main())

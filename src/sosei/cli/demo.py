"""``sosei demo``: both example cities, their documents, and their rates printed and recomputed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from sosei.cli.population_documents import example_goal
from sosei.cli.show import counts_table
from sosei.formats.output import write_output
from sosei.plan import walk
from sosei.plan.examples import example_paths
from sosei.plan.model import Plan
from sosei.plan.reading import read_plan
from sosei.reports.documents import (
    Document,
    kpi_list_document,
    population_chapter_document,
    progress_document,
    review_document,
)
from sosei.reports.population.known import known_example
from sosei.reports.population.outlook import outlook
from sosei.scheme.evaluate import evaluate, share
from sosei.scheme.presets import scheme_of
from sosei.values import Problem, When

R6 = When(year=2024)
_WORDS = {
    "ja": {
        "place": "場所",
        "name": "指標",
        "printed": "印字",
        "again": "再計算",
        "same": "一致",
        "yes": "○",
        "no": "違い",
        "written": "書き出した文書",
    },
    "en": {
        "place": "place",
        "name": "indicator",
        "printed": "printed",
        "again": "recomputed",
        "same": "agree",
        "yes": "yes",
        "no": "differ",
        "written": "documents written",
    },
}


def run(out: Path, language: str) -> None:
    """Write the documents into ``out`` and print counts, rates and where the documents are."""
    console = Console(highlight=False, emoji=False, markup=False)
    hitoyoshi, aso = plans = [read_plan(path) for path in example_paths()]
    console.print(counts_table(plans, language))
    console.print(rates_table(plans, language))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            f"{out}: フォルダーを作れません（{error.strerror}）",
            f"{out}: the folder cannot be made ({error.strerror})",
        ) from None
    console.print(_WORDS[language]["written"])
    for name, document in _documents(hitoyoshi, aso):
        write_output(out / name, document.data)
        console.print(f"  {out / name}", soft_wrap=True)
        for warning in document.warnings:
            console.print(f"    {warning[language == 'en']}", soft_wrap=True)


def _documents(hitoyoshi: Plan, aso: Plan) -> Iterator[tuple[str, Document]]:
    for form in ("pdf", "xlsx"):
        yield f"hitoyoshi-progress-R6.{form}", progress_document(hitoyoshi, R6, form, "a3")
        yield f"hitoyoshi-kpi-list.{form}", kpi_list_document(hitoyoshi, R6, form, "a4")
        yield f"hitoyoshi-review-R6.{form}", review_document(hitoyoshi, R6, form, "a4")
        yield f"aso-kpi-list.{form}", kpi_list_document(aso, None, form, "a4")
        yield f"aso-review.{form}", review_document(aso, None, form, "a4")
    for city, plan in (("hitoyoshi", hitoyoshi), ("aso", aso)):
        yield f"{plan.municipality.name}-人口の現状と将来推計.pdf", _population(city, plan)


def _population(city: str, plan: Plan) -> Document:
    seen = outlook(known_example(city, plan), 2070)
    return population_chapter_document(seen, example_goal(seen, city))


def rates_table(plans: list[Plan], language: str) -> Table:
    """Every published rate and share beside the recomputed one."""
    words = _WORDS[language]
    table = Table()
    for word in ("place", "name"):
        table.add_column(words[word], overflow="fold")
    for word in ("printed", "again", "same"):
        table.add_column(words[word], justify="right", no_wrap=True)
    for plan in plans:
        for place, name, printed, again in _rates(plan):
            mark = words["yes"] if printed == again else words["no"]
            table.add_row(f"{plan.municipality.name} {place}", name, printed, again, mark)
    return table


def _rates(plan: Plan) -> Iterator[tuple[str, str, str, str]]:
    scheme = scheme_of(plan, R6.year)
    results = evaluate(plan, R6.year, scheme)
    for placed, placement in walk.placements(plan):
        result = results.get(placement.key)
        if result and result.printed:
            yield placed.place, placement.name, str(result.printed), result.text
    for verification in plan.verifications:
        for goal in verification.goals:
            if goal.kpi and goal.kpi.rate:
                again = share(goal.kpi, scheme.share)
                yield goal.label, goal.kpi.text, str(goal.kpi.rate), f"{again}%"

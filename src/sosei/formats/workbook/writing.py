"""The workbook written: the whole plan, or an empty one with an example of how it is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sosei.formats.workbook import sample, views
from sosei.formats.workbook.book import Book
from sosei.formats.workbook.cells import value_at
from sosei.formats.workbook.draft import Draft
from sosei.formats.workbook.explanation import lines
from sosei.formats.workbook.forms import fitting
from sosei.formats.workbook.incoming import random_keys
from sosei.formats.workbook.places import Places
from sosei.formats.workbook.tables import (
    Head,
    Table,
    Years,
    activity_table,
    key_heading,
    origin_head,
    placement_table,
    tables,
    tree_table,
)
from sosei.plan.labels import VALUE_LABELS
from sosei.plan.model import Level, LevelKind, Plan
from sosei.values import When

MOST_LEVELS: Final = 6
"""Rows of the basics for names of levels."""


def plan_workbook(plan: Plan, state: str = "", coming: Iterable[When] = (), mark: str = "") -> bytes:
    """``plan`` as a workbook with hidden keys; the same plan gives the same bytes.

    ``mark``, a word, goes along hidden and tells the reader which state this is (``mark_of``).

    ``state`` says on the first sheet which edition or draft it is; ``coming`` are years that get columns
    for values although nothing stands in them yet.
    """
    draft = Draft(plan, random_keys())
    city = plan.municipality
    book = Book(plan.title or "総合戦略", city.name)
    book.lines(
        views.INTRODUCTION, lines(plan.title, f"{city.prefecture}{city.name}（{city.code}）", state, plan.key)
    )
    whose = f"{plan.key} {mark}".strip()
    _basics(book, draft, whose)
    for table in tables(draft, Years(actuals=tuple(when.year for when in coming)), whose):
        book.table(table)
    return book.close()


def empty_workbook(
    levels: Sequence[Level], targets: Sequence[When] = (), actuals: Sequence[When] = ()
) -> bytes:
    """The same sheets with nothing in them, and 記入例, an invented example (サンプル).

    ``levels`` are the municipality's, outermost first; ``targets`` the years with targets on the way,
    ``actuals`` those of the past with values, printed rates and classes.
    """
    years = Years(tuple(when.year for when in targets), tuple(when.year for when in actuals))
    book = Book("総合戦略", "")
    book.lines(views.INTRODUCTION, lines("", "（読み込む先の計画の市町村になります）", "", ""))
    draft = Draft(sample.empty_plan(levels), random_keys())
    _basics(book, draft, "")
    for table in tables(draft, years, ""):
        book.table(table)
    shown = Draft(sample.sample_plan(levels, years), random_keys())
    places = Places(shown)
    book.stack(
        views.SAMPLE,
        (
            (
                "記入例（サンプル。このシートは読み込みません）　指標・KPI",
                placement_table(shown, places, years),
            ),
            ("体系", tree_table(shown, places)),
            ("事業・取組", activity_table(shown, places)),
        ),
    )
    return book.close()


def basics_rows(draft: Draft) -> dict[str, str]:
    """The labels and values of the basics, the levels last."""
    data = draft[draft.root]
    rows = {
        label: fitting(field.form.show(value_at(data, field.path), draft))
        for label, field in views.BASIC_FIELDS.items()
    }
    levels = Places(draft).levels
    for number in range(max(MOST_LEVELS, len(levels))):
        level = levels[number] if number < len(levels) else None
        rows[f"{views.LEVEL_ROW}{number + 1}"] = level_text(level) if level else ""
    return rows


def level_text(level: Level) -> str:
    """A level with its kind in brackets where the name does not say it: 柱（基本目標）."""
    kind = VALUE_LABELS[LevelKind][level.kind][0]
    return level.name if level.name == kind else f"{level.name}（{kind}）"


def _basics(book: Book, draft: Draft, plan: str) -> None:
    key = Head(key_heading(views.BASICS, plan), 60, hidden=True)
    heads = (key, Head("項目", 190), Head("内容", 560), origin_head(("value",)))
    codes = {f"{views.LEVEL_ROW}{n}": level.code for n, level in enumerate(Places(draft).levels, start=1)}
    # An empty workbook belongs to no plan: what stands in it is to be read.
    known = bool(plan)
    rows = [
        (codes.get(label, "") if known else "", label, text, text if known else "")
        for label, text in basics_rows(draft).items()
    ]
    book.table(Table(views.BASICS, heads, rows), filtered=False)

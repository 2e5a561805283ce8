"""A block of cells copied from Excel, read like a sheet of the workbook: for the paste grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sosei.formats.workbook import views
from sosei.formats.workbook.grid import Grid, grid_of, plan_reader, read_grid
from sosei.formats.workbook.headings import LABELS, PATH, YEARLY, Meaning, Vocabulary, meaning_label
from sosei.formats.workbook.incoming import Incoming, KeyFor, random_keys
from sosei.formats.workbook.reading import add_levels, kind_of, result
from sosei.formats.workbook.reading_activities import ActivityReader
from sosei.formats.workbook.reading_placements import PlacementReader
from sosei.formats.workbook.reading_tree import TreeReader
from sosei.formats.workbook.rows import SheetReader
from sosei.formats.workbook.session import Session
from sosei.formats.xlsx_cells import Cell
from sosei.plan.base import Key
from sosei.plan.model import Element, Plan
from sosei.values import Problem, Words, YearLabel, parse_year_label

PASTED: Final = Words("貼り付けた表", "the pasted table")
"""What a message calls the block, in the place of a sheet."""

Texts = Sequence[Sequence[str]]


def read_block(
    rows: Texts,
    plan: Plan,
    *,
    at: Key | None = None,
    meanings: Sequence[Meaning | None] | None = None,
    year: YearLabel | None = None,
    key_for: KeyFor | None = None,
) -> Incoming:
    """What a rectangle of texts says of ``plan``; faulty cells are told, a row is matched by place and name.

    ``at`` is an element that all rows belong to or stand below.  With ``meanings`` of the columns the rows have
    no headings; without them the headings are read.  ``year`` is that of activities without a column for it.
    Raises Problem where no column is known, or ``at`` is no element.
    """
    session = Session(plan, key_for or random_keys())
    if at is not None and at not in {each["key"] for each in session.draft.of_kind(Element)}:
        raise Problem(
            "貼り付ける先の施策・事業がもうありません。画面を開き直してください",
            "the element to paste into is gone; open the page again",
        )
    grid = _grid(rows, plan, meanings)
    add_levels(session, grid.columns.values())
    session.headings([grid])
    kind = kind_of(list(grid.columns.values()), placed=at is not None)
    if kind is None:
        raise Problem(
            "指標名と目標値・実績、取組内容、または基本目標・施策などの名称の列が必要です。列の意味を選んでください",
            "there has to be a column of indicators with values, of what was done, or of elements; choose what the columns mean",
        )
    _reader(session, kind, at, year).read([grid])
    if kind == views.PLACEMENTS and "done" in grid.columns:
        ActivityReader(session, at, year).read([grid])
    return result(session)


def guess_columns(rows: Texts, plan: Plan) -> list[Meaning | None]:
    """What each column of the block seems to mean by its heading; None where that is not known."""
    width = max(map(len, rows), default=0)
    grid = read_grid(PASTED.ja, _cells(rows), plan_reader(Vocabulary(plan.levels)))
    found: list[Meaning | None] = [None] * width
    for number, meaning in (grid.places if grid else {}).items():
        found[number] = meaning
    return found


def headings_in(rows: Texts, plan: Plan) -> int:
    """How many rows at the top of the block are headings, or stand above them."""
    grid = read_grid(PASTED.ja, _cells(rows), plan_reader(Vocabulary(plan.levels)))
    return grid.first if grid else 0


def meaning_of(code: str, plan: Plan) -> Meaning | None:
    """The meaning that ``code`` (name, path:goal, actual:R6) stands for; None for no such one."""
    what, _, year = code.partition(":")
    if code.startswith(PATH):
        known = code.removeprefix(PATH) in {level.code for level in plan.levels}
        return Meaning(code) if known else None
    if what not in LABELS:
        return None
    if not year:
        return Meaning(what)
    label = parse_year_label(year)
    return Meaning(what, label) if label.when is not None and what in YEARLY else None


def code_of(meaning: Meaning) -> str:
    """The code of a meaning, for a form: meaning_of gives it back."""
    return f"{meaning.what}:{meaning.year.text}" if meaning.year and meaning.what in YEARLY else meaning.what


def choices(plan: Plan, years: Iterable[YearLabel], language: str) -> list[tuple[str, str]]:
    """Every meaning a column can have, code and words, in the order of a picker; those of a year once for each."""
    meanings = [Meaning(PATH + level.code) for level in plan.levels]
    for what in LABELS:
        if what in YEARLY:
            meanings += [Meaning(what)] if what == "target" else []
            meanings += [Meaning(what, year) for year in years]
        else:
            meanings.append(Meaning(what))
    return [(code_of(meaning), meaning_label(meaning, plan.levels, language)) for meaning in meanings]


def _reader(session: Session, kind: str, at: Key | None, year: YearLabel | None) -> SheetReader:
    if kind == views.PLACEMENTS:
        return PlacementReader(session, at)
    if kind == views.ACTIVITIES:
        return ActivityReader(session, at, year)
    return TreeReader(session, at)


def _grid(rows: Texts, plan: Plan, meanings: Sequence[Meaning | None] | None) -> Grid:
    cells = _cells(rows)
    if meanings is not None:
        return grid_of(PASTED.ja, cells, meanings)
    grid = read_grid(PASTED.ja, cells, plan_reader(Vocabulary(plan.levels)))
    if grid is None:
        raise Problem(
            "見出しの行が見つかりません。見出し（指標名、目標値、実績 R6 など）も一緒に貼り付けるか、列の意味を選んでください",
            "there is no row of headings; paste it too (指標名, 目標値, 実績 R6), or choose what the columns mean",
        )
    return grid


def _cells(rows: Texts) -> list[list[Cell]]:
    return [
        [Cell(number, column, text) for column, text in enumerate(row, start=1)]
        for number, row in enumerate(rows, start=1)
    ]

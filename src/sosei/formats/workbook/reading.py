"""The workbook read back: sheets recognised, read in the order in which they need one another, made one plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sosei.formats.workbook import views
from sosei.formats.workbook.grid import Grid, Reader, plan_reader, read_grid
from sosei.formats.workbook.headings import PATH, YEARLY, Meaning, Vocabulary, key_of
from sosei.formats.workbook.incoming import Incoming, KeyFor, random_keys, said
from sosei.formats.workbook.reading_activities import ActivityReader
from sosei.formats.workbook.reading_basics import basics_reader, read_basics
from sosei.formats.workbook.reading_placements import PlacementReader
from sosei.formats.workbook.reading_records import RecordReader, headings_of
from sosei.formats.workbook.reading_tree import TreeReader
from sosei.formats.workbook.rows import SheetReader
from sosei.formats.workbook.session import Session
from sosei.formats.xlsx_cells import Book, Sheet
from sosei.plan.base import Key
from sosei.plan.model import LevelKind, Plan
from sosei.values import Problem

_SEARCHED: Final = 40  # rows at the top in which the mark of a sheet is looked for
_NOT_READ: Final = frozenset(map(key_of, (views.INTRODUCTION, views.SAMPLE, views.LISTS)))
_SAMPLE_MARK: Final = "このシートは読み込みません"
_RECORDS: Final = {sheet.name: sheet for sheet in views.RECORD_SHEETS}
_VALUES: Final = frozenset({"baseline", "target", *YEARLY})


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet and which of the workbook's it is."""

    name: str
    sheet: Sheet


def read_workbook(book: Book, base: Plan, key_for: KeyFor | None = None) -> Incoming:
    """What ``book`` says of ``base``; faulty cells are told and everything else is read.

    ``key_for`` gives new records their keys; with the same keys (``seeded_keys``) a second reading gives the
    same plan.  Raises Problem for a file that is no such workbook, or that of another plan.
    """
    found = [*_sheets(book, base)]
    if not any(found):
        raise Problem(
            "計画のブックとして読めるシートがありません。このプログラムで書き出したブックか、見出し（指標名、目標値、実績など）のある表を読み込んでください",
            "there is no sheet that can be read as part of a plan; use a workbook written by this program, or tables "
            "with headings such as 指標名, 目標値 and 実績",
        )
    session = Session(base, key_for or random_keys())
    for words in book.remarks:
        session.remark(words.ja, words.en)
    _remark_left_out(session, book, found)
    readers = _readers(session)
    for grid in _grids(found, views.BASICS, basics_reader()):
        read_basics(session, grid)
        session.headings([grid])
    _add_levels(session, found)
    for name in _ORDER:
        grids = _grids(found, name, _heading_reader(session, name))
        session.headings(grids)
        readers[name].read(grids)
    return result(session)


def mark_of(book: Book) -> str:
    """The word that ``plan_workbook`` was given to tell the state that was written; empty for none."""
    marks = {mark for sheet in book.sheets if (mark := _mark(sheet).state)}
    return marks.pop() if len(marks) == 1 else ""


def result(session: Session) -> Incoming:
    """The plan with all that was read, and what is to be said of it."""
    _remark_made(session)
    try:
        plan = session.draft.plan()
    except Problem as problem:
        return Incoming(None, (*session.errors, said(problem)), session.remarks)
    return Incoming(plan, tuple(session.errors), session.remarks)


# Divisions before those who name them, elements before what stands at them, records before those in them.
_ORDER: Final = (
    "担当課",
    views.TREE,
    views.PLACEMENTS,
    views.ACTIVITIES,
    *(name for name in _RECORDS if name != "担当課"),
)


def _readers(session: Session) -> dict[str, SheetReader]:
    """The readers, made before anything is changed: they know what the workbook of the plan would say."""
    return {
        **{name: RecordReader(session, sheet) for name, sheet in _RECORDS.items()},
        views.TREE: TreeReader(session),
        views.PLACEMENTS: PlacementReader(session),
        views.ACTIVITIES: ActivityReader(session),
    }


def _heading_reader(session: Session, name: str) -> Reader:
    return headings_of(_RECORDS[name]) if name in _RECORDS else plan_reader(session.vocabulary)


def _grids(found: Iterable[_Found], name: str, reader: Reader) -> list[Grid]:
    grids = (read_grid(each.sheet.name, each.sheet.rows, reader) for each in found if each.name == name)
    return [grid for grid in grids if grid is not None]


def _sheets(book: Book, base: Plan) -> Iterable[_Found]:
    """The sheets that can be read, each with its name in the workbook; raises Problem for another plan's."""
    vocabulary = Vocabulary(base.levels)
    for sheet in book.sheets:
        name, plan, _ = _mark(sheet)
        if plan and plan != base.key:
            raise Problem(
                f"シート「{sheet.name}」は別の計画のブックのものです（キー {plan}）。この計画から書き出したブックを読み込んでください",
                f'the sheet "{sheet.name}" belongs to another plan ({plan}); use a workbook written from this one',
            )
        if name is None and not sheet.hidden and not _is_sample(sheet):
            name = _by_tab(sheet.name) or _by_headings(sheet, vocabulary)
        if name:
            yield _Found(name, sheet)


class _Mark(NamedTuple):
    """What stands over the hidden column of keys: the sheet's name, the plan's key, the state's word."""

    name: str | None = None
    plan: Key = ""
    state: str = ""


def _mark(sheet: Sheet) -> _Mark:
    for row in sheet.rows[:_SEARCHED]:
        for cell in row:
            parts = cell.text.split()
            if parts[:1] == [views.KEY] and 2 <= len(parts) <= 4 and parts[1] in views.SHEET_NAMES:
                return _Mark(*parts[1:])
    return _Mark()


def _by_tab(tab: str) -> str | None:
    return next((name for name in views.SHEET_NAMES if key_of(name) == key_of(tab)), None)


def _by_headings(sheet: Sheet, vocabulary: Vocabulary) -> str | None:
    """Which sheet a table is by its headings; None for one that is not the plan's."""
    grid = read_grid(sheet.name, sheet.rows, plan_reader(vocabulary))
    return kind_of(list(grid.columns.values())) if grid else None


def kind_of(meanings: Sequence[Meaning], *, placed: bool = False) -> str | None:
    """Which sheet a table with these columns is; None where they say too little.

    ``placed`` where it is known which element the rows belong to.
    """
    words = {meaning.what for meaning in meanings if not meaning.bare}
    if "name" in words and words & _VALUES:
        return views.PLACEMENTS
    if words & {"done", "evaluation"}:
        return views.ACTIVITIES
    paths = sum(word.startswith(PATH) for word in words)
    if "name" in words and placed:
        return views.PLACEMENTS
    if (
        paths >= 2
        or {"level", "element"} <= words
        or (paths and (placed or words & {"description", "divisions"}))
    ):
        return views.TREE
    return None


def _is_sample(sheet: Sheet) -> bool:
    first = sheet.rows[0][0].text if sheet.rows and sheet.rows[0] else ""
    return key_of(sheet.name) in _NOT_READ or _SAMPLE_MARK in first


def _add_levels(session: Session, found: Iterable[_Found]) -> None:
    """A plan without levels gets those that the headings name."""
    if session.places.levels:
        return
    for each in found:
        if each.name in (views.TREE, views.PLACEMENTS, views.ACTIVITIES):
            grid = read_grid(each.sheet.name, each.sheet.rows, plan_reader(session.vocabulary))
            add_levels(session, grid.columns.values() if grid else ())


def add_levels(session: Session, meanings: Iterable[Meaning]) -> None:
    """Make the levels that columns name, where the plan has no such level yet."""
    for meaning in meanings:
        code = meaning.what.removeprefix(PATH)
        if meaning.what.startswith(PATH) and all(level.code != code for level in session.places.levels):
            session.places.add_level(LevelKind(code), " ".join(meaning.heading.split()))


def _remark_left_out(session: Session, book: Book, found: Sequence[_Found]) -> None:
    read = [each.sheet for each in found]
    for sheet in book.sheets:
        if sheet in read or _is_sample(sheet) or not sheet.rows:
            continue
        if sheet.hidden:
            session.remark(
                f"シート「{sheet.name}」は隠れているため読んでいません",
                f'the sheet "{sheet.name}" is hidden and is not read',
            )
        else:
            session.remark(
                f"シート「{sheet.name}」は、計画の表として読める見出しがないため読んでいません",
                f'the sheet "{sheet.name}" has no headings of a plan and is not read',
            )


def _remark_made(session: Session) -> None:
    """New elements and divisions are easily a spelling that differs: say which there are."""
    made = [session.places.handle(key) for key in session.places.made if key in session.draft]
    if made and session.had_elements:
        session.remark(
            f"体系に新しく加わるもの：{_some(made)}。名称の書き違いでないか確かめてください",
            f"new elements: {_some(made)}; see that none is a spelling of one that is there",
        )
    divisions = session.draft.new_divisions
    if divisions and session.had_divisions:
        session.remark(
            f"新しく加わる担当課：{_some(divisions)}。名称の書き違いでないか確かめてください",
            f"new divisions: {_some(divisions)}; see that none is a spelling of one that is there",
        )


def _some(names: Sequence[str]) -> str:
    more = f" ほか{len(names) - 10}件" if len(names) > 10 else ""
    return "、".join(names[:10]) + more

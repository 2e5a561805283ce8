"""The sheet 基本事項 read: a label and a value in each row."""

from __future__ import annotations

from sosei.formats.workbook.forms import same_cell
from sosei.formats.workbook.grid import Grid, Reader, Row, record_reader
from sosei.formats.workbook.headings import LEVEL_NAMES, key_of
from sosei.formats.workbook.incoming import Fault
from sosei.formats.workbook.session import Session
from sosei.formats.workbook.views import BASIC_FIELDS, LEVEL_ROW
from sosei.formats.workbook.writing import basics_rows
from sosei.plan.labels import VALUE_LABELS
from sosei.plan.model import Level, LevelKind
from sosei.values import parse_span

_PERIOD = ("計画期間", "計画期間の初めの年度", "計画期間の終わりの年度")


def basics_reader() -> Reader:
    """The two headings of the sheet."""
    return record_reader({key_of("項目"): "label", key_of("内容"): "value"})


def read_basics(session: Session, grid: Grid) -> None:
    """Set what the sheet says otherwise than the plan; a row or a label that is missing says nothing."""
    root = session.draft.root
    was = basics_rows(session.draft)
    labels = {key_of(label): label for label in was}
    for row in grid.rows:
        label = labels.get(key_of(row.text("label")))
        cell = row.cells.get("value")
        if label is None or cell is None:
            continue
        written = row.written.get("value")
        if row.key and written:
            session.places.learn_level(row.key, _level(written, LevelKind.MEASURE)[0])
        stands = same_cell(cell.text, was[label]) or (written is not None and same_cell(cell.text, written))
        if (stands and cell.error is None) or not session.usable(grid, row, "value", cell):
            continue
        text = row.text("value")
        if not text and not grid.keyed:
            continue
        try:
            if label in BASIC_FIELDS:
                session.put(root, BASIC_FIELDS[label], text)
            else:
                _set_level(session, int(label.removeprefix(LEVEL_ROW)) - 1, text)
        except Fault as fault:
            session.fault(grid, row, "value", fault)
    _settle_period(session, grid)


def _set_level(session: Session, number: int, text: str) -> None:
    levels = session.places.levels
    if not text:
        raise Fault("階層の名称を空欄にはできません", "the name of a level cannot be blank")
    name, kind = _level(text, levels[number].kind if number < len(levels) else None)
    if number < len(levels):
        levels[number] = levels[number].model_copy(update={"name": name, "kind": kind})
        session.places.set_levels(levels)
        return
    session.places.set_levels([*levels, Level(code=_free_code(levels, kind), name=name, kind=kind)])


def _level(text: str, known: LevelKind | None) -> tuple[str, LevelKind]:
    """A level's name and kind: 施策, or with the kind in brackets, 柱（基本目標）."""
    kinds = {
        key_of(pair[0]): kind for kind, pair in VALUE_LABELS[LevelKind].items() if isinstance(kind, LevelKind)
    }
    name, bracket, inner = text.rstrip("）)").replace("(", "（").rpartition("（")
    if bracket and (kind := kinds.get(key_of(inner))):
        return name.strip(), kind
    kind = kinds.get(key_of(text)) or LEVEL_NAMES.get(key_of(text)) or known
    if kind is None:
        words = "、".join(pair[0] for pair in VALUE_LABELS[LevelKind].values())
        raise Fault(
            f"どの種類の階層かわかりません。「{text}（施策）」のように、種類（{words}）を括弧で添えてください",
            f'it is not clear what sort of level this is; add it in brackets, "{text}（施策）" ({words})',
        )
    return text, kind


def _free_code(levels: list[Level], kind: LevelKind) -> str:
    code = kind.value
    while code in {level.code for level in levels}:
        code += "2"
    return code


def _settle_period(session: Session, grid: Grid) -> None:
    """A period needs its first and last year; where only its words are new they are read from these."""
    root = session.draft.root
    period = session.draft[root].get("period")
    if period is None or {"text", "first", "last"} <= period.keys():
        return
    row = next((row for row in grid.rows if key_of(row.text("label")) == key_of(_PERIOD[0])), Row(1, {}))
    span = parse_span(period.get("text", ""))
    if span is None:
        session.draft.put(root, "period", None)
        session.fault(
            grid,
            row,
            "value",
            Fault(
                "計画期間には、初めの年度と終わりの年度も必要です",
                "a period needs its first and its last year",
            ),
        )
        return
    for part, label in (("first", _PERIOD[1]), ("last", _PERIOD[2])):
        when = getattr(span, part)
        if part not in period:
            field = BASIC_FIELDS[label]
            session.draft.put(root, field.path, field.form.read(f"{when.year}年度", None, session.draft))

"""What the readers of the sheets share: the draft, the places, and what has to be said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sosei.formats.workbook.draft import Draft
from sosei.formats.workbook.grid import Grid, Row
from sosei.formats.workbook.headings import Vocabulary
from sosei.formats.workbook.incoming import CellError, Fault, KeyFor, shown
from sosei.formats.workbook.places import Places
from sosei.formats.workbook.views import Field
from sosei.formats.xlsx_cell import LONGEST_TEXT
from sosei.formats.xlsx_cells import Cell
from sosei.plan.base import Key, Node
from sosei.plan.indicator import Placement
from sosei.plan.model import Plan
from sosei.values import Words


class Session:
    """One reading of a workbook into a plan."""

    def __init__(self, base: Plan, key_for: KeyFor) -> None:
        self.draft = Draft(base, key_for)
        self.places = Places(self.draft)
        self.had_elements = bool(base.elements)
        self.had_divisions = bool(base.divisions)
        self.errors: list[CellError] = []
        self._remarks: dict[Words, None] = {}
        self.titles: dict[tuple[type[Node], str], Key] = {}
        self._said: dict[tuple[Key, str], tuple[str, str]] = {}

    @property
    def vocabulary(self) -> Vocabulary:
        """The words for columns, with the names of the levels before and now."""
        return Vocabulary([*self.places.old_levels, *self.places.levels])

    @property
    def remarks(self) -> tuple[Words, ...]:
        """What was said, each sentence once."""
        return tuple(self._remarks)

    def remark(self, ja: str, en: str) -> None:
        """Say something that the reader should know."""
        self._remarks[Words(ja, en)] = None

    def fault(self, grid: Grid, row: Row, column: str, fault: Fault, found: str | None = None) -> None:
        """Say that a cell, or a row where there is no such cell, could not be read."""
        cell = row.cells.get(column)
        meaning = grid.columns.get(column)
        heading = " ".join(meaning.heading.split()) if meaning and cell else ""
        text = cell.text if cell and found is None else found or ""
        address = cell.address if cell else str(row.number)
        self.errors.append(CellError(grid.sheet, address, heading, text, fault.ja, fault.en))

    def usable(self, grid: Grid, row: Row, column: str, cell: Cell) -> bool:
        """Whether the value of a cell can be used; says so where it cannot, or where it is a formula's."""
        if cell.error is not None:
            self.fault(grid, row, column, Fault(cell.error.ja, cell.error.en))
            return False
        if len(cell.text) > LONGEST_TEXT:
            self.fault(
                grid,
                row,
                column,
                Fault(
                    f"{len(cell.text):,} 文字もあります（{LONGEST_TEXT:,} 文字まで）",
                    f"{len(cell.text):,} characters are too many (at most {LONGEST_TEXT:,})",
                ),
            )
            return False
        if cell.note is not None:
            self.remark(
                f"シート「{grid.sheet}」の {cell.address}：{cell.note.ja}",
                f'sheet "{grid.sheet}", {cell.address}: {cell.note.en}',
            )
        return True

    def put(self, key: Key, field: Field, text: str) -> None:
        """Set a field from a cell; raises Fault where the text does not fit."""
        if not text.strip():
            if field.required:
                raise Fault("空欄にはできません", "this cannot be blank")
            value = None
        else:
            value = field.form.read(text.strip(), _old(self.draft[key], field.path), self.draft)
        self.draft.put(key, field.path, value)

    def drop_tables(self, key: Key) -> None:
        """Take from the placements in what was moved to ``key`` the tables that do not stand above them any more."""
        for data in [*self.draft.of_kind(Placement)]:
            place, table = data["key"], data.get("table")
            if (
                table
                and self.draft.inside(place, key)
                and not self.draft.inside(place, self.draft.parent(table))
            ):
                self.draft.put(place, "table", None)

    def agree(self, key: Key, column: str, text: str, where: str) -> None:
        """Raise Fault where the cell of another row says otherwise of the same record."""
        before = self._said.setdefault((key, column), (text.strip(), where))
        if before[0] != text.strip():
            raise Fault(
                f"同じ指標について {before[1]} には「{shown(before[0])}」とあります。どちらかにそろえてください",
                f'{before[1]} says "{shown(before[0])}" of the same indicator; make them agree',
            )

    def headings(self, grids: Iterable[Grid]) -> None:
        """Say which columns were not read."""
        for grid in grids:
            for heading in grid.unread:
                self.remark(
                    f"シート「{grid.sheet}」の見出し「{heading}」の列は読んでいません",
                    f'the column "{heading}" of the sheet "{grid.sheet}" is not read',
                )
            for heading in grid.doubled:
                self.remark(
                    f"シート「{grid.sheet}」の見出し「{heading}」は前の列と同じなので、読んでいません",
                    f'the column "{heading}" of the sheet "{grid.sheet}" repeats one before and is not read',
                )
            for meaning in grid.columns.values():
                if meaning.bare:
                    self.remark(
                        f"シート「{grid.sheet}」の見出し「{meaning.heading}」の列は、その年の実績として読みました",
                        f'the column "{meaning.heading}" of the sheet "{grid.sheet}" is read as values of that year',
                    )


def _old(data: Any, path: str) -> Any:
    for step in path.split("."):
        data = data.get(step) if data else None
    return data

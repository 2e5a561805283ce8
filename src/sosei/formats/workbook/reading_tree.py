"""The sheet 体系 read: elements made, renamed, moved."""

from __future__ import annotations

from collections.abc import Iterable

from sosei.formats.workbook.grid import Grid, Row
from sosei.formats.workbook.headings import PATH
from sosei.formats.workbook.incoming import Fault
from sosei.formats.workbook.paths import Paths
from sosei.formats.workbook.places import split_label
from sosei.formats.workbook.rows import SheetReader
from sosei.formats.workbook.session import Session
from sosei.formats.workbook.tables import element_names, element_rows
from sosei.formats.workbook.views import TREE_FIELDS
from sosei.plan.base import Key


class TreeReader(SheetReader):
    """Reads elements: a row each, with its level and the element above it.

    A sheet may name them by columns for the levels instead (基本目標 | 施策 | 担当課); what else stands in
    such a row is of the innermost element.
    """

    title = "element"

    def __init__(self, session: Session, at: Key | None = None) -> None:
        self._at = at
        super().__init__(session, element_rows(session.draft, session.places), element_names())
        self._paths: Paths | None = None

    def begin(self, grid: Grid) -> None:
        """See whether the elements are named by columns for the levels, and learn what they were called."""
        for row in grid.rows:
            if row.key in self.base:
                parts = ("label", "element") if row.written.get("element") or row.written.get("label") else ()
                name = " ".join(filter(None, (row.written.get(part, "") for part in parts)))
                number = row.written.get("level", "") + row.written.get("no", "")
                self.session.places.learn(row.key, name or number)
        by_path = "element" not in grid.columns and any(map(self.is_place, grid.columns))
        self._paths = Paths(self.session, grid, self._at) if by_path else None

    def ordered(self, grid: Grid) -> Iterable[Row]:
        """Those above first, however the rows were sorted."""
        waiting = [*grid.rows]
        if self._paths is not None:
            yield from waiting
            return
        while waiting:
            ready = [row for row in waiting if row.key or self._above_is_known(row)]
            yield from ready or waiting
            waiting = [row for row in waiting if row not in ready] if ready else []

    def is_place(self, column: str) -> bool:
        """Level and element above are set apart from the fields."""
        return column.startswith(PATH) or column in ("level", "parent")

    def match(self, grid: Grid, row: Row) -> Key | None:  # noqa: ARG002
        """The element of this name below the one that is named."""
        if self._paths is not None:
            return self._paths.locate(row)
        above, level = self._above(row), self._level(row)
        text = " ".join(part for part in (row.text("label"), row.text("element")) if part)
        if not text:
            raise Fault("番号の表記か名称のどちらかを書いてください", "write a label or a name", "element")
        found = self.session.places.find(above, level, text)
        return found if found is None or self.draft.parent(found) == above else None

    def create(self, grid: Grid, row: Row, name: str) -> Key | None:
        """A new element; its number is taken off the front of the name where it has no column."""
        if self._paths is not None:
            return None
        label, title = row.text("label"), row.text("element")
        if not label and "label" not in grid.columns:
            label, title = split_label(title)
        return self.session.places.make(self._above(row), self._level(row), (label, title), name, self.last)

    def put(self, grid: Grid, key: Key, column: str, text: str, where: str) -> None:  # noqa: ARG002
        """Set a field of the element."""
        if column in TREE_FIELDS:
            self.session.put(key, TREE_FIELDS[column], text)
        if key in self.base:
            self.session.places.changed()

    def columns(self, row: Row) -> list[str]:
        """A label that was part of the name of a new element stays."""
        return [column for column in super().columns(row) if column in TREE_FIELDS]

    def relocate(self, grid: Grid, row: Row, key: Key) -> None:  # noqa: ARG002
        """Give the element another level, or hang it below another element."""
        was = self.base[key]
        level, parent = row.text("level"), row.text("parent")
        if level and level not in (was["level"].strip(), row.written.get("level", "").strip()):
            self.draft.put(key, "level", self._level(row))
        if "parent" not in row.cells or self.stands(row, key, "parent", parent, was):
            return
        above = self._above(row)
        if self.draft.inside(above, key):
            raise Fault("それ自身の下には移せません", "it cannot be moved below itself", "parent")
        if above != self.draft.parent(key):
            self.draft.move(key, above, "elements" if above == self.draft.root else "children")
            self.session.places.changed()
            self.session.drop_tables(key)

    def _level(self, row: Row) -> str:
        level = self.session.places.level_called(row.text("level"))
        if level is None:
            names = "、".join(each.name for each in self.session.places.levels)
            raise Fault(f"階層は {names} のどれかです", f"the level has to be one of {names}", "level")
        return level.code

    def _above_is_known(self, row: Row) -> bool:
        try:
            self._above(row)
        except Fault:
            return False
        return True

    def _above(self, row: Row) -> Key:
        text = row.text("parent")
        if not text:
            return self.draft.root
        found = self.session.places.anywhere(text)
        if found is None:
            raise Fault(
                "この名称の要素がありません。上の階層の番号と名称を書いてください",
                "there is no such element; write label and name of the one above",
                "parent",
            )
        return found

"""The sheets of plain records read: chapters, references, notes, divisions ..."""

from __future__ import annotations

from typing import Any

from sosei.formats.workbook.cells import record_title
from sosei.formats.workbook.grid import Grid, Reader, Row, record_reader
from sosei.formats.workbook.headings import LABELS, key_of
from sosei.formats.workbook.incoming import Fault
from sosei.formats.workbook.rows import SheetReader
from sosei.formats.workbook.session import Session
from sosei.formats.workbook.tables import in_order, record_names, record_rows
from sosei.formats.workbook.views import RecordSheet
from sosei.plan.base import Key
from sosei.plan.model import Division
from sosei.values.folding import compact


class RecordReader(SheetReader):
    """Reads the records of one sheet."""

    def __init__(self, session: Session, sheet: RecordSheet) -> None:
        self.title = sheet.names[0] if len(sheet.names) == 1 else ""
        super().__init__(session, record_rows(session.draft, sheet), record_names(sheet))
        self.sheet = sheet

    def begin(self, grid: Grid) -> None:
        """Learn what the records were called when the workbook was written: cells elsewhere may still say so."""
        for row in grid.rows:
            name = " ".join(filter(None, (row.written.get(part, "") for part in self.sheet.names)))
            if row.key in self.base and name:
                self.session.titles.setdefault((self.sheet.kind, compact(name)), row.key)
                if self.sheet.kind is Division:
                    self.draft.learn_division(name, row.key)

    def match(self, grid: Grid, row: Row) -> Key | None:  # noqa: ARG002
        """The record of this name in the same place that no other row means."""
        above = self._above(row)
        names = [name for name in self.sheet.names if name in row.cells]
        if not any(row.text(name) for name in names):  # a note without a term: the whole row says which
            names = [name for name in self.sheet.fields if name in row.cells]
        for key in in_order(self.draft, self.sheet.kind):
            if key in self.claimed or self.draft.parent(key) != above:
                continue
            cells = self.base.get(key)
            if cells and all(compact(cells[name]) == compact(row.text(name)) for name in names):
                return key
        return None

    def create(self, grid: Grid, row: Row, name: str) -> Key | None:  # noqa: ARG002
        """A new record, with all that it cannot be without."""
        record: dict[str, Any] = {}
        for heading, field in self.sheet.fields.items():
            if not field.required:
                continue
            text = row.text(heading)
            if not text:
                raise Fault(
                    f"「{heading}」が空欄です。新しく加えるには必要です",
                    f'"{heading}" is blank; a new record needs it',
                    heading,
                )
            try:
                record[field.path] = field.form.read(text, None, self.draft)
            except Fault as fault:
                raise Fault(fault.ja, fault.en, heading) from None
        if self.sheet.kind is Division:
            return self.draft.division_key(row.text(self.title))
        above = self._above(row)
        inner = above != self.draft.root and self.sheet.above is not None
        collection = self.sheet.above[2] if inner and self.sheet.above else self.sheet.collection
        return self.draft.add(above, collection, record, name, self.last)

    def columns(self, row: Row) -> list[str]:
        """The fields of the record."""
        return [column for column in super().columns(row) if column in self.sheet.fields]

    def put(self, grid: Grid, key: Key, column: str, text: str, where: str) -> None:  # noqa: ARG002
        """Set a field of the record."""
        self.session.put(key, self.sheet.fields[column], text)

    def is_place(self, column: str) -> bool:
        """The column that names the record above."""
        return self.sheet.above is not None and column == self.sheet.above[0]

    def relocate(self, grid: Grid, row: Row, key: Key) -> None:  # noqa: ARG002
        """Hang the record into another."""
        if self.sheet.above is None:
            return
        heading, _, collection = self.sheet.above
        if heading not in row.cells or self.stands(row, key, heading, row.text(heading), self.base[key]):
            return
        above = self._above(row)
        if self.draft.inside(above, key):
            raise Fault("それ自身の中には移せません", "it cannot be moved into itself", heading)
        if above != self.draft.parent(key):
            self.draft.move(key, above, collection if above != self.draft.root else self.sheet.collection)

    def _above(self, row: Row) -> Key:
        if self.sheet.above is None:
            return self.draft.root
        heading, kind, _ = self.sheet.above
        text = compact(row.text(heading))
        if not text and kind is self.sheet.kind:
            return self.draft.root
        every = in_order(self.draft, kind)
        found = [key for key in every if compact(record_title(self.draft, key)) == text]
        if not text and len(every) == 1:
            return every[0]
        learned = self.session.titles.get((kind, text))
        if not found and learned in self.draft:
            return str(learned)
        if len(found) != 1:
            raise Fault(
                f"「{heading}」がどれを指すかわかりません。番号と名称を書き出したとおりに書いてください",
                f'it is not clear which record "{heading}" means; write its number and name as they were written',
                heading,
            )
        return found[0]


def headings_of(sheet: RecordSheet) -> Reader:
    """The headings of a sheet of records, with the other words for them."""
    words = {key_of(heading): heading for heading in sheet.fields}
    for heading, more in (sheet.also or {}).items():
        for word in more.split():
            words.setdefault(key_of(word), heading)
    if sheet.above:
        words[key_of(sheet.above[0])] = sheet.above[0]
    words[key_of(LABELS["remove"].ja)] = "remove"
    return record_reader(words)

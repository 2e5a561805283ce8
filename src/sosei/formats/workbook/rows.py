"""Rows of a sheet matched with the records of the plan, and what changed in them.

The rules stand in docs/decisions/013-workbook.md: a hidden key leads to a record unless the row is seen to
have slipped; without a key a row is matched by where it stands and what it is called; a row that is
missing says nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from sosei.formats.workbook.cells import Cells
from sosei.formats.workbook.forms import same_cell
from sosei.formats.workbook.grid import Grid, Row
from sosei.formats.workbook.headings import PATH
from sosei.formats.workbook.incoming import Fault, shown
from sosei.formats.workbook.session import Session
from sosei.formats.workbook.views import REMOVE
from sosei.plan.base import Key
from sosei.values.folding import compact

Said = tuple[str, ...]

_WHAT_TO_DO: Final = (
    "行と隠れた「キー」の列がずれたか、別の行を上から貼り付けたようです。行ごと元に戻してください。名称を入れ替えるときは画面でお願いします",
    "the row and the hidden column of keys have slipped apart, or another row was pasted over this one; "
    "put the row back, and swap names on screen",
)


class SheetReader(ABC):
    """Reads the rows of one kind of records; ``base`` holds what the workbook of the plan would say of each.

    ``names`` are the columns that say which record a row is, ``title`` the one with its own name.
    """

    title = ""

    def __init__(self, session: Session, base: Mapping[Key, Cells], names: Sequence[str]) -> None:
        self.session = session
        self.draft = session.draft
        self.base = base
        self.names = names
        self.claimed: set[Key] = set()
        self.last: Key | None = None
        self._named = {key: self._said(cells.get) for key, cells in base.items()}
        self._by_names = _grouped(self._named)
        self._by_title = _grouped({key: compact(cells.get(self.title, "")) for key, cells in base.items()})

    def read(self, grids: Iterable[Grid]) -> None:
        """Read every row of the sheets with this kind of records."""
        grids = [*grids]
        keys = Counter(row.key for grid in grids for row in grid.rows if row.key)
        self.claimed = set(keys)
        for grid in grids:
            self.last = None
            self.begin(grid)
            for row in self.ordered(grid):
                try:
                    self._row(grid, row, keys)
                except Fault as fault:
                    self.session.fault(grid, row, fault.column or self.title, fault)

    def begin(self, grid: Grid) -> None:  # noqa: B027  (most kinds need nothing)
        """Make the sheet ready."""

    def ordered(self, grid: Grid) -> Iterable[Row]:
        """The rows in the order in which they are read."""
        return grid.rows

    @abstractmethod
    def match(self, grid: Grid, row: Row) -> Key | None:
        """The record that a row without a key means; None for a new one.  Raises Fault."""

    @abstractmethod
    def create(self, grid: Grid, row: Row, name: str) -> Key | None:
        """A new record for the row; None where the row holds none.  Raises Fault."""

    @abstractmethod
    def put(self, grid: Grid, key: Key, column: str, text: str, where: str) -> None:
        """Set what stands under a column.  Raises Fault."""

    def relocate(self, grid: Grid, row: Row, key: Key) -> None:  # noqa: B027
        """Hang a record with a key where its row now says it stands.  Raises Fault."""

    def finish(self, grid: Grid, row: Row, key: Key, *, new: bool) -> None:  # noqa: B027
        """Settle what follows from the row as a whole.  Raises Fault."""

    def remove(self, key: Key) -> None:
        """Take the record out of the plan.  Raises Fault where something else names it."""
        holder = self.draft.named_by(key)
        if holder is not None:
            raise Fault(
                "ほかの記録（注や指標など）がこれを指しているので、ここでは削除できません。画面で削除してください",
                "other records (a note, an indicator) name this one; remove it on screen",
                "remove",
            )
        self.draft.remove(key)

    def is_place(self, column: str) -> bool:
        """Whether a column says where the record stands."""
        return column.startswith(PATH)

    def _row(self, grid: Grid, row: Row, keys: Counter[str]) -> None:
        removing = _removes(row)
        key = self._keyed(row, keys, removing=removing) if row.key else self.match(grid, row)
        if removing:
            if key is not None and key in self.draft:
                self.remove(key)
            return
        new = key is None and not row.key
        if new:
            key = self.create(grid, row, f"{grid.sheet}!{row.number}")
        if key is None:
            return
        self.claimed.add(key)
        self.last = key
        self._change(grid, row, key)
        if row.key:
            self.relocate(grid, row, key)
        self.finish(grid, row, key, new=new)

    def _change(self, grid: Grid, row: Row, key: Key) -> None:
        """Set what the row says otherwise than the workbook of the plan would."""
        was = self.base.get(key, {})
        for column in self.columns(row):
            cell = row.cells[column]
            try:
                if cell.error is None and self.stands(row, key, column, cell.text, was):
                    continue
                if not self.session.usable(grid, row, column, cell):
                    continue
                text = row.text(column)
                # A row without a key adds and changes; only one that was written by the program empties fields.
                if text or row.key:
                    self.put(grid, key, column, text, f"{grid.sheet} {cell.address}")
            except Fault as fault:
                self.session.fault(grid, row, fault.column or column, fault)

    def stands(self, row: Row, key: Key, column: str, text: str, was: Cells) -> bool:  # noqa: ARG002
        """Whether a cell says nothing new: it holds what the plan says, or what was written into it."""
        written = row.written.get(column)
        return same_cell(text, was.get(column, "")) or (written is not None and same_cell(text, written))

    def columns(self, row: Row) -> list[str]:
        """The columns of the row that hold fields, in the order in which they are set."""
        return [column for column in row.cells if column != "remove" and not self.is_place(column)]

    def _keyed(self, row: Row, keys: Counter[str], *, removing: bool) -> Key | None:
        """The record of a row with a key; raises Fault where key and row do not belong together."""
        key = row.key
        if key not in self.base:
            if removing and key not in self.draft:
                return None
            raise Fault(
                f"隠れた「キー」の列の「{shown(key)}」は、このシートの記録にありません。計画から削除されたか、別の計画の行です。"
                "新しく加えるときは「キー」のセルを空にしてください",
                f'the hidden key "{shown(key)}" is no record of this sheet: it was removed from the plan or belongs to '
                "another; to add the row as a new one, empty its key",
            )
        if keys[key] > 1:
            raise Fault(
                f"同じキー（{self._called(key)}）の行が {keys[key]} つあります。"
                "コピーして作った新しい行は、隠れた「キー」のセルを空にしてください",
                f"{keys[key]} rows have the same key ({self._called(key)}); empty the hidden key of those that are new",
            )
        if other := self._mixed_up(row, key):
            here = shown(row.text(self.title) or " / ".join(filter(None, map(row.text, self.names))))
            raise Fault(
                f"キーは「{self._called(key)}」のものですが、行の名称「{here}」は別の記録「{self._called(other)}」の名称です。"
                + _WHAT_TO_DO[0],
                f'the key is that of "{self._called(key)}", but "{here}" is the name of another record, '
                f'"{self._called(other)}"; ' + _WHAT_TO_DO[1],
            )
        return key

    def _mixed_up(self, row: Row, key: Key) -> Key | None:
        """The other record whose name the row bears; None where it bears its own or a new one."""
        if row.written.keys() >= set(self.names):
            written = self._said(row.written.get)
            if written != self._named[key] and (others := self._by_names.get(written)):
                return others[0]
        title = compact(row.text(self.title)) if self.title else ""
        own = compact(self.base[key].get(self.title, ""))
        if title and title != own and (others := self._by_title.get(title)):
            return others[0]
        if all(name in row.cells for name in self.names):
            said = self._said(row.text)
            others = self._by_names.get(said, [])
            if said != self._named[key] and any(said) and others:
                return others[0]
        return None

    def _said(self, text: Callable[[str], str | None]) -> Said:
        return tuple(compact(text(name) or "") for name in self.names)

    def _called(self, key: Key) -> str:
        cells = self.base[key]
        return shown(cells.get(self.title, "") or " / ".join(filter(None, map(cells.get, self.names))))


def _removes(row: Row) -> bool:
    """Whether the row is to be taken out of the plan."""
    word = compact(row.text("remove"))
    if word and word != REMOVE:
        raise Fault(
            f"計画から除くときは「{REMOVE}」、そうでないときは空欄にしてください",
            f'write "{REMOVE}" to remove the row from the plan, else leave it blank',
            "remove",
        )
    return bool(word)


def _grouped(texts: Mapping[Key, str | Said]) -> dict[str | Said, list[Key]]:
    found: dict[str | Said, list[Key]] = defaultdict(list)
    for key, text in texts.items():
        if text:
            found[text].append(key)
    return found

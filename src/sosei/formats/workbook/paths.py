"""Where a row stands, from its columns for the levels; a blank one says the same as the row above."""

from __future__ import annotations

from sosei.formats.workbook.cells import Cells
from sosei.formats.workbook.grid import Grid, Row
from sosei.formats.workbook.headings import PATH
from sosei.formats.workbook.incoming import Fault
from sosei.formats.workbook.session import Session
from sosei.plan.base import Key
from sosei.plan.indicator import Role

_DASHES = "-―－—ー–・…"


class Paths:
    """The places of the rows of a sheet, for rows taken one after the other.

    ``at`` is the element that all rows stand below, where there is one.
    """

    def __init__(self, session: Session, grid: Grid, at: Key | None = None) -> None:
        self._session = session
        self._sheet = grid.sheet
        self._at = at
        self._levels = [level for level in session.places.levels if PATH + level.code in grid.columns]
        self._texts: dict[int, dict[str, str]] = {}
        running: dict[str, str] = {}
        for row in grid.rows:
            running = self._next(running, row)
            self._texts[row.number] = running

    def locate(self, row: Row) -> Key | None:
        """The element of a row, made where it is new; None where no column says one.  Raises Fault."""
        return self._find({PATH + code: text for code, text in self._texts[row.number].items()}, row)

    def moved_to(self, row: Row, was: Cells) -> Key | None:
        """The element that a row with a key now names; None where it names the one it always did.

        A blank cell says nothing here (cells are merged for the eye), nor one that is as it was written.  Only below a level that has changed it is blank.
        """
        texts: dict[str, str] = {}
        changed = False
        for level in self._levels:
            column = PATH + level.code
            text, before = row.text(column), was.get(column, "").strip()
            if not changed and text in ("", before, row.written.get(column, "").strip()):
                texts[column] = before
            else:
                changed, texts[column] = True, text
        return self._find(texts, row) if changed else None

    def _find(self, texts: Cells, row: Row) -> Key | None:
        places, draft = self._session.places, self._session.draft
        above = self._at or draft.root
        for level in self._levels:
            column = PATH + level.code
            text = texts.get(column, "")
            if not text:
                continue
            try:
                found = places.find(above, level.code, text)
            except Fault as fault:
                raise Fault(fault.ja, fault.en, column) from None
            if found is None:
                if above == draft.root and level.code != places.levels[0].code:
                    top = places.levels[0].name
                    raise Fault(
                        f"新しいものを加えるには、上の階層（{top}など）も書いてください",
                        f"to add a new element, write those above it too ({top})",
                        column,
                    )
                found = places.make(above, level.code, text, f"{self._sheet}!{row.number} {column}")
            above = found
        return above if above != draft.root else None

    def _next(self, running: dict[str, str], row: Row) -> dict[str, str]:
        """The texts of a row, the blank ones from the row above as far as no level over them has changed."""
        texts: dict[str, str] = {}
        changed = False
        filled = [level.code for level in self._levels if row.text(PATH + level.code)]
        whole = row.text("role") == Role.NUMERIC_TARGET.label and bool(filled)
        for level in self._levels:
            own = row.text(PATH + level.code)
            if own.strip(_DASHES + " 　") == "":
                explicit = own or changed or (whole and self._is_below(level.code, filled))
                own = "" if explicit else running.get(level.code, "")
            elif own != running.get(level.code, ""):
                changed = True
            if own:
                texts[level.code] = own
        return texts

    def _is_below(self, code: str, filled: list[str]) -> bool:
        order = [level.code for level in self._levels]
        return order.index(code) > max(map(order.index, filled))

"""The sheet 事業・取組 read: what was done in a year."""

from __future__ import annotations

from sosei.formats.workbook.cells import year_of
from sosei.formats.workbook.grid import Grid, Row
from sosei.formats.workbook.incoming import Fault
from sosei.formats.workbook.paths import Paths
from sosei.formats.workbook.rows import SheetReader
from sosei.formats.workbook.session import Session
from sosei.formats.workbook.tables import activity_names, activity_rows
from sosei.formats.workbook.views import ACTIVITY_FIELDS
from sosei.plan.base import Key
from sosei.values import YearLabel, parse_year_label

_SAYS_SOMETHING = ("done", "evaluation", "issues", "next", "budget", "settlement")


class ActivityReader(SheetReader):
    """Reads activities; ``at`` is the element they stand below, ``year`` theirs where no column says one."""

    title = "year"

    def __init__(self, session: Session, at: Key | None = None, year: YearLabel | None = None) -> None:
        names = activity_names(session.places.levels)
        super().__init__(session, activity_rows(session.draft, session.places), names)
        # A year is no name of its own: two rows of one year are not mixed up.
        self._by_title = {}
        self._at, self._year = at, year
        self._paths: Paths | None = None

    def begin(self, grid: Grid) -> None:
        """Read where each row stands."""
        self._paths = Paths(self.session, grid, self._at)

    def match(self, grid: Grid, row: Row) -> Key | None:  # noqa: ARG002
        """The activity of the element in that year."""
        if not any(row.text(column) for column in _SAYS_SOMETHING):
            return None
        year = self._label(row).effective
        element = self._element(row)
        for activity in self.draft.children(element, "activities"):
            same = year is not None and year_of(activity["year"]) == year.year
            if same and activity["key"] not in self.claimed:
                return str(activity["key"])
        return None

    def create(self, grid: Grid, row: Row, name: str) -> Key | None:  # noqa: ARG002
        """A new activity; none where nothing is said."""
        if not any(row.text(column) for column in _SAYS_SOMETHING):
            return None
        element = self._element(row)
        year = ACTIVITY_FIELDS["year"].form.read(self._label(row).text, None, self.draft)
        return self.draft.add(element, "activities", {"year": year}, name, self.last)

    def columns(self, row: Row) -> list[str]:
        """The fields of an activity."""
        return [column for column in super().columns(row) if column in ACTIVITY_FIELDS]

    def put(self, grid: Grid, key: Key, column: str, text: str, where: str) -> None:  # noqa: ARG002
        """Set a field of the activity."""
        self.session.put(key, ACTIVITY_FIELDS[column], text)

    def relocate(self, grid: Grid, row: Row, key: Key) -> None:  # noqa: ARG002
        """Hang the activity below another element."""
        assert self._paths is not None  # noqa: S101  (set by begin)
        to = self._paths.moved_to(row, self.base[key])
        if to is not None and to != self.draft.parent(key):
            self.draft.move(key, to, "activities")

    def _element(self, row: Row) -> Key:
        assert self._paths is not None  # noqa: S101  (set by begin)
        found = self._paths.locate(row) or self._at
        if found is None:
            raise Fault(
                "どの施策・事業の取組かがわかりません。左の列に書いてください",
                "it is not said which element this belongs to; name it in the columns at the left",
            )
        return found

    def _label(self, row: Row) -> YearLabel:
        text = row.text("year")
        if not text and self._year is not None:
            return self._year
        label = parse_year_label(text)
        if label.effective is None:
            raise Fault(
                "年度として読めません。R6、令和6年度、2024 のように書いてください",
                "this is no year; write R6, 令和6年度 or 2024",
                "year",
            )
        return label

"""The sheet 指標・KPI read: placements with their indicators, and the values of the years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sosei.formats.workbook.cells import Cells
from sosei.formats.workbook.draft import Data
from sosei.formats.workbook.grid import Grid, Row
from sosei.formats.workbook.headings import YEARLY, default_role
from sosei.formats.workbook.incoming import Fault, shown
from sosei.formats.workbook.paths import Paths
from sosei.formats.workbook.rows import SheetReader
from sosei.formats.workbook.session import Session
from sosei.formats.workbook.settling import settle_years
from sosei.formats.workbook.tables import placement_names, placement_rows
from sosei.formats.workbook.views import INDICATOR_FIELDS, PLACEMENT_FIELDS
from sosei.formats.workbook.yearly import Yearly
from sosei.plan.base import Key
from sosei.plan.indicator import Indicator, Placement
from sosei.values.folding import compact

_DASHES: Final = "-―－—ー– 　"
_AGAIN: Final = frozenset({"再掲", "(再掲)", "○", "〇", "同左", "同上"})


class PlacementReader(SheetReader):
    """Reads placements; ``at`` is the element they stand below, where the caller says one."""

    title = "name"

    def __init__(self, session: Session, at: Key | None = None) -> None:
        names = placement_names(session.places.levels)
        super().__init__(session, placement_rows(session.draft, session.places), names)
        self._at = at
        self._paths: Paths | None = None
        self._filled: set[tuple[Key, str]] = set()
        self._yearly = Yearly(session)
        self._indicators: dict[str, list[Key]] = {}
        for data in self.draft.of_kind(Indicator):
            self._indicators.setdefault(compact(data["name"]), []).append(data["key"])
        self._places: dict[tuple[Key, str, str], list[Key]] = {}
        for data in self.draft.of_kind(Placement):
            self._places.setdefault(self._identity(data, self.draft.parent(data["key"])), []).append(
                data["key"]
            )

    def begin(self, grid: Grid) -> None:
        """Read where each row stands, and which years its columns are."""
        settle_years(self.session, grid)
        self._paths = Paths(self.session, grid, self._at)

    def read(self, grids: Iterable[Grid]) -> None:
        """Read the sheets; first see what they say of indicators that stand at several places."""
        grids = [*grids]
        for row in (row for grid in grids for row in grid.rows if row.key in self.base):
            indicator = self.draft[row.key]["indicator"]
            self._filled |= {
                (indicator, column) for column in row.cells if _shared(column) and row.text(column)
            }
        super().read(grids)

    def stands(self, row: Row, key: Key, column: str, text: str, was: Cells) -> bool:
        """As for every cell; what is of the indicator must be the same at all its places, or blank at some."""
        same = super().stands(row, key, column, text, was)
        if not _shared(column):
            return same
        indicator = self.draft[key]["indicator"]
        if not text.strip():
            return same or (indicator, column) in self._filled
        self.session.agree(indicator, column, text, row.cells[column].address)
        return same

    def match(self, grid: Grid, row: Row) -> Key | None:
        """The placement of this name and role at the same element that no other row means."""
        element = self._locate(row)
        if element is None or not _named(row):
            return None
        role = self._role(grid, row, element)
        found = [
            key
            for key in self._places.get((element, role, compact(row.text("name"))), ())
            if key not in self.claimed and key in self.draft
        ]
        unit = row.text("unit")
        same = [key for key in found if not unit or self._unit(key) == compact(unit)]
        return next(iter(same or found), None)

    def create(self, grid: Grid, row: Row, name: str) -> Key | None:
        """A new placement, of a new indicator unless the row says that it was printed before."""
        element = self._locate(row)
        if not _named(row):
            if any(row.text(column) for column in row.cells if column.partition(":")[0] in _VALUES):
                raise Fault("値がありますが、指標名が空欄です", "there are values but no name", "name")
            return None
        if element is None:
            raise Fault(
                "どの目標・施策の指標かがわかりません。左の列（基本目標、施策など）に書いてください",
                "it is not said which goal or measure this belongs to; name it in the columns at the left",
            )
        role = self._role(grid, row, element)
        indicator = self._repeated(row) or self._new_indicator(grid, row, name)
        record = {"indicator": indicator, "role": role, "name": row.text("name")}
        return self.draft.add(element, "placements", record, f"{name} placement", self.last)

    def put(self, grid: Grid, key: Key, column: str, text: str, where: str) -> None:
        """Set a field of the placement, of its indicator, or a value of a year."""
        indicator = self.draft[key]["indicator"]
        what, _, year = column.partition(":")
        if year:
            self._yearly.put(key, grid.columns[column], text)
        elif what == "same":
            self._keep_indicator(key, text, where)
        elif what == "registry" and self.base.get(key, {}).get("same"):
            raise Fault(
                "台帳での名称は、その指標の初めの箇所の行に書いてください",
                "write the name in the registry in the row of the indicator's first place",
            )
        elif what == "registry":
            name = text if text.strip() else self.draft[key]["name"]
            self.session.put(indicator, INDICATOR_FIELDS[what], name)
        elif what in INDICATOR_FIELDS:
            self.session.put(indicator, INDICATOR_FIELDS[what], text)
        elif what in ("baseline", "target") and not text.strip():
            self.draft.put(key, what, None)
        else:
            self._put_own(key, what, text, where)

    def columns(self, row: Row) -> list[str]:
        """The fields, each value before what is said of it."""
        known = [c for c in super().columns(row) if c.partition(":")[0] in _ORDER]
        return sorted(known, key=lambda column: _ORDER.index(column.partition(":")[0]))

    def relocate(self, grid: Grid, row: Row, key: Key) -> None:  # noqa: ARG002
        """Hang the placement below another element."""
        assert self._paths is not None  # noqa: S101  (set by begin)
        to = self._paths.moved_to(row, self.base[key])
        if to is not None and to != self.draft.parent(key):
            self.draft.move(key, to, "placements")
            self.session.drop_tables(key)

    def finish(self, grid: Grid, row: Row, key: Key, *, new: bool) -> None:
        """The years in the headings, the unit that is printed at the values, and a name that both have."""
        self._years_of_headings(grid, row, key)
        self._yearly.settle(key)
        indicator = self.draft[self.draft[key]["indicator"]]
        if new and not indicator.get("unit") and not row.text("unit"):
            self._take_unit(grid, row, key, indicator)
        if not new and self._shares_its_name(row, key, indicator):
            self.draft.put(indicator["key"], "name", self.draft[key]["name"])

    def remove(self, key: Key) -> None:
        """Take the placement out, and its indicator where nothing else names that."""
        indicator = self.draft[key]["indicator"]
        super().remove(key)
        if self.draft.named_by(indicator) is None:
            self.draft.remove(indicator)

    def _put_own(self, key: Key, what: str, text: str, where: str) -> None:
        """A field of the placement; year and source of a value need the value."""
        field = PLACEMENT_FIELDS[what]
        outer, _, inner = field.path.partition(".")
        if inner in ("year", "source") and not self.draft[key].get(outer):
            if text.strip():
                self._without_value(where, text, "基準値" if outer == "baseline" else "目標値")
            return
        self.session.put(key, field, text)

    def _shares_its_name(self, row: Row, key: Key, indicator: Data) -> bool:
        """Whether the indicator is called as at this, its first place, so that it is renamed with it."""
        was = self.base.get(key, {})
        own = was.get("same") or was.get("registry") or row.text("registry")
        return not own and compact(was.get("name", "")) == compact(indicator["name"])

    def _without_value(self, where: str, text: str, value: str) -> None:
        self.session.remark(
            f"{where} の「{shown(text)}」は、{value}がないので読んでいません",
            f'{where}: "{shown(text)}" is not read, for there is no {value}',
        )

    def _years_of_headings(self, grid: Grid, row: Row, key: Key) -> None:
        """目標値（R11）: the year in the heading is that of a value that has none."""
        for what in ("baseline", "target"):
            meaning = grid.columns.get(what)
            value = self.draft[key].get(what)
            if meaning is None or meaning.year is None or not value or value.get("year"):
                continue
            if (
                row.text(what)
                and not row.text(f"{what}_year")
                and (not row.key or self._is_new_value(key, what))
            ):
                self.session.put(key, PLACEMENT_FIELDS[f"{what}_year"], meaning.year.text)

    def _is_new_value(self, key: Key, what: str) -> bool:
        return not self.base.get(key, {}).get(what)

    def _locate(self, row: Row) -> Key | None:
        assert self._paths is not None  # noqa: S101  (set by begin)
        return self._paths.locate(row) or self._at

    def _role(self, grid: Grid, row: Row, element: Key) -> str:
        if text := row.text("role"):
            try:
                return str(PLACEMENT_FIELDS["role"].form.read(text, None, self.draft))
            except Fault as fault:
                raise Fault(fault.ja, fault.en, "role") from None
        heading = grid.columns["name"].role if "name" in grid.columns else None
        level = self.session.places.level(self.draft[element]["level"])
        return heading or default_role(level.kind)

    def _identity(self, data: Data, element: Key) -> tuple[Key, str, str]:
        return element, data["role"], compact(data["name"])

    def _unit(self, key: Key) -> str:
        return compact(self.draft[self.draft[key]["indicator"]].get("unit", ""))

    def _repeated(self, row: Row) -> Key | None:
        """The indicator that the row says was printed before; raises Fault where that is not one."""
        said = row.text("same")
        if not said:
            return None
        sought = row.text("name") if compact(said) in _AGAIN else said
        found = [key for key in self._indicators.get(compact(sought), ()) if key in self.draft]
        unit = compact(row.text("unit"))
        same = [key for key in found if not unit or compact(self.draft[key].get("unit", "")) == unit]
        if len(same) != 1:
            raise Fault(
                f"指標「{shown(sought)}」が{'見つかりません' if not same else 'いくつもあります'}。"
                "初めの箇所の指標名を、そのとおりに書いてください",
                f'there {"is no" if not same else "is more than one"} indicator "{shown(sought)}"; '
                "write its name as at the first place",
                "same",
            )
        return same[0]

    def _keep_indicator(self, key: Key, text: str, where: str) -> None:
        """A placement that is there keeps its indicator."""
        indicator = self.draft[self.draft[key]["indicator"]]
        names = {compact(indicator["name"]), compact(self.draft[key]["name"]), *_AGAIN}
        if text and compact(text) not in names:
            self.session.remark(
                f"{where} の「{shown(text)}」は読んでいません。すでにある箇所の指標を付け替えるときは画面でお願いします",
                f'{where}: "{shown(text)}" is not read; to give a placement that is there another indicator, use the screen',
            )

    def _new_indicator(self, grid: Grid, row: Row, name: str) -> Key:
        title = row.text("registry") or row.text("name")
        twins = self._indicators.setdefault(compact(title), [])
        if twins:
            self.session.remark(
                f"シート「{grid.sheet}」の {row.number} 行目の指標「{shown(title)}」は、同じ名称の指標がほかにもありますが、"
                "別の指標としました。同じ指標なら「再掲」の列に書いてください",
                f'sheet "{grid.sheet}", row {row.number}: "{shown(title)}" has the name of another indicator and is '
                'taken as a new one; if it is the same, say so in the column "再掲"',
            )
        key = self.draft.add(self.draft.root, "indicators", {"name": title}, f"{name} indicator")
        twins.append(key)
        return key

    def _take_unit(self, grid: Grid, row: Row, key: Key, indicator: Data) -> None:
        placement = self.draft[key]
        values: list[Any] = [(placement.get(what) or {}).get("quantity") for what in ("baseline", "target")]
        values += [entry["quantity"] for entry in indicator.get("observations", ())]
        units = dict.fromkeys(unit for value in values if value and (unit := _printed_unit(value)))
        if len(units) == 1:
            self.draft.put(indicator["key"], "unit", next(iter(units)))
        elif units:
            self.session.remark(
                f"シート「{grid.sheet}」の {row.number} 行目は、値に付いた単位がそろわない（{'、'.join(units)}）ため、単位を空欄にしました",
                f'sheet "{grid.sheet}", row {row.number}: the values have several units ({", ".join(units)}); '
                "the unit is left blank",
            )


_SHARED: Final = frozenset({*INDICATOR_FIELDS, "actual", "status"} - {"registry"})
_VALUES: Final = ("baseline", "target", *YEARLY)
_ORDER: Final[Sequence[str]] = (
    *("role", "name", "name_suffix", "same", *INDICATOR_FIELDS),
    *("baseline", "baseline_year", "baseline_source", "target", "target_year", "target_source"),
    *YEARLY[1:],
)


def _shared(column: str) -> bool:
    """Whether a column is of the indicator, wherever it stands."""
    return column.partition(":")[0] in _SHARED


def _named(row: Row) -> bool:
    """Whether a row has a name; a dash says that the measure has no indicator."""
    return bool(row.text("name").strip(_DASHES))


def _printed_unit(value: Data) -> str:
    return str(value.get("scale", "")) + str(value.get("unit", ""))

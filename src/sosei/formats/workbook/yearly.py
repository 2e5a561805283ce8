"""Values of single years, read from their columns: targets on the way, actual values, printed rates."""

from __future__ import annotations

from typing import Any

from sosei.formats.workbook.cells import year_of
from sosei.formats.workbook.draft import Data
from sosei.formats.workbook.forms import year_data
from sosei.formats.workbook.headings import Meaning
from sosei.formats.workbook.incoming import Fault
from sosei.formats.workbook.session import Session
from sosei.formats.workbook.views import YEARLY_FIELDS
from sosei.plan.base import Key
from sosei.plan.indicator import Difference, Observation, Placement
from sosei.values import YearLabel


class Yearly:
    """Puts values of years into placements and their indicators."""

    def __init__(self, session: Session) -> None:
        self._draft = session.draft
        self._touched: list[Key] = []

    def put(self, key: Key, meaning: Meaning, text: str) -> None:
        """Set the value of a year of the placement ``key``; blank takes it out.  Raises Fault."""
        assert meaning.year is not None  # noqa: S101  (a column of a year has one)
        kind, field = YEARLY_FIELDS[meaning.what]
        value = field.form.read(text.strip(), None, self._draft) if text.strip() else None
        if kind is Placement:
            self._target(key, meaning.year, value)
        elif kind is Observation:
            indicator = self._draft[key]["indicator"]
            self._observe(indicator, meaning, value, field.path)
        else:
            self._printed(key, meaning, value, field.path)

    def settle(self, key: Key) -> None:
        """Make what a placement prints whole: a value of its own with the kind of difference, nothing empty."""
        for entry in self._draft.children(key, "printed"):
            if entry["key"] not in self._touched:
                continue
            if entry.get("actual") and not entry.get("difference"):
                self._draft.put(entry["key"], "difference", self._difference(key, entry))
            elif not entry.get("actual"):
                self._draft.put(entry["key"], "difference", None)
            if not any(entry.get(field) for field in ("actual", "rate", "grade")):
                self._draft.remove(entry["key"])
        self._touched.clear()

    def _target(self, key: Key, year: YearLabel, value: Any) -> None:
        number = _number(year)
        path = [*self._draft[key].get("path", ())]
        place = next((n for n, each in enumerate(path) if year_of(each.get("year")) == number), None)
        if place is not None and value is None:
            del path[place]
        elif place is not None:
            path[place] = {**path[place], "quantity": value}
        elif value is not None:
            path.append({"quantity": value, "year": year_data(year)})
            path.sort(key=lambda each: year_of(each.get("year")) or 0)
        self._draft.put(key, "path", path or None)

    def _observe(self, indicator: Key, meaning: Meaning, value: Any, field: str) -> None:
        found = _of_year(self._draft.children(indicator, "observations"), meaning)
        if field == "status":
            if found is not None:
                self._draft.put(found["key"], "status", value)
            elif value is not None:
                raise Fault(
                    "この年の実績がありません。実績の列に値を書いてください", "there is no value of this year"
                )
        elif found is None:
            if value is not None:
                record = {"year": self._label(meaning), "quantity": value}
                self._draft.add(indicator, "observations", record, f"{indicator} {meaning.id}")
        elif value is None:
            self._draft.remove(found["key"])
        else:
            self._draft.put(found["key"], "quantity", value)

    def _printed(self, key: Key, meaning: Meaning, value: Any, field: str) -> None:
        entry = _of_year(self._draft.children(key, "printed"), meaning)
        if field == "actual" and value is not None:
            indicator = self._draft[key]["indicator"]
            if _of_year(self._draft.children(indicator, "observations"), meaning) is None:
                raise Fault(
                    "この年の実績がないので、掲載値は書けません。実績の列に採用する値を書いてください",
                    "there is no value of this year to differ from; enter the adopted value as 実績",
                )
        if entry is None:
            if value is None:
                return
            number = _number(meaning.year)
            added = self._draft.add(key, "printed", {"year": self._label(meaning)}, f"{key} printed:{number}")
        else:
            added = entry["key"]
        self._draft.put(added, field, value)
        self._touched.append(added)

    def _difference(self, key: Key, entry: Data) -> str:
        """How the placement's own value differs, where nobody says: only in what stands around the number, or in it."""
        observations = self._draft.children(self._draft[key]["indicator"], "observations")
        adopted = next(
            (each for each in observations if year_of(each["year"]) == year_of(entry["year"])), None
        )
        own = entry["actual"]
        same = adopted is not None and all(
            own.get(part) == adopted["quantity"].get(part) for part in ("number", "scale")
        )
        return (Difference.SUFFIX if same else Difference.CONFLICT).value

    def _label(self, meaning: Meaning) -> Data:
        assert meaning.year is not None  # noqa: S101  (a column of a year has one)
        return year_data(meaning.year)


def _number(year: YearLabel | None) -> int | None:
    when = year.effective if year else None
    return when.year if when else None


def _of_year(records: list[Data], meaning: Meaning) -> Data | None:
    return next((each for each in records if year_of(each["year"]) == _number(meaning.year)), None)

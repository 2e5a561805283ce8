"""A kept table as it is read: years down, totals, sexes and age groups across; and two tables compared."""

from __future__ import annotations

import numpy as np

from sosei.formats.population_labels import Sex
from sosei.formats.population_reading import Group, Reading, Sums
from sosei.population.panel import SEXES, Origin
from sosei.reports.charts.population_frame import signed, whole
from sosei.reports.population.sources import in_full
from sosei.reports.population.tables import NOTHING, Table
from sosei.values import Words
from sosei.web.population.kept import origin_of
from sosei.web.population.place_files import years_of

Figures = dict[str, float]
_COLUMNS: tuple[tuple[str, Words], ...] = (
    ("total", Words("総数", "Total")),
    ("male", Words("男", "Male")),
    ("female", Words("女", "Female")),
    (Group.YOUNG.value, Group.YOUNG.words),
    (Group.WORKING.value, Group.WORKING.words),
    (Group.OLD.value, Group.OLD.words),
    (Group.OLDEST.value, Words("うち75歳以上", "of these 75 and over")),
    ("unknown", Words("年齢不詳", "Age unknown")),
)


def figures_of(reading: Reading) -> dict[int, Figures]:
    """By year the figures that the table has, of both sexes together unless the column says otherwise."""
    code = reading.areas[0].code
    if reading.panel is None:
        return _of_sums(reading.sums, code) if reading.sums is not None else {}
    panel = reading.panel.area(code)
    totals = reading.totals_of(code)
    found: dict[int, Figures] = {}
    for at, year in enumerate(panel.years):
        one = panel.at(year)
        figures: Figures = {"total": totals[year]}
        for place, sex in enumerate(SEXES):
            unknown = (reading.unknown or {}).get((code, year, Sex(sex)), 0.0)
            figures[sex] = float(panel.values[at, place].sum()) + unknown
        groups = one.three_groups()[0, :, 0].tolist()
        figures |= dict(zip((Group.YOUNG.value, Group.WORKING.value, Group.OLD.value), groups, strict=True))
        if panel.ages.lower[-1] >= 75:
            figures[Group.OLDEST.value] = float(one.between(75)[0, 0])
        if people := reading.unknown_of(code, year):
            figures["unknown"] = people
            if (reading.unknown or {}).get((code, year, Sex.BOTH)):
                del figures["male"], figures["female"]  # the table does not say them with the unknown
        found[year] = figures
    return found


def _of_sums(sums: Sums, code: str) -> dict[int, Figures]:
    found: dict[int, Figures] = {year: {} for year in sums.years}
    for (area, year, group), people in sums.values.items():
        if area == code:
            found[year]["total" if group is Group.TOTAL else group.value] = people
    return {year: figures for year, figures in found.items() if figures}


def figure_rows(reading: Reading, title: str, language: str) -> Table:
    """The table with its source below; columns that it does not have are left out."""
    figures = figures_of(reading)
    columns = [(key, words) for key, words in _COLUMNS if any(key in each for each in figures.values())]
    rows = tuple(
        (str(year), *(whole(each[key]) if key in each else NOTHING for key, _ in columns))
        for year, each in sorted(figures.items())
    )
    notes = [in_full(origin_of(reading)), *_note_of(origin_of(reading)), *reading.remarks]
    return Table(
        title=title,
        headings=("Year" if language == "en" else "年", *(words.of(language) for _, words in columns)),
        rows=rows,
        notes=tuple(note.of(language) for note in notes),
    )


def _note_of(origin: Origin) -> list[Words]:
    return [origin.note] if origin.note.ja else []


def beside_rows(new: Reading, old: Reading | None, title: str, language: str) -> Table:
    """Year by year the total that was read, the one in use, and the difference; then the groups that were read."""
    english = language == "en"
    mine, theirs = figures_of(new), figures_of(old) if old is not None else {}
    groups = [(key, words) for key, words in _COLUMNS[3:6] if any(key in each for each in mine.values())]
    rows = []
    for year in sorted({*mine, *theirs}):
        one, other = mine.get(year, {}), theirs.get(year, {})
        totals = one.get("total"), other.get("total")
        difference = NOTHING if None in totals else signed((totals[0] or 0) - (totals[1] or 0))
        cells = [_cell(total) for total in totals] if old is not None else [_cell(totals[0])]
        rows.append(
            (
                str(year),
                *cells,
                *((difference,) if old is not None else ()),
                *(_cell(one.get(key)) for key, _ in groups),
            )
        )
    heads = ["Year", "Total read"] if english else ["年", "読み込んだ総数"]
    if old is not None:
        heads += ["In use now", "Difference"] if english else ["今の総数", "差"]
    return Table(
        title=title, headings=(*heads, *(words.of(language) for _, words in groups)), rows=tuple(rows)
    )


def _cell(people: float | None) -> str:
    return NOTHING if people is None else whole(people)


def compared(new: Reading, old: Reading) -> tuple[int, int]:
    """How many figures differ, of those that both tables have: by sex and age where both have them."""
    years = sorted(set(years_of(new)) & set(years_of(old)))
    if new.panel is not None and old.panel is not None and new.panel.ages.width == old.panel.ages.width:
        last = min(new.panel.ages.lower[-1], old.panel.ages.lower[-1])
        pair = [panel.with_open_group(last) for panel in (new.panel, old.panel)]
        values = [
            np.concatenate([panel.at(year).values for year in years]) if years else np.empty(0)
            for panel in pair
        ]
        return int((np.abs(values[0] - values[1]) > 1e-6).sum()), int(values[0].size)
    mine, theirs = figures_of(new), figures_of(old)
    both = [
        (mine[year][key], theirs[year][key]) for year in years for key in mine[year] if key in theirs[year]
    ]
    return sum(abs(one - other) > 1e-6 for one, other in both), len(both)

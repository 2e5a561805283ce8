"""What taking a table over would do: what was found in it, what it replaces, what changes, what to mind."""

from __future__ import annotations

from dataclasses import dataclass

from sosei.formats.population_reading import Reading
from sosei.population.panel import Origin
from sosei.population.scenario_files import preset_scenario
from sosei.reports.charts.population_frame import persons, signed, whole
from sosei.reports.population.known import Known
from sosei.reports.population.outlook import PATTERN1, outlook
from sosei.reports.population.sources import cited, parts
from sosei.reports.population.tables import Table
from sosei.values import Problem, Words
from sosei.web.people.acting import today
from sosei.web.population.facts import facts_of
from sosei.web.population.joining import missing_years
from sosei.web.population.kept import load_reading, load_remarks, origin_of
from sosei.web.population.models import Place, PopulationUpload
from sosei.web.population.place_files import looks_like, reading_at, years_of
from sosei.web.population.places import ABOUT
from sosei.web.population.table_acts import Acceptance, must_run, table_of
from sosei.web.population.table_figures import beside_rows, compared, figure_rows
from sosei.web.population.years import UNTIL

_ADDS_YEARS = (Place.CENSUS, Place.REGISTER)
_FAR = 0.2  # of the population: editions of a projection differ by less in nearly all municipalities
_TOTALS = (Place.CENSUS, Place.NEWER, Place.REGISTER)
_BY_AGE = Words(
    "男女・年齢別の値のある推計です。「もとにする推計」に取り込むと、シナリオと目標人口からの逆算にも使えます。",
    "This projection has figures by sex and age; as the base projection it serves scenarios and targets too.",
)


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What the page shows before an upload is taken over.

    ``differ`` counts the figures that differ, of those both tables have; None: nothing is in use.
    ``kept_years`` are years of the table in use that may stay.  ``result`` is the population of the last year
    under パターン1 before (None: nothing could be projected) and after; None where projections stay as they are.
    ``fault`` says why it cannot be taken over.
    """

    reading: Reading
    origin: Origin
    mark: str
    remarks: tuple[Words, ...]
    warnings: tuple[Words, ...]
    replaces: str | None
    replaces_own: bool
    differ: tuple[int, int] | None
    kept_years: tuple[int, ...]
    beside: Table
    figures: Table
    result: tuple[str | None, str, str] | None
    fault: Problem | None
    year: int = UNTIL

    @property
    def source(self) -> tuple[str, ...]:
        """Source, table and edition, a line each."""
        return parts(self.origin)


def preview(upload: PopulationUpload, language: str) -> Preview:
    """What ``upload`` would change, beside the tables in use now."""
    municipality, place = upload.municipality, Place(upload.place)
    facts = facts_of(municipality)
    row = table_of(upload, facts, Acceptance())
    reading = load_reading(upload.content)
    old = reading_at(place, facts.tables.get(place), municipality)
    fault, after = None, None
    try:
        tried = must_run(municipality, {place: row})
        after = tried.known
        more = tried.remarks
    except Problem as problem:
        fault, more = problem, ()
    runs = place not in _TOTALS
    title = ABOUT[place].name.of(language)
    return Preview(
        reading=reading,
        origin=origin_of(reading),
        mark=facts.mark,
        remarks=load_remarks(upload.remarks),
        warnings=(*_warnings(place, reading, old, after), *more),
        replaces=None if old is None else cited(origin_of(old)),
        replaces_own=place in facts.tables,
        differ=None if old is None else compared(reading, old),
        kept_years=() if old is None or place not in _ADDS_YEARS else missing_years(reading, old),
        beside=beside_rows(reading, old, title, language),
        figures=figure_rows(reading, title, language),
        result=_result(facts.known, after) if runs and after is not None else None,
        fault=fault,
    )


def _warnings(place: Place, reading: Reading, old: Reading | None, after: Known | None) -> tuple[Words, ...]:
    found = [_other_place(place, reading), _other_size(reading, old)]
    if place is Place.PROJECTION and old is not None:
        found.append(_older(years_of(reading)[0], years_of(old)[0]))
    if after is not None and place not in _TOTALS:
        found.append(other_nation(after))
    return tuple(words for words in found if words is not None)


def _other_place(place: Place, reading: Reading) -> Words | None:
    """What to mind where the table looks like one for another place."""
    looks = looks_like(reading, today().year)
    if looks is None or looks is place:
        return None
    if looks is Place.PROJECTION and place is Place.NEWER:
        return _BY_AGE
    mine, other = ABOUT[place].name, ABOUT[looks].name
    return Words(
        f"「{mine.ja}」として読み込みましたが、「{other.ja}」の表のようです。違っていれば、取り込まずにやめて、読み込み直してください。",
        f"This was loaded as “{mine.en}” but looks like a table for “{other.en}”; if so, take nothing over and load it "
        "there.",
    )


def _other_size(reading: Reading, old: Reading | None) -> Words | None:
    """What to mind where the people of the last year in both are far from those of the table in use."""
    mine, theirs = (
        reading.totals_of(reading.areas[0].code),
        {} if old is None else old.totals_of(old.areas[0].code),
    )
    year = max((year for year in mine if theirs.get(year)), default=None)
    if year is None or abs(mine[year] / theirs[year] - 1) <= _FAR:
        return None
    one, other = whole(mine[year]), whole(theirs[year])
    return Words(
        f"{year}年の総数が{one}人で、今の表の{other}人と大きく違います。別の市町村の表や、一部の表ではないか確かめてください。",
        f"The total of {year} is {one}, far from {other} in the table in use; see whether it is a table of another "
        "municipality or of a part.",
    )


def _older(base: int, in_use: int) -> Words | None:
    if base >= in_use:
        return None
    return Words(
        f"基準年が{base}年で、今のもとにする推計（{in_use}年）より古い推計です。",
        f"Its base year is {base}, older than that of the base projection in use ({in_use}).",
    )


def other_nation(known: Known) -> Words | None:
    """That the nation's projection begins in another year than the one worked on, so is of another edition."""
    ours, nation = known.projection.years[0], known.nation.years[0]
    if ours == nation:
        return None
    return Words(
        f"もとにする推計は{ours}年から、全国の推計は{nation}年からで、同じ版の組ではありません。計算はできますが、"
        f"{ours}年から始まる全国の推計（同じ回の推計）をそろえるのが正確です。",
        f"The base projection begins in {ours}, the national one in {nation}: they are not of one edition. It can be "
        f"computed, but a national projection that begins in {ours} fits better.",
    )


def _result(before: Known | None, after: Known) -> tuple[str | None, str, str]:
    one = None if before is None else _last(before)
    other = _last(after)
    return (
        None if one is None else whole(one),
        whole(other),
        "" if one is None else signed(persons(other) - persons(one)),
    )


def _last(known: Known) -> float:
    return float(outlook(known, UNTIL, [preset_scenario(PATTERN1)]).runs[0].panel.total()[-1, 0])

"""Two tables of one area as one: the years of the earlier that the later lacks are kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sosei.formats.population_reading import Group, Reading, Sums
from sosei.population.panel import Origin, Panel
from sosei.web.population.kept import origin_of
from sosei.web.population.place_files import years_of
from sosei.web.population.table_figures import figures_of

_LONGEST = 400


def missing_years(new: Reading, old: Reading) -> tuple[int, ...]:
    """The years of ``old`` that ``new`` does not have."""
    return tuple(year for year in years_of(old) if year not in years_of(new))


def joined(new: Reading, old: Reading) -> Reading:
    """``new`` with those years of ``old`` that it lacks.

    By sex and age where both are, up to the younger of their open groups; else only totals and age groups.
    """
    years = missing_years(new, old)
    if not years:
        return new
    origin = _both(origin_of(new), origin_of(old))
    if new.panel is not None and old.panel is not None and new.panel.ages.width == old.panel.ages.width:
        unknown = {
            (code, year, sex): people
            for (code, year, sex), people in (old.unknown or {}).items()
            if year in years
        }
        panel = _stacked(new.panel, old.panel, years, origin)
        return replace(new, panel=panel, unknown={**unknown, **(new.unknown or {})})
    area = new.areas[0]
    values = {**_sums(old, area.code, years), **_sums(new, area.code, years_of(new))}
    return Reading(areas=(area,), sums=Sums((area,), values, origin), remarks=new.remarks)


def _stacked(new: Panel, old: Panel, years: tuple[int, ...], origin: Origin) -> Panel:
    last = min(new.ages.lower[-1], old.ages.lower[-1])
    one, other = new.with_open_group(last), old.with_open_group(last)
    every = sorted({*new.years, *years})
    values = np.concatenate([(one if year in new.years else other).at(year).values for year in every])
    return replace(one, values=values, years=tuple(every), sources=(origin,))


def _sums(reading: Reading, code: str, years: tuple[int, ...]) -> dict[tuple[str, int, Group], float]:
    found = figures_of(reading)
    return {
        (code, year, group): found[year][group.value]
        for year in years
        for group in Group
        if group.value in found.get(year, {})
    }


def _both(new: Origin, old: Origin) -> Origin:
    """One origin for both: what they say alike once, else the one after the other."""

    def said(one: str, other: str) -> str:
        parts = dict.fromkeys(part for text in (other, one) for part in text.split("、") if part)
        return "、".join(parts)[:_LONGEST]

    return Origin(
        said(new.source, old.source),
        said(new.table, old.table),
        said(new.edition, old.edition),
        new.how if new.how == old.how else "entered",
        new.note if new.note.ja else old.note,
    )

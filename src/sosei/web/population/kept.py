"""A table of one area as text that is kept in a row, and back: every figure, who published it, what is unknown."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from sosei.formats.population_labels import Sex
from sosei.formats.population_reading import Area, Group, Kind, Reading, Sums
from sosei.population.ages import AgeScheme
from sosei.population.panel import Origin, Panel
from sosei.reports.population.known import not_in_file
from sosei.values import Words


def dump_reading(reading: Reading, area: Area) -> str:
    """The figures of ``area`` in ``reading`` as canonical JSON, called as ``area`` is.

    Raises Problem where the area is not in it.
    """
    return json.dumps(
        {
            "area": [area.code, area.name, area.kind.value if area.kind else None],
            "panel": _panel_data(reading.panel, area.code) if reading.panel is not None else None,
            "sums": _sums_data(reading.sums, area.code) if reading.sums is not None else None,
            "unknown": [
                [year, sex.value, people]
                for (code, year, sex), people in sorted(
                    (reading.unknown or {}).items(), key=lambda each: (each[0][1], each[0][2].value)
                )
                if code == area.code
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )


def load_reading(text: str) -> Reading:
    """What ``dump_reading`` wrote."""
    data = json.loads(text)
    code, name, kind = data["area"]
    area = Area(code, name, Kind(kind) if kind else None)
    panel, sums = data["panel"], data["sums"]
    return Reading(
        panel=None if panel is None else _panel(panel, area),
        areas=(area,),
        sums=None if sums is None else _sums(sums, area),
        unknown={(code, year, Sex(sex)): people for year, sex, people in data["unknown"]},
    )


def dump_remarks(remarks: Iterable[Words]) -> str:
    """What was said of a table, as JSON: a list of pairs of sentences."""
    return json.dumps([[each.ja, each.en] for each in remarks], ensure_ascii=False)


def load_remarks(text: str) -> tuple[Words, ...]:
    """What ``dump_remarks`` wrote."""
    return tuple(Words(*each) for each in json.loads(text))


def with_origin(reading: Reading, origin: Origin) -> Reading:
    """``reading`` with another origin."""
    panel, sums = reading.panel, reading.sums
    return replace(
        reading,
        panel=None if panel is None else replace(panel, sources=(origin,)),
        sums=None if sums is None else replace(sums, origin=origin),
    )


def origin_of(reading: Reading) -> Origin:
    """Where the figures of a kept table come from."""
    if reading.panel is not None:
        return reading.panel.sources[0]
    assert reading.sums is not None  # noqa: S101  (a reading has one of the two)
    return reading.sums.origin


def _panel_data(panel: Panel, code: str) -> dict[str, Any]:
    own = panel.area(code)
    return {
        "years": own.years,
        "width": own.ages.width,
        "groups": own.ages.groups,
        "values": own.values[..., 0].tolist(),
        "origin": _origin_data(own.sources[0]),
    }


def _panel(data: dict[str, Any], area: Area) -> Panel:
    return Panel(
        np.array(data["values"], dtype=np.float64)[..., None],
        tuple(data["years"]),
        AgeScheme(data["width"], data["groups"]),
        (area.code,),
        (area.name,),
        (_origin(data["origin"]),),
    )


def _sums_data(sums: Sums, code: str) -> dict[str, Any]:
    own = [
        [year, group.value, value]
        for (area, year, group), value in sorted(
            sums.values.items(), key=lambda each: (each[0][1], each[0][2].value)
        )
        if area == code
    ]
    if not own:
        raise not_in_file(code)
    return {"values": own, "origin": _origin_data(sums.origin)}


def _sums(data: dict[str, Any], area: Area) -> Sums:
    values = {(area.code, year, Group(group)): value for year, group, value in data["values"]}
    return Sums((area,), values, _origin(data["origin"]))


def _origin_data(origin: Origin) -> list[Any]:
    return [origin.source, origin.table, origin.edition, origin.how, [origin.note.ja, origin.note.en]]


def _origin(data: list[Any]) -> Origin:
    source, table, edition, how, note = data
    return Origin(source, table, edition, how, Words(*note))

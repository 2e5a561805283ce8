"""What the code of an area says: which sort it is, and which code stands for it after a change of boundaries."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sosei.formats.population_reading import Kind
from sosei.values import Problem, Words

_HAMADORI = frozenset(
    [
        "07204",
        "07209",
        "07212",
        "07541",
        "07542",
        "07543",
        "07544",
        "07545",
        "07546",
        "07547",
        "07548",
        "07561",
        "07564",
    ]
)
_NORTH = frozenset(["01695", "01696", "01697", "01698", "01699", "01700"])


@dataclass(frozen=True, slots=True)
class Change:
    """A change of code: from the day ``day`` on, ``new`` stands for what was ``old``."""

    day: date
    old: str
    new: str
    name: str


def kind_of(code: str, name: str) -> Kind | None:
    """The sort of area by its code of five digits, as the Ministry gives them out; None for no such code."""
    if len(code) != 5 or not code.isdigit():
        return None
    if code.endswith("000"):
        return Kind.PREFECTURE
    if "浜通り" in name:
        return Kind.BLOCK
    if code[2] == "1":
        return (
            Kind.DESIGNATED if code[3:] in ("00", "30", "40", "50") and not name.endswith("区") else Kind.WARD
        )
    return Kind.CITY if code[2] == "2" else Kind.TOWN


@cache
def changes() -> tuple[Change, ...]:
    """The changes of codes that lie between the projections we read, oldest first."""
    text = (files("sosei.formats") / "data/code_changes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(Change(date.fromisoformat(row["day"]), row["old"], row["new"], row["name"]) for row in rows)


def absent(code: str) -> Words:
    """Why a table of projections may not have the area ``code``; empty where nothing is known."""
    other = next(
        (f"{c.old}、{c.new}" for c in changes() if code in (c.old, c.new)),
        None,
    )
    if other:
        return Words(
            f"市制施行などでコードが変わった市町村です（{other}）。もう一方のコードで探してください",
            f"the code of this municipality changed ({other}); look for the other one",
        )
    if code in _HAMADORI:
        return Words(
            "福島県の市町村は、平成30年推計では県全体、令和5年推計では浜通り13市町村が一つの地域としてだけ推計されています",
            "municipalities of 福島県 are projected only as part of the prefecture (2018), "
            "the 13 of 浜通り only as one block (2023)",
        )
    if code.startswith("07"):
        return Words(
            "福島県は平成30年推計では県全体だけが推計されています",
            "of 福島県 the projection of 2018 has the whole prefecture only",
        )
    if code in _NORTH:
        return Words(
            "北方領土の村は推計されていません", "the villages of the Northern Territories are not projected"
        )
    if code.startswith("2213") and code != "22130":
        return Words(
            "浜松市は2024年に区が再編され、推計には再編前の区があります",
            "the wards of 浜松市 were redrawn in 2024; projections have those from before",
        )
    return Words("", "")


def code_on(code: str, day: date) -> str:
    """The code that stood for the area on ``day``, from any of its codes."""
    for change in reversed(changes()):
        if code == change.new and day < change.day:
            code = change.old
    for change in changes():
        if code == change.old and day >= change.day:
            code = change.new
    return code


def not_there(file: str, only: Collection[str]) -> Problem:
    """The sentence for areas that were asked for and are not in the file."""
    codes = sorted(only)
    why = next((words for code in codes if (words := absent(code)).ja), Words("", ""))
    return Problem(
        f"{file}: コード {'、'.join(codes)} の地域がありません{f'（{why.ja}）' if why.ja else ''}。"
        "その地域の入った表かどうか確かめてください",
        f"{file}: there is no area with the code {', '.join(codes)}{f' ({why.en})' if why.en else ''}; "
        "see whether the table holds it",
    )

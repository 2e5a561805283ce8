"""Counts that by their names are part of another count: 傘ブランド新商品開発数 of 新商品開発数."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sosei.checks.amounts import FIELDS, Cells, adds_up, field_words, number
from sosei.checks.cells import folded
from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.rules.missing_sources import is_generic
from sosei.checks.say import short
from sosei.values import Quantity, fold

_SHORTEST = 5
_LONGEST = 60
_WIDER = re.compile(
    "延べ|のべ|累計|総|合計|全|年間|期間|周辺|広域|圏|郡|県|(?<!外)国|管内|目標|見込|以外|除く|前年|過去|1人|一人|[とや・及]"
)
"""Words that make a count wider, or another one, instead of narrower."""
_OF_ANY = re.compile(
    "(?:事業|施設|センター|サイト|アプリ|システム|イベント|講座|教室|会議|会|研修|セミナー|窓口|制度|団体)"
)
"""A name that begins like this is short for that of the thing it stands beside."""


@rule(
    "SUM08",
    Severity.INFO,
    title=Words("名前では内数なのに、全体より大きい", "By its name a part, yet larger than the whole"),
    why=Words(
        "名前の長い方が短い方に含まれるように読めるので、読み手は値の誤りか別の数え方かを迷います。",
        "The longer name reads as part of the shorter one: a wrong value, or another way of counting?",
    ),
    mend=Words(
        "二つの指標の数え方を担当課に確かめ、内数でなければ名前か注で区別してください。",
        "Ask the division how both are counted; where one is no part of the other, say so in name or note.",
    ),
    case=Words(
        "「傘ブランド新商品開発数」が33件で、「新商品開発数」の9件より大きい。",
        "New products under one brand are 33, new products 9.",
    ),
)
def part_above_whole(dossier: Dossier) -> Iterator[Found]:
    """Counts whose name ends in the whole name of another indicator, and that are larger than it."""
    cells = Cells(dossier)
    named = _by_name(dossier)
    seen: set[tuple[str, str]] = set()
    for row in dossier.rows:
        for whole in _wholes(folded(row.name), named):
            pair = (row.indicator.key, whole.indicator.key)
            field = _larger_field(cells, row, whole) if pair[0] != pair[1] and pair not in seen else ""
            if field:
                seen.add(pair)
                yield _larger(dossier, row, whole, field)


def _by_name(dossier: Dossier) -> Mapping[str, Row]:
    """The first row of each name that says by itself what is counted."""
    found: dict[str, Row] = {}
    for row in dossier.rows:
        name = folded(row.name)
        if _SHORTEST <= len(name) <= _LONGEST and not is_generic(name) and not _OF_ANY.match(name):
            found.setdefault(name, row)
    return found


def _wholes(name: str, named: Mapping[str, Row]) -> Iterator[Row]:
    """The rows whose whole name stands at the end of ``name``, behind words that make it narrower."""
    if len(name) > _LONGEST:
        return
    for start in range(1, len(name) - _SHORTEST + 1):
        whole = named.get(name[start:])
        if whole is not None and not _WIDER.search(name[:start]):
            yield whole


def _larger_field(cells: Cells, row: Row, whole: Row) -> str:
    """The first field in which the part is above the whole; empty where there is none."""
    for field in reversed(FIELDS):
        one, other = cells.of(row, field), cells.of(whole, field)
        if (
            one is None
            or other is None
            or not _of_one_measure(one, other)
            or not _of_one_year(row, whole, field)
        ):
            continue
        if adds_up(row, one) and adds_up(whole, other) and number(one) > number(other) > 0:
            return field
    return ""


def _of_one_measure(one: Quantity, other: Quantity) -> bool:
    """Whether both have one unit and cover one year or say no period."""
    periods = {(q.per.count, q.per.unit) if q.per else None for q in (one, other)}
    plain = len(periods) == 1 or (None in periods and all(p is None or p == (1, "年") for p in periods))
    return bool(one.unit) and fold(one.unit) == fold(other.unit) and plain


def _of_one_year(row: Row, whole: Row, field: str) -> bool:
    if field == "actual":
        return True
    years = set()
    for each in (row, whole):
        value = each.placement.baseline if field == "baseline" else each.placement.target
        years.add(value.year.effective if value is not None and value.year is not None else None)
    return len(years) == 1


def _larger(dossier: Dossier, row: Row, whole: Row, field: str) -> Found:
    words = field_words(dossier, field)
    value, other = row.place(field).text, whole.place(field).text
    return Found(
        Words(
            f"「{short(row.name)}」の{words.ja}{value}が、「{short(whole.name)}」の{other}より大きい値です。"
            "名前では内数と読めるので、数え方の違いを確かめてください。",
            f'The {words.en} {value} of "{short(row.name)}" is above the {other} of "{short(whole.name)}", of which '
            "it is a part by its name; check how both are counted.",
        ),
        (row.place(field), whole.place(field)),
    )

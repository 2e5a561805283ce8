"""Cells against cells: derived values, parts and wholes, breakdowns."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from sosei.checks.amounts import (
    FIELDS,
    Cells,
    adds_up,
    cells_of,
    field_words,
    is_exact,
    number,
    printed,
    same_measure,
    slack,
)
from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.say import listed, short, shown
from sosei.plan.indicator import Indicator
from sosei.values import PartRole, Quantity
from sosei.values.folding import compact

_NOT_LINEAR = ("÷", "/", "×", "*", "割")


@rule(
    "SUM01",
    Severity.ERROR,
    title=Words(
        "計算で求まる指標が、もとの指標の値と合わない", "A derived indicator does not follow from its terms"
    ),
    why=Words(
        "差し引きや合計が合わないと、どの値が正しいのか読み手にわかりません。",
        "Where sums do not come out, a reader cannot tell which figure is right.",
    ),
    mend=Words(
        "もとの指標と計算した指標の値を担当課に確かめ、計算が合うように直してください。",
        "Ask the division for all of these values and print figures that agree.",
    ),
    case=Words(
        "転入1,020人、転出1,030人なのに、社会動態が△15人と印字されている（正しくは△10人）。",
        "1,020 moved in and 1,030 moved out, but the balance is printed as -15 instead of -10.",
    ),
)
def derived(dossier: Dossier) -> Iterator[Found]:
    """Baselines, targets and actuals of a derived indicator that its terms do not give."""
    cells = cells_of(dossier)
    for indicator in dossier.plan.indicators:
        if indicator.formula is None or any(sign in indicator.formula.text for sign in _NOT_LINEAR):
            continue
        for field in FIELDS:
            for row in cells.distinct(indicator.key, field):
                yield from _derived(dossier, cells, row, field)


def _derived(dossier: Dossier, cells: Cells, row: Row, field: str) -> Iterator[Found]:
    value = printed(row, field)
    assert row.indicator.formula is not None  # noqa: S101  (the caller has looked)
    terms = [(term.factor, cells.peer(row, term.indicator, field)) for term in row.indicator.formula.terms]
    known = [
        (factor, peer, quantity) for factor, peer in terms if peer and (quantity := printed(peer, field))
    ]
    if value is None or len(known) < len(terms):
        return
    result = sum((factor * number(quantity) for factor, _, quantity in known), Fraction(0))
    room = sum((abs(factor) * slack(quantity) for factor, _, quantity in known), slack(value))
    if abs(result - number(value)) <= room:
        return
    words = field_words(dossier, field)
    sides = [f"{_sign(factor)}{short(peer.name)} {quantity}" for factor, peer, quantity in known]
    yield Found(
        Words(
            f"「{short(row.name)}」の{words.ja}は{value}ですが、{listed(sides, 'ja')}から計算すると"
            f"{shown(result)}{value.unit}です。",
            f'The {words.en} of "{short(row.name)}" is {value}, but {listed(sides, "en")} give '
            f"{shown(result)}{value.unit}.",
        ),
        (row.place(field), *(peer.place(field) for _, peer, _ in known)),
    )


def _sign(factor: int) -> str:
    if abs(factor) == 1:
        return "＋" if factor > 0 else "－"
    return f"{factor:+d}×"


@rule(
    "SUM02",
    Severity.ERROR,
    title=Words("内数（うち書き）が全体より大きい", "A part is larger than the whole"),
    why=Words(
        "内数が全体を超えることはないので、どちらかの値が誤っています。",
        "A part cannot exceed the whole, so one of the two figures is wrong.",
    ),
    mend=Words(
        "内数と全体の値（年度・単位・桁）を確かめ、誤っている方を直してください。",
        "Check year, unit and digits of both and correct the one that is wrong.",
    ),
    case=Words(
        "年間宿泊者数626,839人に対し、そのうちの外国人宿泊者数が2,197,040人。",
        "Of 626,839 overnight guests, 2,197,040 are printed as guests from abroad.",
    ),
)
def part_of_whole(dossier: Dossier) -> Iterator[Found]:
    """Parts (うち外国人 ...) that are larger than what they are part of, in the same field and year."""
    cells = cells_of(dossier)
    for part, whole in _parts(dossier):
        for field in FIELDS:
            for row in cells.distinct(part, field):
                peer = cells.peer(row, whole, field)
                if peer is not None:
                    yield from _larger(dossier, row, peer, field)


def _parts(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """The indicators that are part of another, by their record or by their names in one table."""
    pairs = {i.key: i.part_of for i in dossier.plan.indicators if i.part_of is not None}
    for rows in dossier.rows_of_element.values():
        wholes = {compact(row.name): row.indicator.key for row in rows}
        for before, row in itertools.pairwise((None, *rows)):
            if row is not None and row.indicator.key not in pairs:
                name = compact(row.name)
                cut = name.find("のうち")
                whole = wholes.get(name[:cut]) if cut > 0 else None
                if before is not None and name.startswith(("うち", "(うち")):
                    whole = before.indicator.key
                if whole is not None and whole != row.indicator.key:
                    pairs[row.indicator.key] = whole
    yield from pairs.items()


def _larger(dossier: Dossier, row: Row, peer: Row, field: str) -> Iterator[Found]:
    part, whole = printed(row, field), printed(peer, field)
    if part is None or whole is None or not (adds_up(row, part) and adds_up(peer, whole)):
        return
    if number(whole) < 0 or number(part) - number(whole) <= slack(part) + slack(whole):
        return
    words = field_words(dossier, field)
    yield Found(
        Words(
            f"内数の「{short(row.name)}」の{words.ja}{part}が、全体の「{short(peer.name)}」の{whole}より大きくなっています。",
            f'The {words.en} of the part "{short(row.name)}" is {part}, more than {whole} of the whole '
            f'"{short(peer.name)}".',
        ),
        (row.place(field), peer.place(field)),
    )


@rule(
    "SUM03",
    Severity.ERROR,
    title=Words("内訳の合計が全体と合わない", "A breakdown does not add up to its total"),
    why=Words(
        "内訳と合計が食い違うと、達成状況をどの数字で見るのか決められません。",
        "Where parts and total disagree, nobody can say which figure counts.",
    ),
    mend=Words(
        "内訳と合計を確かめ、内訳に載せていない分があれば「その他」などと明記してください。",
        "Check parts and total; where the parts are not all, say so.",
    ),
    case=Words(
        "利用者の合計が74,000人で、内訳が路線バス71,131人、乗合タクシー2,718人（計73,849人）。",
        "74,000 passengers in all, broken down into 71,131 by bus and 2,718 by shared taxi (73,849).",
    ),
)
def breakdown(dossier: Dossier) -> Iterator[Found]:
    """Totals that differ from the sum of the indicators recorded as their breakdown."""
    cells = cells_of(dossier)
    members: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in dossier.plan.indicators:
        if indicator.breakdown_of is not None:
            members[indicator.breakdown_of].append(indicator)
    for total, parts in members.items():
        for field in FIELDS:
            for row in cells.distinct(total, field):
                peers = [peer for part in parts if (peer := cells.peer(row, part.key, field))]
                if len(peers) == len(parts) > 1:
                    yield from _sums_up(dossier, row, peers, field)


def _sums_up(dossier: Dossier, row: Row, peers: list[Row], field: str) -> Iterator[Found]:
    whole = printed(row, field)
    pairs = [(peer, quantity) for peer in peers if (quantity := printed(peer, field)) is not None]
    if whole is None or not all(adds_up(each, q) for each, q in [(row, whole), *pairs]):
        return
    result = sum((number(quantity) for _, quantity in pairs), Fraction(0))
    room = sum((slack(quantity) for _, quantity in pairs), slack(whole))
    if abs(result - number(whole)) <= room:
        return
    words = field_words(dossier, field)
    sides = [f"{short(peer.name)} {quantity}" for peer, quantity in pairs]
    yield Found(
        Words(
            f"「{short(row.name)}」の{words.ja}は{whole}ですが、内訳（{listed(sides, 'ja')}）の合計は"
            f"{shown(result)}{whole.unit}です。",
            f'The {words.en} of "{short(row.name)}" is {whole}, but its parts ({listed(sides, "en")}) add up '
            f"to {shown(result)}{whole.unit}.",
        ),
        (row.place(field), *(peer.place(field) for peer, _ in pairs)),
        Severity.ERROR if result > number(whole) >= 0 else Severity.WARNING,
    )


@rule(
    "SUM04",
    Severity.ERROR,
    title=Words("一つの欄の中で、内訳と全体が合わない", "Inside one cell the parts do not make up the whole"),
    why=Words(
        "同じ欄の中の数字が食い違うと、どれを実績とみるのか決められません。",
        "Where figures in one cell disagree, nobody can say which is the value.",
    ),
    mend=Words(
        "全体と内訳の数字を担当課に確かめて、欄の中で合うように直してください。",
        "Ask the division for whole and parts and print figures that agree.",
    ),
    case=Words(
        "「49人（夏版27人 春版21人）」とあり、内訳の合計は48人。",
        'A cell reads "49 (summer 27, spring 21)"; the parts make 48.',
    ),
)
def inside_a_cell(dossier: Dossier) -> Iterator[Found]:
    """Composite cells whose parts do not add up to the main number."""
    cells = cells_of(dossier)
    seen: set[tuple[str, str]] = set()
    for row in dossier.rows:
        for field in FIELDS:
            value = printed(row, field)
            if value is None or not value.parts or (row.indicator.key, value.text) in seen:
                continue
            seen.add((row.indicator.key, value.text))
            if is_exact(value) and cells.sure(row, field) and adds_up(row, value):
                yield from _cell(dossier, row, field, value)


def _cell(dossier: Dossier, row: Row, field: str, value: Quantity) -> Iterator[Found]:
    words = field_words(dossier, field)
    whole = next((part for part in value.parts if part.role is PartRole.TOTAL), None)
    parts = [part for part in value.parts if part.role is PartRole.BREAKDOWN]
    if whole is None or not parts or not _can_add(whole, parts):
        return
    result = sum((number(part) for part in parts), Fraction(0))
    is_some = len(parts) == 1 or any("うち" in part.label for part in parts)
    if result == number(whole) or (is_some and result < number(whole)):
        return
    yield Found(
        Words(
            f"「{short(row.name)}」の{words.ja}「{value}」は、内訳の合計が{shown(result)}{whole.unit}で、"
            f"{whole}と合いません。",
            f'In the {words.en} "{value}" of "{short(row.name)}" the parts make {shown(result)}{whole.unit}, '
            f"not {whole}.",
        ),
        (row.place(field),),
        Severity.ERROR if result > number(whole) else Severity.WARNING,
    )


def _can_add(whole: Quantity, parts: list[Quantity]) -> bool:
    return all(is_exact(each) and same_measure(whole, each) and slack(each) == 0 for each in (whole, *parts))

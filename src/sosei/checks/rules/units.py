"""Units of values: mixed, missing, misfit, unreadable, several values in one cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from sosei.checks.cells import called, folded, indicators_of, numbers, one_unit, table_of, tail, told
from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.registry import rule
from sosei.values import Kind, Qualifier, Quantity, fold
from sosei.values.folding import compact

_CHANGES = frozenset({Qualifier.INCREASE, Qualifier.DECREASE})
_RELATIVE = frozenset({"%", "ポイント"})
_DAMAGE = re.compile("[□〓\ufffd]")
_TICKS = re.compile("[■☑☒✓✔]")  # beside them □ is a box that was not ticked

# Names of values that are pure numbers.
_NEEDS_NO_UNIT = re.compile(
    "出生率|指数|係数|倍率|偏差値|順位|ランキング|ランク|スコア|得点|点数|評点|評価値|満足度|幸福度|レベル|段階|等級|格付|[Pp]H|[男女]比"
)
_COUNTER = "人|名|件|回|戸|組|校|台|本|冊|棟|社|円|%|ha|km|㎡|㎥|m|kg|t|世帯|団体|箇所|か所|店舗|施設|日|時間|歳|点|泊|者"
_UNIT_IN_NAME = re.compile(rf"\((?:単位:?)?(?:延べ)?[千百十億万]{{0,3}}(?:{_COUNTER})(?:/[^()]{{1,6}})?\)")

# What a name counts at its end, and the units that count something else.
_MISFITS = (
    (re.compile("(?:企業|会社|事業所|法人)数$"), ("件", "人", "回")),
    (re.compile("会員[^、。]{0,12}数$"), ("件", "回")),
    (re.compile("(?:人数|(?<!業)者数|児数|生徒数|職員数|人口)$"), ("件", "回", "校", "社", "箇所", "団体")),
    (re.compile("世帯数$"), ("人", "回")),
    (re.compile("件数$"), ("人", "社", "回", "校")),
    (re.compile("回数$"), ("件", "人", "社", "校")),
    (
        re.compile(
            "(?:割合|(?<!死亡)(?<!罹患)(?<!有病)(?<!発生)(?<!婚姻)(?<!離婚)(?<!出生)(?<!犯罪)(?<!受療)率)$"
        ),
        ("人", "件", "回", "社", "戸", "世帯", "校", "箇所", "団体"),
    ),
    (re.compile("(?<!差)額$"), ("件", "人", "回", "社")),
    (re.compile("面積$"), ("件", "人", "回", "社")),
)


@rule(
    "UNT01",
    Severity.WARNING,
    title=Words("1行の中で単位が違う", "One row mixes units"),
    why=Words(
        "単位が違う値どうしは比べられず、達成率も計算できません。",
        "Values in different units cannot be compared, and give no rate.",
    ),
    mend=Words(
        "基準値・目標値・実績値を同じ単位で書いてください。",
        "Print baseline, target and actual in one unit.",
    ),
    case=Words("目標値は10件、実績値は12人。", "The target is 10 cases, the actual 12 people."),
)
def mixed_in_row(dossier: Dossier) -> Iterator[Found]:
    """Rows whose baseline, target and actual are not counted in one unit; scales do not matter."""
    for rows in indicators_of(dossier):
        for row in rows:
            if found := _mixed(row):
                yield found
                break


def _mixed(row: Row) -> Found | None:
    values = [
        (field, quantity)
        for field, quantity in numbers(row)
        if quantity.unit
        and not row.placement.doubt(field)
        and not (_CHANGES & set(quantity.qualifiers) and fold(quantity.unit) in _RELATIVE)
    ]
    if len({compact(quantity.unit).casefold() for _, quantity in values}) < 2:
        return None
    is_spelling = len({one_unit(quantity.unit) for _, quantity in values}) == 1
    shown = called(row.name, "／".join(str(quantity) for _, quantity in values))
    return Found(
        Words(f"{shown.ja}の中で単位が違います。", f"{shown.en} mixes units in one row."),
        tuple(row.place(field.partition(":")[0]) for field, _ in values),
        Severity.INFO if is_spelling else None,
    )


@rule(
    "UNT02",
    Severity.WARNING,
    title=Words("単位のない数値", "Numbers without a unit"),
    why=Words(
        "何を数えた値か、読み手にも来年の担当者にもわかりません。",
        "Neither a reader nor next year's officer can tell what was counted.",
    ),
    mend=Words(
        "何を数えた値かを確かめ、単位を書いてください。", "Find out what is counted and print the unit."
    ),
    case=Words(
        "認定農業者総数が基準値65、目標値70、実績値65で、人か経営体かがわからない。",
        "Certified farmers: 65, target 70, actual 65; people or farms?",
    ),
)
def without_unit(dossier: Dossier) -> Iterator[Found]:
    """Indicators with numbers that neither the cell nor the name, heading or record gives a unit."""
    hits = [
        (row, bare)
        for rows in indicators_of(dossier)
        if (first := next(((row, bare) for row in rows if (bare := _bare(row))), None))
        for row, bare in (first,)
    ]
    if hits:
        yield Found(
            told(
                f"単位のない数値が{len(hits)}件の指標にあります：{{}}。",
                f"Numbers without a unit, {len(hits)} in all: {{}}.",
                [called(row.name, "／".join(row.place(field).text for field in bare)) for row, bare in hits],
            ),
            tuple(row.place(field) for row, bare in hits for field in bare),
        )


def _bare(row: Row) -> list[str]:
    """The fields of the row whose number has no unit although it needs one."""
    values = numbers(row)
    bare = [(field, quantity) for field, quantity in values if not quantity.unit]
    if not bare or _NEEDS_NO_UNIT.search(folded(row.name)):
        return []
    if len(bare) < len(values):  # others in the row have a unit: a lone 0 needs none
        bare = [(field, quantity) for field, quantity in bare if quantity.number]
    elif _unit_elsewhere(row):
        return []
    return [field.partition(":")[0] for field, _ in bare]


def _unit_elsewhere(row: Row) -> bool:
    """Whether the unit stands in a column of its own, in the name or in a heading."""
    indicator = row.indicator
    if indicator.unit and "unit" not in indicator.interpreted:
        return True
    table = table_of(row)
    headings = [table.title, *(column.heading for column in table.columns)] if table else []
    return any(_UNIT_IN_NAME.search(folded(text)) or "単位" in text for text in (row.name, *headings))


@rule(
    "UNT05",
    Severity.INFO,
    title=Words("指標の名前と単位が合わない", "The unit does not fit the name"),
    why=Words(
        "企業の数なのか契約の件数なのかがわからず、数え方が年度で変わるおそれがあります。",
        "Companies or contracts: the way of counting may change from year to year.",
    ),
    mend=Words(
        "何を数えるかを決め、名前と単位のどちらかを合わせてください。",
        "Decide what is counted and change the name or the unit.",
    ),
    case=Words("入居企業数の目標値が12件。", "The number of resident companies has the target 12 cases."),
)
def misfit(dossier: Dossier) -> Iterator[Found]:
    """Indicators whose name counts one thing and whose unit another."""
    hits = [
        (row, field)
        for rows in indicators_of(dossier)
        if (hit := next(((row, field) for row in rows if (field := _misfit(row))), None))
        for row, field in (hit,)
    ]
    if hits:
        yield Found(
            told(
                f"名前と単位が合わない指標が{len(hits)}件あります：{{}}。",
                f"Units that do not fit the name, {len(hits)} in all: {{}}.",
                [called(row.name, row.place(field).text) for row, field in hits],
            ),
            tuple(row.place(field) for row, field in hits),
        )


def _misfit(row: Row) -> str:
    """The first field whose unit does not fit the row's name; empty where all do."""
    name = tail(row.name)
    units = next((units for pattern, units in _MISFITS if pattern.search(name)), ())
    return next(
        (field.partition(":")[0] for field, quantity in numbers(row) if one_unit(quantity.unit) in units), ""
    )


@rule(
    "UNT06",
    Severity.INFO,
    title=Words("同じ単位の書き方が混ざっている", "One unit is spelt in several ways"),
    why=Words(
        "書き方が違うと、別の数え方だと受け取られます。",
        "Different spellings are taken for different ways of counting.",
    ),
    mend=Words("計画全体で一つの書き方にそろえてください。", "Use one spelling in the whole plan."),
    case=Words(
        "多くの指標が「人」なのに、産婦人科医師数だけが「2名」。",
        "Most indicators count 人, a few count 名.",
    ),
)
def spellings(dossier: Dossier) -> Iterator[Found]:
    """Units that mean the same and are printed differently in one plan; the rarer spellings are named."""
    used: dict[str, dict[str, dict[str, tuple[Row, str]]]] = defaultdict(lambda: defaultdict(dict))
    for row in dossier.rows:
        for field, quantity in row.values:
            for unit in {compact(each.unit) for each in (quantity, *quantity.parts)}:
                used[one_unit(unit)][unit].setdefault(row.indicator.key, (row, field.partition(":")[0]))
    for by_unit in used.values():
        if len(by_unit) > 1:
            yield _rarer(by_unit)


def _rarer(by_unit: dict[str, dict[str, tuple[Row, str]]]) -> Found:
    usual = max(by_unit, key=lambda unit: len(by_unit[unit]))
    rare = [unit for unit in by_unit if unit != usual]
    hits = list(chain.from_iterable(by_unit[unit].values() for unit in rare))
    count = len(by_unit[usual])
    items = [called(row.name, row.place(field).text) for row, field in hits]
    names = "・".join(rare)
    ja, en = "、".join(item.ja for item in items[:8]), ", ".join(item.en for item in items[:8])
    more = len(items) - 8
    return Found(
        Words(
            f"単位「{usual}」（{count}件）と「{names}」（{len(hits)}件）が混ざっています：{ja}"
            + (f" ほか{more}件。" if more > 0 else "。"),
            f'The unit is "{usual}" at {count} indicators and "{names}" at {len(hits)}: {en}'
            + (f" and {more} more." if more > 0 else "."),
        ),
        tuple(row.place(field) for row, field in hits),
    )


@rule(
    "UNT07",
    Severity.WARNING,
    title=Words("読めない値", "A value that cannot be read"),
    why=Words(
        "そのままでは計算にも公表にも使えません。",
        "It can neither be calculated with nor published.",
    ),
    mend=Words(
        "原本で値を確かめて入れ直してください。", "Look the value up in the source and enter it again."
    ),
    case=Words(
        "基準値が「68□」で、□は「回」が化けたものと思われる。",
        'A baseline reads "68□" where the unit was lost in conversion.',
    ),
)
def unreadable(dossier: Dossier) -> Iterator[Found]:
    """Values that are damaged or hold a replacement character, with what they may be."""
    hits = [
        (row, field, quantity)
        for rows in indicators_of(dossier)
        for (field, _), (row, quantity) in _damaged(rows).items()
    ]
    if hits:
        yield Found(
            told(
                f"読めない値が{len(hits)}か所あります：{{}}。",
                f"Values that cannot be read, {len(hits)} in all: {{}}.",
                [called(row.name, _or(row, field, quantity)) for row, field, quantity in hits],
            ),
            tuple(row.place(field, str(quantity)) for row, field, quantity in hits),
        )


def _damaged(rows: Sequence[Row]) -> dict[tuple[str, str], tuple[Row, Quantity]]:
    """Field and text of the indicator's damaged cells, each with the first row that holds it."""
    found: dict[tuple[str, str], tuple[Row, Quantity]] = {}
    for row in rows:
        cells = [
            ("baseline", row.baseline),
            ("target", row.target),
            ("actual", row.actual),
            ("rate", row.rate),
        ]
        cells += [("path", value.quantity) for value in row.placement.path]
        for field, quantity in cells:
            if quantity is not None and _is_damaged(quantity):
                found.setdefault((field, quantity.text), (row, quantity))
    return found


def _is_damaged(quantity: Quantity) -> bool:
    text = quantity.text
    return quantity.kind is Kind.DAMAGED or bool(_DAMAGE.search(text) and not _TICKS.search(text))


def _or(row: Row, field: str, quantity: Quantity) -> str:
    doubt = row.placement.doubt(field)
    return "／".join([str(quantity), *(f"{text}？" for text in (doubt.alternatives if doubt else ()))])


@rule(
    "UNT08",
    Severity.INFO,
    title=Words("一つの欄に複数の値", "Several values in one cell"),
    why=Words(
        "どの値で達成を測るのかがわかりません。",
        "A reader cannot tell which of them is measured against the target.",
    ),
    mend=Words(
        "指標が数える値を一つだけ欄に書き、ほかは評価の文に移してください。",
        "Leave the value the indicator counts in the cell and move the others to the text.",
    ),
    case=Words(
        "参加人数の実績が「5校 175名」。",
        'The number of participants is given as "5 schools, 175 people".',
    ),
)
def several_values(dossier: Dossier) -> Iterator[Found]:
    """Cells with values of several units, or several values none of which is the total."""
    hits: list[tuple[Row, str]] = []
    for rows in indicators_of(dossier):
        fields = ((row, field) for row in rows for field, quantity in row.values if _is_crowded(quantity))
        hits.extend(list(fields)[:1])
    if hits:
        yield Found(
            told(
                f"一つの欄に複数の値が入っている指標が{len(hits)}件あります：{{}}。",
                f"Cells with several values, {len(hits)} in all: {{}}.",
                [called(r.name, r.place(f.partition(":")[0]).text) for r, f in hits],
            ),
            tuple(row.place(field.partition(":")[0]) for row, field in hits),
        )


def _is_crowded(quantity: Quantity) -> bool:
    if quantity.kind is not Kind.COMPOSITE:
        return False
    units = {one_unit(part.unit) for part in quantity.parts if part.unit}
    return len(units) > 1 or (quantity.number is None and quantity.main is None)

"""Values that cover stretches of different length, and running totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.lengths import Stretch, is_running_total, says_running_total, span_of, stretches, unequal
from sosei.checks.registry import rule
from sosei.checks.say import both, shown
from sosei.plan.indicator import Direction
from sosei.plan.record import NoteKind
from sosei.values import Kind, Quantity, fold

_NAMES = {"baseline": ("基準値", "the baseline"), "target": ("目標値", "the target")}
_STARTS = ("から", "以降", "以来", "期間", "~", "通算", "開始")
_NOT_SURE = ("baseline", "indicator", "counting", "name")


@rule(
    "PER01",
    Severity.WARNING,
    title=Words(
        "基準値・目標値・実績値の期間の長さが違う",
        "Baseline, target and actual cover periods of different length",
    ),
    why=Words(
        "長さの違う期間の値を割っても、達成率にはなりません。",
        "Dividing values of unequal periods gives no rate of achievement.",
    ),
    mend=Words(
        "三つの値を1年あたりか計画期間の累計にそろえ、達成率を計算し直してください。",
        "Bring the three to one year or to the total of the period, and compute the rate again.",
    ),
    case=Words(
        "寄附件数の目標は36件／４か年、実績は17件／１か年で、達成率47%。1年あたりでは189%。",
        "The target is 36 gifts in four years, the actual 17 in one; printed 47%, per year 189%.",
    ),
)
def unequal_lengths(dossier: Dossier) -> Iterator[Found]:
    """Rows with a target in which two values cover a different number of years; one for an indicator."""
    for rows in dossier.rows_of_indicator.values():
        row = next((row for row in rows if row.target is not None and unequal(row)), None)
        if row is not None:
            yield _unequal(row)


def _unequal(row: Row) -> Found:
    values = stretches(row)
    said = "、".join(f"{_field(each, 'ja')}{each.quantity}（{_years(each, 'ja')}）" for each in values)
    said_en = ", ".join(f"{_field(each, 'en')} {each.quantity} ({_years(each, 'en')})" for each in values)
    known = [each for each in values if each.per_year_text]
    yearly = "、".join(f"{_field(each, 'ja')}{each.per_year_text}" for each in known)
    yearly_en = ", ".join(f"{_field(each, 'en')} {each.per_year_text}" for each in known)
    rate = _rate_for_one_year(row, values)
    if rate:
        yearly += f"で、達成率は{row.rate}ではなく{rate}"
        yearly_en += f", and the rate {rate} instead of {row.rate}"
    what = Words("期間の長さが違います", "periods of different length")
    if len(known) < len(values):
        what = Words("期間の書き方がそろっていません", "periods that are not printed alike")
    return Found(
        Words(
            f"「{row.name}」は、{said}で、{what.ja}（1年あたりでは{yearly}）。",
            f'"{row.name}" has {what.en}: {said_en}; for one year: {yearly_en}.',
        ),
        _value_places(row, values),
    )


def _value_places(row: Row, values: Sequence[Stretch]) -> tuple[Place, ...]:
    places = [row.place(each.field.partition(":")[0]) for each in values]
    return tuple([*places, row.place("rate")] if row.rate is not None else places)


def _field(each: Stretch, language: str) -> str:
    year = each.field.partition(":")[2]
    ja, en = _NAMES.get(each.field, (f"{year}実績", f"the actual of {year}"))
    return en if language == "en" else ja


def _years(each: Stretch, language: str) -> str:
    if each.years is None:
        return "period not printed" if language == "en" else "期間の記載なし"
    number = shown(each.years, 2)
    if language == "en":
        return f"{number} year" + ("" if number == "1" else "s")
    return f"{number}年分"


def _rate_for_one_year(row: Row, values: Sequence[Stretch]) -> str:
    """The printed rate for values of one year; empty where it is no actual over target or stays the same."""
    by_field = {each.field.partition(":")[0]: each for each in values}
    target, actual = by_field.get("target"), by_field.get("actual")
    printed = row.rate.number if row.rate is not None else None
    if target is None or actual is None or printed is None:
        return ""
    one, other = target.per_year, actual.per_year
    whole, part = target.quantity.base, actual.quantity.base
    if not one or other is None or whole is None or part is None or target.years == actual.years:
        return ""
    if abs(Fraction(part[0]) / Fraction(whole[0]) * 100 - Fraction(printed)) > 1:
        return ""
    rate = other / one * 100
    return "" if abs(rate - Fraction(printed)) <= 1 else shown(rate, 0) + "%"


@rule(
    "PER02",
    Severity.INFO,
    title=Words(
        "期間の表記（／年など）が、一部の値にだけある",
        "A period (／年) is printed on some of a row's values only",
    ),
    why=Words(
        "期間のない値が1年分なのか累計なのか、読み手にはわかりません。",
        "A reader cannot tell whether the others are for one year or a total.",
    ),
    mend=Words(
        "すべての値に同じ期間を付けるか、指標名に「年間」などと書いてください。",
        "Print the same period at every value, or say it in the indicator's name.",
    ),
    case=Words(
        "基準値は328人／年、目標値は15,000人、実績値は16,125人。",
        "The baseline is 328 a year, the target 15,000, the actual 16,125.",
    ),
)
def some_with_period(dossier: Dossier) -> Iterator[Found]:
    """Rows with a period on some of their values and none of a different length, in one finding."""
    found = [
        row
        for rows in dossier.rows_of_indicator.values()
        if (row := next((row for row in rows if row.target is not None and _mixed(row)), None)) is not None
    ]
    if not found:
        return
    items = [f"{row.name}（{' / '.join(str(each.quantity) for each in stretches(row))}）" for row in found]
    yield Found(
        both(
            "次の指標は、期間の表記が基準値・目標値・実績値の一部にしかありません：{}。",
            "The period is printed on some of the values only: {}.",
            items,
        ),
        tuple(row.place(each.field.partition(":")[0]) for row in found for each in stretches(row)),
    )


def _mixed(row: Row) -> bool:
    return not unequal(row) and len({each.printed for each in stretches(row)}) == 2


@rule(
    "PER03",
    Severity.ERROR,
    title=Words("累計の指標が減っている", "A running total fell"),
    why=Words(
        "累計は減りません。どちらかの値が誤りか、累計ではない数え方になっています。",
        "A running total never falls: one value is wrong, or it is no running total.",
    ),
    mend=Words(
        "値を確かめ、減ることのある数え方（取消しを除く、現在数など）なら「累計」の名称を改めてください。",
        "Check the values; where the count can fall (net of withdrawals), rename the indicator.",
    ),
    case=Words(
        "登録累計数が、基準値の15件から実績の14件に減っている。",
        "A cumulative number of registrations went from 15 to 14.",
    ),
)
def falling_total(dossier: Dossier) -> Iterator[Found]:
    """Running totals below their baseline or an earlier year's value.

    A value under half of the earlier one may count from the start of a new period: a warning.
    """
    for rows in dossier.rows_of_indicator.values():
        found = next((found for row in rows for found in _falls(row)), None)
        if found is not None:
            yield found


def _falls(row: Row) -> Iterator[Found]:
    actual = row.actual
    if (
        actual is None
        or not is_running_total(row)
        or _unsure(row)
        or not _is_plain(actual)
        or _is_to_fall(row)
    ):
        return
    if row.before is not None:
        yield from _fall(
            row, row.before.quantity, actual, f"前の実績（{row.before.year}）", str(row.before.year)
        )
    if row.baseline is not None and span_of(row, "baseline") is None:
        yield from _fall(row, row.baseline, actual, "基準値", "")


def _fall(row: Row, earlier: Quantity, actual: Quantity, ja: str, year: str) -> Iterator[Found]:
    if not _is_plain(earlier) or earlier.base is None or actual.base is None:
        return
    (before, unit), (now, now_unit) = earlier.base, actual.base
    if len({fold(unit), fold(now_unit)} - {""}) > 1 or now >= before or before <= 0:
        return
    en = f"the earlier value of {year}" if year else "the baseline"
    anew = now * 2 < before
    first = row.place("baseline")
    if year:
        first = replace(row.place("actual", str(earlier)), field=f"actual:{year}")
    yield Found(
        Words(
            f"累計の指標「{row.name}」が、{ja}の{earlier}から{_year_of(row)}実績の{actual}に減っています"
            + ("（数え始めが変わった可能性があります）。" if anew else "。"),
            f'The running total "{row.name}" fell from {earlier} ({en}) to {actual} ({_year_of(row)})'
            + ("; perhaps counting began anew." if anew else "."),
        ),
        (first, row.place("actual")),
        Severity.WARNING if anew else None,
    )


def _is_to_fall(row: Row) -> bool:
    """Whether less is wanted (累積赤字): such a total is a balance and may fall."""
    start = row.baseline.base if row.baseline is not None else None
    target = row.target.base if row.target is not None else None
    less = row.indicator.direction in {Direction.LOWER, Direction.AT_MOST}
    return less or (start is not None and target is not None and target[0] < start[0])


def _year_of(row: Row) -> str:
    """The year under review as the row's fields print it: R6."""
    return row.field("actual").partition(":")[2]


def _is_plain(quantity: Quantity) -> bool:
    """Whether the value is one number of the year itself, without a period of its own."""
    is_own = not quantity.bracketed and not quantity.year
    return quantity.kind is Kind.NUMBER and quantity.per is None and is_own


def _unsure(row: Row) -> bool:
    """Whether the transcription of the values is not confirmed."""
    observation = row.observation
    return (
        any(row.placement.doubt(field) for field in (*_NOT_SURE, "printed"))
        or any(row.indicator.doubt(field) for field in ("counting", "name", "observations"))
        or (observation is not None and observation.doubt("quantity") is not None)
    )


@rule(
    "PER04",
    Severity.WARNING,
    title=Words(
        "名称は「累計」なのに、値が1年分で示されている",
        "The name says running total, but the values are for one year",
    ),
    why=Words(
        "累計か単年かで値も達成率も変わります。",
        "Value and rate depend on whether it is a total or one year's count.",
    ),
    mend=Words(
        "累計の値に直すか、名称から「累計」を除いてください。",
        "Print the running total, or drop 累計 from the name.",
    ),
    case=Words(
        "「事業承継支援実績累計数」の基準値と実績値が1件／年。",
        'Baseline and actual of a "cumulative number" are 1 a year.',
    ),
)
def total_by_year(dossier: Dossier) -> Iterator[Found]:
    """Indicators called 累計 with a baseline or an actual per year; one finding each."""
    for rows in dossier.rows_of_indicator.values():
        found = next((found for row in rows for found in _by_year(row)), None)
        if found is not None:
            yield found


def _by_year(row: Row) -> Iterator[Found]:
    if not says_running_total(row):
        return
    values = [
        each
        for each in stretches(row)
        if each.field != "target"
        and each.quantity.per is not None
        and each.years is not None
        and each.years <= 1
    ]
    if values:
        ja = "と".join(f"{_field(each, 'ja')}{each.quantity}" for each in values)
        en = " and ".join(f"{_field(each, 'en')} {each.quantity}" for each in values)
        yield Found(
            Words(
                f"「{row.name}」は名称では累計ですが、{ja}は1年分の値です。",
                f'"{row.name}" is a running total by its name, but {en} cover one year.',
            ),
            (row.place("name"), *(row.place(each.field.partition(":")[0]) for each in values)),
        )


@rule(
    "PER05",
    Severity.INFO,
    title=Words(
        "累計・延べ数の指標に、数え始めの年がない", "A running total does not say when counting begins"
    ),
    why=Words(
        "いつからの累計かがわからないと、1年間にどれだけ増えたかを読み取れません。",
        "Without a beginning, nobody can tell how much was added in a year.",
    ),
    mend=Words(
        "「令和○年度からの累計」のように、数え始めを指標名か注に書いてください。",
        "State the first year of counting in the name or a note.",
    ),
    case=Words(
        "「新規就農者数(延べ数)」の基準値224人が、いつからの延べ数か書かれていない。",
        "New farmers (total) have a baseline of 224, and nothing says since when.",
    ),
)
def no_beginning(dossier: Dossier) -> Iterator[Found]:
    """Running totals with a target or called 累計, and no word on when counting begins, in one finding."""
    notes = (note for note in dossier.plan.notes if note.kind is NoteKind.VALUE)
    noted = {anchor.at for note in notes for anchor in note.anchors}
    found = [
        row
        for rows in dossier.rows_of_indicator.values()
        if (row := _telling(rows)) is not None
        and is_running_total(row)
        and not _has_beginning(row)
        and noted.isdisjoint((row.placement.key, row.indicator.key))
    ]
    if found:
        yield Found(
            both(
                "次の累計・延べ数の指標は、いつから数えた値かが示されていません：{}。",
                "These running totals do not say when counting begins: {}.",
                [f"{row.name}（{' / '.join(str(quantity) for _, quantity in row.values)}）" for row in found],
            ),
            tuple(row.place(field) for row in found for field in _shown_fields(row)),
        )


def _telling(rows: Sequence[Row]) -> Row | None:
    """The row with the target, else the one that says 累計 itself; None where there is neither."""
    with_target = next((row for row in rows if row.target is not None), None)
    return with_target or next((row for row in rows if says_running_total(row)), None)


def _shown_fields(row: Row) -> list[str]:
    return ["name", *(field.partition(":")[0] for field, _ in row.values)]


def _has_beginning(row: Row) -> bool:
    said = fold(f"{row.name}{row.indicator.counting_period}")
    has_span = any(span_of(row, field) is not None for field in ("baseline", "target"))
    has_period = any(quantity.per is not None for _, quantity in row.values)
    return bool(row.indicator.definition) or has_span or has_period or any(word in said for word in _STARTS)

"""Rates that mislead: a high rate without movement, a target passed at once, a rate of a rate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.lengths import fiscal
from sosei.checks.motion import LESS, Motion, motions
from sosei.checks.registry import rule
from sosei.checks.say import both, listed, shown
from sosei.values import fold, same_text

_HIGH = 50
_GAP = 60
_SHOWN = 10
_LITTLE = Fraction(1, 5)
_PAID = re.compile(
    r"(?:負担金|補助金|委託料|委託費|助成金|事業費|予算|予算額)(?:の?(?:総額|支出額|執行額|額))?$"
)
_RECEIVED = (
    "獲得",
    "採択",
    "受入",
    "収入",
    "確保",
    "活用",
    "削減",
    "縮減",
    "一人",
    "1人",
    "当たり",
    "あたり",
)


@rule(
    "MIS01",
    Severity.WARNING,
    title=Words(
        "基準値から動いていないのに、達成率が出ている", "Nothing moved from the baseline, yet there is a rate"
    ),
    why=Words(
        "実績÷目標の達成率は出発点を見ないため、成果がなくても順調に見えます。",
        "Actual over target ignores where one started, so no result looks like a good one.",
    ),
    mend=Words(
        "実績がその年度に測った値かを確かめ、基準値からの進み（0%）を評価に書き添えてください。",
        "Check that the actual was measured in that year, and state the progress from the baseline (0%).",
    ),
    case=Words(
        "年次有給休暇の平均取得日数は10.82日→10.82日のままで、達成率は96%。",
        "Average days of leave stayed at 10.82, and the printed rate is 96%.",
    ),
)
def no_movement(dossier: Dossier) -> Iterator[Found]:
    """Indicators that stand at their baseline with a rate of 50% or more, in one finding."""
    still = [each for each in motions(dossier) if each.progress == 0 and each.rate >= _HIGH]
    if not still:
        return
    said = _said(
        still,
        "次の指標は、{year}の実績が基準値から動いていないのに達成率が出ています：{items}。",
        "Nothing moved from the baseline by {year}, yet there is a rate: {items}.",
    )
    carried = [each for each in still if _same_measurement(each.row)]
    if carried:
        names = [each.row.name for each in carried]
        said = Words(
            said.ja[:-1]
            + f"（{listed(names, 'ja')}は小数まで同じで、同じ調査の値が引き継がれた可能性があります）。",
            said.en[:-1]
            + f"; the same to the decimals, perhaps carried over from one survey: {listed(names, 'en')}.",
        )
    yield Found(said, _places(still, "baseline", "actual", "rate"))


@rule(
    "MIS02",
    Severity.WARNING,
    title=Words(
        "基準値より悪くなったのに、達成率がプラス", "Worse than the baseline, yet the rate is positive"
    ),
    why=Words(
        "後退した指標が、途中まで達成したように読めます。",
        "An indicator that lost ground reads as if it were partly achieved.",
    ),
    mend=Words(
        "基準値を下回った（悪化した）ことと原因を評価に書き、達成率だけを示さないでください。",
        "Say in the evaluation that it fell behind the baseline and why; do not show the rate alone.",
    ),
    case=Words(
        "合計特殊出生率は1.55→1.48に下がったのに、達成率は75%。",
        "The fertility rate fell from 1.55 to 1.48, and the printed rate is 75%.",
    ),
)
def worse_than_baseline(dossier: Dossier) -> Iterator[Found]:
    """Indicators that moved away from their target with a rate above 0, in one finding."""
    worse = [each for each in motions(dossier) if _is_worse(each)]
    if worse:
        yield Found(
            _said(
                worse,
                "次の指標は、{year}の実績が基準値より悪いのに、達成率がプラスで示されています：{items}。",
                "In {year} these are worse than their baseline, yet show a positive rate: {items}.",
            ),
            _places(worse, "baseline", "actual", "rate"),
        )


@rule(
    "MIS03",
    Severity.INFO,
    title=Words(
        "最初の年度で、すでに目標値を超えた", "The final target is passed in the first reported year"
    ),
    why=Words(
        "目標が低かったか、数え方が目標と違うか、取組が予想以上に進んだかがわからず、残りの年度の目標になりません。",
        "Was the target low, is counting different, or did things go well? For the years left it is no target.",
    ),
    mend=Words(
        "目標と実績の数え方が同じかを確かめ、目標値の見直しを検討してください。",
        "Check that target and actual count the same, and consider a new target.",
    ),
    case=Words(
        "説明会参加者数の目標210人に対し、初年度の実績が465人（221%）。",
        "210 visitors were the target; the first year already had 465 (221%).",
    ),
)
def passed_at_once(dossier: Dossier) -> Iterator[Found]:
    """Targets that are passed in the first year with values, in one finding, the highest rate first."""
    if not _is_first(dossier):
        return
    passed = [each for each in motions(dossier) if _is_passed(each) and not _is_due(each.row)]
    passed.sort(key=lambda each: -each.rate)
    if passed:
        yield Found(
            _said(
                passed,
                "次の指標は、最初の年度の{year}で、すでに目標値を超えています：{items}。",
                "These passed their final target in {year}, the first year: {items}.",
            ),
            _places(passed, "target", "actual", "rate"),
        )


@rule(
    "MIS04",
    Severity.INFO,
    title=Words(
        "達成率は高いが、基準値から目標値への道のりはわずか",
        "A high rate, but little of the way from the baseline to the target",
    ),
    why=Words(
        "出発点が目標に近いと、ほとんど進まなくても達成率が高く出ます。",
        "Where the start lies near the target, the rate is high although hardly anything moved.",
    ),
    mend=Words(
        "評価では、基準値からの進みもあわせて示してください。",
        "Show the progress from the baseline beside the rate.",
    ),
    case=Words(
        "宿泊人数は409人→414人（目標470人）で達成率88%だが、基準値からの進みは8%。",
        "Guests rose from 409 to 414 (target 470): the rate is 88%, the progress 8%.",
    ),
)
def little_of_the_way(dossier: Dossier) -> Iterator[Found]:
    """Indicators with a rate of at least 60 points above a progress under 20%, in one finding."""
    little = [each for each in motions(dossier) if _is_little(each)]
    if little:
        yield Found(
            _said(
                little,
                "次の指標は達成率が高い一方、基準値から目標値までの道のりは少ししか進んでいません：{items}。",
                "A high rate, but little of the way from the baseline to the target: {items}.",
                with_way=True,
            ),
            _places(little, "baseline", "target", "actual", "rate"),
        )


@rule(
    "MIS05",
    Severity.INFO,
    title=Words("「達成率」そのものが指標になっている", "The indicator is itself an achievement rate"),
    why=Words(
        "達成率の達成率は、もとの計画の何がどこまで進んだかを示しません。",
        "A rate of a rate does not tell what was achieved in the plan behind it.",
    ),
    mend=Words(
        "もとの計画の成果を表す指標に置き換えるか、分母と分子（達成した数）を書き添えてください。",
        "Use an indicator of the results themselves, or state how many of how many were achieved.",
    ),
    case=Words(
        "「共生ビジョン成果指標（KPI)達成率」47%の達成率が67.14%。",
        "The indicator is a KPI achievement rate of 47%, and its own rate is 67.14%.",
    ),
)
def rate_of_a_rate(dossier: Dossier) -> Iterator[Found]:
    """Indicators with a target whose name says 達成率, in one finding."""
    yield from _by_name(
        [row for row in _first_rows(dossier) if row.target is not None and _is_rate(row)],
        "次の指標は、それ自体が「達成率」です：{}。",
        "These indicators are themselves achievement rates: {}.",
    )


@rule(
    "MIS06",
    Severity.INFO,
    title=Words(
        "市町村が自ら支払う金額が指標になっている", "The indicator measures what the municipality itself pays"
    ),
    why=Words(
        "支払いは予算で決まり、成果を表しません。",
        "A payment follows from the budget and shows no result.",
    ),
    mend=Words(
        "支払いによって生まれた成果（件数、人数、売上など）を指標にしてください。",
        "Measure what the payment brought about (cases, people, sales).",
    ),
    case=Words(
        "「ジェトロへの負担金」540,000円が事業KPI。",
        "A project's KPI is the contribution paid to an agency, 540,000 yen.",
    ),
)
def own_payment(dossier: Dossier) -> Iterator[Found]:
    """Indicators whose name ends in a payment (負担金, 補助金, 委託料 ...), in one finding."""
    yield from _by_name(
        [row for row in _first_rows(dossier) if _is_payment(row)],
        "次の指標は、市町村が自ら支払う金額で、成果を表しません：{}。",
        "These indicators measure what the municipality itself pays, not a result: {}.",
    )


@rule(
    "MIS07",
    Severity.INFO,
    title=Words(
        "期間の半分を過ぎたのに、進みが大きく遅れている",
        "Half of the period is over and progress is far behind",
    ),
    why=Words(
        "達成率だけでは、残りの期間で届くかどうかがわかりません。",
        "The rate alone does not tell whether the years left are enough.",
    ),
    mend=Words(
        "届く見込みと対策を評価に書くか、目標値の見直しを検討してください。",
        "State the outlook and what will be done, or consider a new target.",
    ),
    case=Words(
        "4年の計画の3年目に、基準値106店舗から目標150店舗への進みが11%。",
        "In the third of four years, 11% of the way from 106 shops to 150.",
    ),
)
def far_behind(dossier: Dossier) -> Iterator[Found]:
    """Indicators that went less than half as far as the time, from the middle of the period, in one finding."""
    elapsed = _elapsed(dossier)
    if elapsed is None or elapsed < Fraction(1, 2):
        return
    late = [
        each
        for each in motions(dossier)
        if each.progress is not None and 0 < each.progress < elapsed / 2 and not _is_little(each)
    ]
    if late:
        yield Found(
            _said(
                late,
                f"計画期間の{_percent(elapsed)}が過ぎましたが、次の指標は{{year}}の進みがその半分に届きません：{{items}}。",
                f"{_percent(elapsed)} of the period is over, but these went less than half as far by {{year}}: {{items}}.",
                with_way=True,
            ),
            _places(late, "baseline", "target", "actual"),
        )


def _said(found: Sequence[Motion], ja: str, en: str, *, with_way: bool = False) -> Words:
    """The message with the year and the rows; ``with_way`` adds target and progress to each."""
    year = found[0].row.field("actual").partition(":")[2]
    items: list[str] = []
    items_en: list[str] = []
    for each in found:
        way = _percent(each.progress) if with_way and each.progress is not None else ""
        items.append(each.ja + (f"、目標{each.row.target}への進みは{way}" if way else ""))
        items_en.append(each.en + (f", {way} of the way to {each.row.target}" if way else ""))
    separator = "；" if with_way else "、"
    return Words(
        ja.format(year=year, items=separator.join(_cut(items, "ja"))),
        en.format(year=year, items="; ".join(_cut(items_en, "en"))),
    )


def _cut(items: Sequence[str], language: str) -> list[str]:
    """At most as many items as a sentence bears, and how many more there are."""
    more = len(items) - _SHOWN
    if more <= 0:
        return list(items)
    return [*items[:_SHOWN], f"and {more} more" if language == "en" else f"ほか{more}件"]


def _places(found: Sequence[Motion], *fields: str) -> tuple[Place, ...]:
    return tuple(each.row.place(field) for each in found for field in fields)


def _by_name(rows: Sequence[Row], ja: str, en: str) -> Iterator[Found]:
    if rows:
        items = [row.name + (f"（{row.actual}）" if _has_actual(row) else "") for row in rows]
        places = [row.place(field) for row in rows for field in ("name", "actual")[: 1 + _has_actual(row)]]
        yield Found(both(ja, en, items), tuple(places))


def _has_actual(row: Row) -> bool:
    return row.actual is not None and not row.actual.is_absent


def _first_rows(dossier: Dossier) -> Iterator[Row]:
    """The row of each indicator that says most: the one with a target, else the first."""
    for rows in dossier.rows_of_indicator.values():
        yield next((row for row in rows if row.target is not None), rows[0])


def _same_measurement(row: Row) -> bool:
    start, actual = row.baseline, row.actual
    return (
        start is not None
        and actual is not None
        and bool(start.decimals)
        and same_text(str(start), str(actual))
    )


def _is_worse(motion: Motion) -> bool:
    return motion.progress is not None and motion.progress < 0 and motion.rate > 0


def _is_passed(motion: Motion) -> bool:
    if motion.progress is None:
        return motion.rate > 100 and motion.row.indicator.direction not in LESS
    return motion.rate > 100 and motion.progress > 1


def _is_little(motion: Motion) -> bool:
    way = motion.progress
    return way is not None and 0 < way < _LITTLE and Fraction(motion.rate) - way * 100 >= _GAP


def _is_first(dossier: Dossier) -> bool:
    """Whether the year under review is the first of the period; without one, the first with values."""
    if dossier.year is None:
        return False
    period = dossier.plan.period
    if period is not None:
        return fiscal(period.first) == dossier.year < fiscal(period.last)
    return all(row.before is None for row in dossier.rows)


def _is_due(row: Row) -> bool:
    """Whether the target's own year has come."""
    target = row.placement.target
    when = target.year.effective if target is not None and target.year is not None else None
    return when is not None and row.year is not None and fiscal(when) <= row.year


def _is_rate(row: Row) -> bool:
    name = row.indicator.name
    return "達成率" in name and "基準達成率" not in name


def _is_payment(row: Row) -> bool:
    name = fold(row.placement.name)[-60:].strip()
    if not any("円" in quantity.unit for _, quantity in row.values):
        return False
    return bool(_PAID.search(name)) and not any(word in name for word in _RECEIVED)


def _elapsed(dossier: Dossier) -> Fraction | None:
    """How much of the period is over at the end of the year under review."""
    period = dossier.plan.period
    if period is None or dossier.year is None:
        return None
    first, last = fiscal(period.first), fiscal(period.last)
    return Fraction(dossier.year - first + 1, last - first + 1) if first <= dossier.year <= last else None


def _percent(share: Fraction) -> str:
    return shown(share * 100, 0) + "%"

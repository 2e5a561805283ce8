"""The target against the baseline: already met, equal, far beyond, hardly moved."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.lengths import unequal
from sosei.checks.levels import (
    Levels,
    aim,
    is_bounded,
    is_relative,
    is_unconfirmed,
    levels_of,
    own_rows,
)
from sosei.checks.registry import rule
from sosei.checks.say import both, shown
from sosei.values import fold

_SEPARATE = 3  # findings of one sort that are told one by one
_FAR = 3
_VERY_FAR = 10
_SMALL = 10  # below it three times as much is no leap: 2件 to 6件
_HARDLY = Fraction(1, 200)
_MANY = 50
_NATURALLY_SLOW = {"km", "m", "ha", "㎡", "㎥", "a", "歳", "年"}  # stocks and spans of life move little
_KEEPING = ("維持", "継続", "確保", "堅持", "保持", "現状")


@rule(
    "TGT01",
    Severity.WARNING,
    title=Words("基準値がすでに目標に達している", "The baseline already meets the target"),
    why=Words(
        "現状より低い水準で達成となるため、取組の成果を測れません。",
        "The target is reached even if things get worse, so it measures no progress.",
    ),
    mend=Words(
        "減少を抑える目標であれば、その考え方（何もしない場合の見込みなど）を書き添えてください。",
        "Where the aim is to slow a decline, print the reasoning (what would happen without action).",
    ),
    case=Words(
        "出生数の基準値が108人、目標値が100人以上。",
        "Births: 108 at the baseline, and the target is 100 or more.",
    ),
)
def met_already(dossier: Dossier) -> Iterator[Found]:
    """Targets with a limit (以上, 以下) that the baseline keeps with room to spare; many are one finding."""
    met = [
        row
        for row, levels in _compared(dossier)
        if is_bounded(row) and levels.same_period and levels.better == -aim(row) != 0
    ]
    if len(met) > _SEPARATE:
        yield Found(
            both(
                "次の指標は基準の時点ですでに目標に達しており、目標が現状より緩い水準です：{}。",
                "Targets met from the start, easier than where things stood: {}.",
                [f"「{row.name}」{row.baseline}→{row.target}" for row in met],
                [f'"{row.name}" {row.baseline} → {row.target}' for row in met],
            ),
            tuple(row.place(field) for row in met for field in ("baseline", "target")),
        )
        return
    for row in met:
        yield Found(
            Words(
                f"「{row.name}」は基準値が{row.baseline}、目標値が{row.target}で、"
                "基準の時点ですでに達成しており、目標が現状より緩い水準です。",
                f'"{row.name}" has {row.baseline} at the baseline and {row.target} as target: it was met '
                "from the start, and the target is easier than where things stood.",
            ),
            (row.place("baseline"), row.place("target")),
        )


@rule(
    "TGT02",
    Severity.WARNING,
    title=Words("目標値が基準値と同じ", "The target equals the baseline"),
    why=Words(
        "何も変わらなくても達成となり、維持が目標なのか書き誤りなのか読み手にわかりません。",
        "Nothing has to change, and a reader cannot tell whether keeping the level is meant or a slip.",
    ),
    mend=Words(
        "維持が目標であれば「維持」または「以上」と書き、そうでなければ値を確かめてください。",
        'Write that the level is to be kept ("維持", "以上"), or check the two values.',
    ),
    case=Words(
        "相談件数の基準値が46件、目標値も46件。", "Consultations: 46 at the baseline and 46 as target."
    ),
)
def equal_to_baseline(dossier: Dossier) -> Iterator[Found]:
    """Targets of rows to be raised or lowered that have the number of the baseline.

    Where the values of the indicator cover different periods, PER01 tells.
    """
    for row, levels in _compared(dossier):
        if levels.better or _keeps(row) or _at_the_end(row, levels) or _has_unequal_periods(dossier, row):
            continue
        clear = levels.same_period and not is_unconfirmed(row, "baseline", "target")
        more = "です" if clear else "で、それぞれ何年分の値かを確かめる必要があります"
        more_en = "" if clear else "; how many years each of them covers has to be checked"
        if levels.same_period or None in levels.periods:
            yield Found(
                Words(
                    f"「{row.name}」は基準値{row.baseline}と目標値{row.target}が同じ数{more}。",
                    f'"{row.name}" has the same number as baseline ({row.baseline}) and as target '
                    f"({row.target}){more_en}.",
                ),
                (row.place("baseline"), row.place("target")),
                None if clear else Severity.INFO,
            )


@rule(
    "TGT03",
    Severity.WARNING,
    title=Words(
        "1年あたりにすると、目標値が基準値を上回らない",
        "For one year, the target is no better than the baseline",
    ),
    why=Words(
        "合計する年数が違うため増えて見えますが、1年あたりでは現状維持か後退です。",
        "The target looks larger only because it adds up more years.",
    ),
    mend=Words(
        "基準値と目標値の期間をそろえ、1年あたりの水準で目標を見直してください。",
        "Give both for the same number of years and reconsider the target for one year.",
    ),
    case=Words(
        "寄附件数の基準値が28件/3か年（1年あたり9.33件）、目標値が36件／4か年（1年あたり9件）。",
        "Donations: 28 in three years (9.33 a year), and the target is 36 in four years (9 a year).",
    ),
)
def no_better_a_year(dossier: Dossier) -> Iterator[Found]:
    """Baselines and targets that cover different numbers of years and do not improve year for year."""
    for row, levels in _compared(dossier):
        yearly = levels.a_year
        if yearly is None or levels.same_period or _is_share(row):
            continue
        if not aim(row) or (yearly[1] - yearly[0]) * aim(row) > 0:
            continue
        unit = row.target.unit if row.target else ""
        years = [f"{shown(number, 2)}{unit}" for number in yearly]
        yield Found(
            Words(
                f"「{row.name}」は基準値が{row.baseline}（1年あたり{years[0]}）、"
                f"目標値が{row.target}（1年あたり{years[1]}）で、1年あたりでは良くなりません。",
                f'"{row.name}" has {row.baseline} at the baseline ({years[0]} a year) and {row.target} as target '
                f"({years[1]} a year), which is no better year for year.",
            ),
            (row.place("baseline"), row.place("target")),
            Severity.INFO if is_unconfirmed(row, "baseline", "target") else None,
        )


@rule(
    "TGT04",
    Severity.WARNING,
    title=Words("目標値が基準値からかけ離れている", "The target is many times the baseline"),
    why=Words(
        "基準の年が特別な年だったか、数え方や単位が変わったか、桁の誤りかもしれません。",
        "The baseline year may be exceptional, the counting may have changed, or a digit be wrong.",
    ),
    mend=Words(
        "値と数え方を担当課に確かめ、正しければ基準の年の事情や目標の根拠を書き添えてください。",
        "Check both values and how they are counted; if they are right, print what is special about them.",
    ),
    case=Words(
        "外国人宿泊客数の基準値が328人／年、目標値が15,000人（46倍）。",
        "Foreign guests: 328 a year at the baseline, and the target is 15,000 (46 times).",
    ),
)
def far_beyond(dossier: Dossier) -> Iterator[Found]:
    """Targets of three times the baseline and more; from ten times on they weigh more."""
    for row, levels in _compared(dossier):
        if not levels.same_period or levels.baseline <= 0 or aim(row) != 1 or _is_share(row):
            continue
        times = levels.target / levels.baseline
        if times < _FAR or (times < _VERY_FAR and levels.baseline < _SMALL):
            continue
        times_text = shown(times, 1)
        yield Found(
            Words(
                f"「{row.name}」の目標値{row.target}は、基準値{row.baseline}の{times_text}倍です。",
                f'The target {row.target} of "{row.name}" is {times_text} times the baseline {row.baseline}.',
            ),
            (row.place("baseline"), row.place("target")),
            None if times >= _VERY_FAR and not is_unconfirmed(row, "baseline", "target") else Severity.INFO,
        )


@rule(
    "TGT05",
    Severity.INFO,
    title=Words("目標値が基準値からほとんど動かない", "The target hardly moves from the baseline"),
    why=Words(
        "わずかな差は年ごとの振れに埋もれ、取組の成果とは言えません。",
        "So small a difference drowns in the swing from year to year.",
    ),
    mend=Words(
        "維持が目標であればそう書き、そうでなければ目標の根拠を確かめてください。",
        "Say that the level is to be kept, or check what the target is founded on.",
    ),
    case=Words("有畜農家数の基準値が314戸、目標値が315戸。", "Livestock farms: 314, and the target is 315."),
)
def hardly_moves(dossier: Dossier) -> Iterator[Found]:
    """Targets within half a percent of the baseline, or one beyond a count of fifty and more."""
    rows = [
        row
        for row, levels in _compared(dossier)
        if levels.same_period and levels.better == aim(row) != 0 and _barely(row, levels)
    ]
    if rows:
        items = [f"「{row.name}」{row.baseline}→{row.target}" for row in rows]
        items_en = [f'"{row.name}" {row.baseline} to {row.target}' for row in rows]
        yield Found(
            both(
                "目標値が基準値からほとんど動いていません：{}。",
                "The target hardly moves from the baseline: {}.",
                items,
                items_en,
            ),
            tuple(row.place(field) for row in rows for field in ("baseline", "target")),
        )


def _compared(dossier: Dossier) -> Iterator[tuple[Row, Levels]]:
    """Each indicator's baseline and target once, where they can be compared."""
    for row in own_rows(dossier.rows):
        levels = levels_of(row)
        if levels is not None:
            yield row, levels


def _has_unequal_periods(dossier: Dossier, row: Row) -> bool:
    return any(
        other.target is not None and unequal(other)
        for other in dossier.rows_of_indicator[row.indicator.key][:_MANY]
    )


def _is_share(row: Row) -> bool:
    return any(is_relative(quantity) for quantity in (row.baseline, row.target) if quantity is not None)


def _keeps(row: Row) -> bool:
    """Whether something printed says that the level is to be kept, or no direction is known."""
    text = row.name + str(row.target)
    return is_bounded(row) or not aim(row) or any(word in text for word in _KEEPING)


def _at_the_end(row: Row, levels: Levels) -> bool:
    """Whether there is no room left: 100 % upward, nothing left downward."""
    return levels.target == 0 if aim(row) < 0 else _is_share(row) and levels.target >= 100


def _barely(row: Row, levels: Levels) -> bool:
    unit = fold(row.target.unit if row.target else "").strip()
    if _is_share(row) or unit in _NATURALLY_SLOW or is_unconfirmed(row, "baseline", "target"):
        return False
    apart, size = abs(levels.target - levels.baseline), abs(levels.baseline)
    counted = apart == 1 and levels.baseline.denominator == 1 and levels.target.denominator == 1
    return apart < size * _HARDLY or (counted and size >= _MANY)

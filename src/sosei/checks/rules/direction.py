"""Which way is better: names that do not say, targets on the wrong side, rates the wrong way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.levels import aim, bound, is_bounded, is_unconfirmed, levels_of, own_rows
from sosei.checks.registry import rule
from sosei.checks.say import both
from sosei.plan.indicator import Direction
from sosei.scheme.choices import LowerRule, QuantityKind, RoundingMode
from sosei.scheme.rounding import percent
from sosei.values import Kind, Quantity, fold
from sosei.values.folding import compact

_OPPOSITES = (
    ("発生", ("防止", "抑制", "解消", "予防", "根絶")),
    ("増加", ("減少", "抑制", "削減")),
    ("拡大", ("縮小", "防止", "抑制")),
    ("上昇", ("低下", "抑制")),
    ("悪化", ("改善", "防止", "抑制")),
    ("向上", ("低下",)),
    ("新設", ("廃止", "統合")),
    ("開設", ("廃止", "閉鎖")),
    ("設置", ("撤去", "廃止")),
)
_JOINED = re.compile(
    "|".join(
        f"{one}(?:・|/|、|,|と|や|及び|および|または|又は){other}"
        for first, seconds in _OPPOSITES
        for second in seconds
        for one, other in ((first, second), (second, first))
    )
)
_LESS = re.compile("以下|未満|以内|減|削|抑制|抑え|縮|ゼロ|低減|低下|解消|根絶|撲滅|防止|下回")
_BRACKETED = re.compile(r"\(([^()]*)\)$")
_DEED = re.compile(
    "(?:減少|増加|増|(?<!増)減|活用|利活用|集積|集約|化|推進|防止|促進|充実|整備|研修|事業|支援|強化|確保|向上|改善|育成|創出|普及|"
    "解消|連携|対策|取組|取り組み|活動|維持|運営|拡大|発信|管理|検討|構築|見直し|運用|抑制|削減|啓発|予防|参加|保全|再生|振興|"
    "開催|実施|導入|設置|策定|締結|開発|誘致|開設|登録|認定|相談|更新|作成|利用|派遣|受入れ?|配布|提供)$"
)
_COUNTED = re.compile(  # deeds that are plainly counted once each: 研修会の開催 3回, 協定の締結 9件
    "(?:開催|実施|導入|設置|策定|締結|開発|誘致|開設|登録|認定|相談|更新|作成|利用|派遣|受入れ?|配布|提供|参加|支援|整備|確保|育成|創出)$"
)


@rule(
    "DIR01",
    Severity.WARNING,
    title=Words("指標名に反対の意味の語が並んでいる", "The name holds two opposite words"),
    why=Words(
        "増えるのと減るのと、どちらが望ましいのか読み手にわかりません。",
        "A reader cannot tell whether more or less of it is better.",
    ),
    mend=Words(
        "何を数えているかがわかる指標名（発生面積、解消面積など）に改めてください。",
        "Name what is counted (area that arose, area that was cleared).",
    ),
    case=Words(
        "「耕作放棄地の発生・防止」の基準値が24.4ha、目標値が30.0ha。",
        '"Occurrence and prevention of abandoned farmland": 24.4 ha, and the target is 30.0 ha.',
    ),
)
def opposite_words(dossier: Dossier) -> Iterator[Found]:
    """Names like 発生・防止, unless the words at the target say which way is meant."""
    for row in own_rows(dossier.rows):
        match = _JOINED.search(compact(row.name))
        if match is None or bound(row) or row.is_project:
            continue
        values = "、".join(
            f"{label}{value}" for label, value in (("基準値", row.baseline), ("目標値", row.target)) if value
        )
        numbers = " to ".join(str(value) for value in (row.baseline, row.target) if value)
        yield Found(
            Words(
                f"「{row.name}」{f'（{values}）' if values else ''}は「{match[0]}」と反対の語を並べており、"
                "増減のどちらが望ましいか読み取れません。",
                f'"{row.name}"{f" ({numbers})" if numbers else ""} joins opposite words ("{match[0]}"), so that '
                "nobody can tell whether more or less is better.",
            ),
            (row.place("name", row.name), *_given(row)),
        )


@rule(
    "DIR02",
    Severity.WARNING,
    title=Words("目標値が望ましい向きと逆", "The target lies on the wrong side of the baseline"),
    why=Words(
        "目標どおりになると現状より悪くなります。",
        "Reaching the target would make things worse than they are.",
    ),
    mend=Words(
        "基準値と目標値を確かめ、合っていれば望ましい向きの記録か、緩めた理由を直してください。",
        "Check both values; if they are right, mend the direction, or print why the target is easier.",
    ),
    case=Words(
        "増やしたい会員数の基準値が747人、目標値が700人。",
        "Members, of whom more are wanted: 747 at the baseline, and the target is 700.",
    ),
)
def wrong_side(dossier: Dossier) -> Iterator[Found]:
    """Targets to be raised that are below the baseline, and the other way round."""
    for row in own_rows(dossier.rows):
        levels = levels_of(row)
        if levels is None or is_bounded(row) or not levels.same_period or not aim(row):
            continue
        if levels.better != -aim(row):
            continue
        more, more_en = ("高い", "more") if aim(row) > 0 else ("低い", "less")
        yield Found(
            Words(
                f"「{row.name}」は{more}ほどよい指標ですが、基準値{row.baseline}に対して目標値が{row.target}です。",
                f'Of "{row.name}" {more_en} is better, but the baseline is {row.baseline} and the target '
                f"{row.target}.",
            ),
            (row.place("baseline"), row.place("target")),
        )


@rule(
    "DIR03",
    Severity.INFO,
    title=Words("少ないほどよい指標であることが書かれていない", "Nothing says that less is better"),
    why=Words(
        "実績÷目標で達成率を計算すると、悪くなるほど高い率になります。",
        "A rate of actual by target would grow as things get worse.",
    ),
    mend=Words(
        "目標値に「以下」を付けるか、少ないほどよい指標であることを書き添えてください。",
        'Print "以下" (at most) with the target, or say that less is better.',
    ),
    case=Words(
        "「転出者数」の基準値が1,030人、目標値が1,000人で、「以下」の印字がない。",
        "People moving away: 1,030 to 1,000, without a word that less is better.",
    ),
)
def unmarked_lower(dossier: Dossier) -> Iterator[Found]:
    """Indicators to be lowered whose name and target hold no word of it."""
    rows = [
        row
        for row in own_rows(dossier.rows)
        if row.target is not None
        and row.target.number  # nobody takes a target of 0 for one to be exceeded
        and row.indicator.direction in (Direction.LOWER, Direction.AT_MOST)
        and not _LESS.search(fold(row.name) + fold(str(row.target)))
    ]
    if rows:
        yield Found(
            both(
                "少ないほどよい指標ですが、指標名にも目標値にも、そうとわかる表記がありません：{}。",
                "Less is better, but neither name nor target says so: {}.",
                [f"「{row.name}」{_course(row, '→')}" for row in rows],
                [f'"{row.name}" {_course(row, " to ")}' for row in rows],
            ),
            tuple(row.place("target") for row in rows),
        )


@rule(
    "DIR04",
    Severity.INFO,
    title=Words(
        "指標名が行為や目的で、何の値かわからない", "The name is a deed or an aim, not what is counted"
    ),
    why=Words(
        "値が何を数えたものか、増減のどちらがよいのか、名前から読み取れません。",
        "The name does not say what the number counts, nor which way is better.",
    ),
    mend=Words(
        "「〜数」「〜率」「〜面積」など、数えるものを指標名にしてください。",
        "Name what is counted: a number, a rate, an area.",
    ),
    case=Words(
        "「低出生体重児の減少」の基準値が6.7%（割合なのか減少率なのか）。",
        '"Reduction of low birth weight": 6.7% (the share of such births, or the reduction?).',
    ),
)
def deed_names(dossier: Dossier) -> Iterator[Found]:
    """Names of rows with a numeric target that end with a deed or an aim, and no unit makes it clear."""
    rows = [row for row in own_rows(dossier.rows) if row.target and not row.is_project and _is_deed(row)]
    if rows:
        yield Found(
            both(
                "指標名が行為や目的を表す語で終わり、値が何を数えたものか読み取れません：{}。",
                "The names end with a deed or an aim and do not say what is counted: {}.",
                [f"「{row.name}」{_course(row, '→')}" for row in rows],
                [f'"{row.name}" {_course(row, " to ")}' for row in rows],
            ),
            tuple(row.place("name", row.name) for row in rows),
        )


@rule(
    "DIR05",
    Severity.WARNING,
    title=Words("達成率の計算が逆向き", "The rate is computed the wrong way round"),
    why=Words(
        "悪くなるほど高い率が印字され、達成と未達成が入れ替わります。",
        "The worse the value, the higher the rate: reached and missed change places.",
    ),
    mend=Words(
        "望ましい向きに合った式で達成率を計算し直してください。",
        "Compute the rate again with the formula that fits the direction.",
    ),
    case=Words(
        "少ないほどよいごみの量が目標931g、実績940gで、達成率が101%。",
        "Waste, of which less is better: target 931 g, actual 940 g, printed rate 101%.",
    ),
)
def upside_down(dossier: Dossier) -> Iterator[Found]:
    """Printed rates that are the inverse of what the direction asks for, whether or not the scheme says so."""
    rows = [row for row in dossier.rows if _is_upside_down(row)]
    if rows:
        yield Found(
            both(
                "達成率が、望ましい向きと逆の式で計算されています：{}。",
                "The rate is computed against the direction: {}.",
                [
                    f"「{row.name}」は{'多い' if aim(row) > 0 else '少ない'}ほどよく、目標{row.target}、"
                    f"実績{row.actual}で達成率{row.rate}"
                    for row in rows
                ],
                [
                    f'of "{row.name}" {"more" if aim(row) > 0 else "less"} is better, target {row.target}, '
                    f"actual {row.actual}, rate {row.rate}"
                    for row in rows
                ],
            ),
            tuple(row.place(field) for row in rows for field in ("rate", "target", "actual")),
        )


@rule(
    "DIR06",
    Severity.WARNING,
    title=Words("達成率が負になる", "The rate is negative"),
    why=Words(
        "負の率は、目標にどれだけ近いかを表しません。",
        "A negative rate does not say how near the target is.",
    ),
    mend=Words(
        "率の代わりに、目標との差と基準値からの増減を数で示してください。",
        "Print the gap to the target and the change since the baseline as numbers instead of a rate.",
    ),
    case=Words(
        "社会増減数の目標が65人、実績が-147人で、達成率が-226%。",
        "Net migration: target 65, actual -147, printed rate -226%.",
    ),
)
def negative_rate(dossier: Dossier) -> Iterator[Found]:
    """Printed rates below zero and, where none is printed, recomputed ones."""
    for row in dossier.rows:
        shown = _negative(row)
        if shown:
            start = f"、基準値{row.baseline}" if row.baseline is not None else ""
            start_en = f", baseline {row.baseline}" if row.baseline is not None else ""
            worse = _worse(row)
            yield Found(
                Words(
                    f"「{row.name}」の達成率が{shown}と負になっています（目標{row.target}、実績{row.actual}{start}）"
                    f"{worse.ja}。",
                    f'The rate of "{row.name}" is negative: {shown} (target {row.target}, actual {row.actual}'
                    f"{start_en}){worse.en}.",
                ),
                (row.place("rate", shown), row.place("target"), row.place("actual"), *_given(row)[:1]),
            )


@rule(
    "DIR07",
    Severity.WARNING,
    title=Words(
        "目標値の「以上」「以下」が望ましい向きと逆", "The word at the target contradicts the direction"
    ),
    why=Words(
        "目標の言葉と記録された向きのどちらかが誤っていて、達成の判定が逆になります。",
        "Either the word or the recorded direction is wrong, and the verdict turns with it.",
    ),
    mend=Words(
        "目標値の印字と、指標の望ましい向きを確かめて、そろえてください。",
        "Check the printed target and the recorded direction and make them agree.",
    ),
    case=Words(
        "低いほどよいと記録された要介護認定率の目標値が「19.5%以上」。",
        'A rate recorded as "less is better" with the target "19.5% or more".',
    ),
)
def word_against_direction(dossier: Dossier) -> Iterator[Found]:
    """Targets with 以上 of indicators to be lowered, with 以下 or 未満 of those to be raised."""
    upward = (Direction.RAISE, Direction.AT_LEAST)
    downward = (Direction.LOWER, Direction.AT_MOST)
    for row in own_rows(dossier.rows):
        if row.indicator.direction not in (downward if bound(row) > 0 else upward) or not bound(row):
            continue
        more, more_en = ("低い", "less") if bound(row) > 0 else ("高い", "more")
        yield Found(
            Words(
                f"「{row.name}」の目標値は{row.target}ですが、望ましい向きは{more}ほどよいと記録されています。",
                f'The target of "{row.name}" is {row.target}, but the record says that {more_en} is better.',
            ),
            (row.place("target"),),
        )


def _worse(row: Row) -> Words:
    """What to add where the actual is worse than the baseline: -1人→-147人; empty else."""
    start, actual = row.baseline, row.actual
    if start is None or actual is None or start.base is None or actual.base is None or not aim(row):
        return Words("", "")
    if compact(start.unit) != compact(actual.unit) or (actual.base[0] - start.base[0]) * aim(row) >= 0:
        return Words("", "")
    return Words(
        f"。基準値よりも悪くなっています（{start}→{actual}）",
        f"; it is also worse than the baseline ({start} to {actual})",
    )


def _given(row: Row) -> tuple[Place, ...]:
    """The places of the baseline and the target that are there."""
    return tuple(row.place(field) for field, _ in row.values if field in ("baseline", "target"))


def _course(row: Row, arrow: str) -> str:
    return arrow.join(str(value) for value in (row.baseline, row.target) if value is not None)


def _is_deed(row: Row) -> bool:
    if row.target is None or row.target.kind is not Kind.NUMBER:
        return False
    name = compact(row.name)
    if _JOINED.search(name):  # that is said already
        return False
    bracketed = _BRACKETED.search(name[-80:])
    if bracketed is not None:
        name = name[: -len(bracketed[0])]
        if re.search("[数率額量比値]$|割合$|面積$|累計$", bracketed[1]):
            return False
    unit = compact(row.target.unit)
    counted = bool(_COUNTED.search(name[-6:])) and unit not in ("", "ha", "%", "㎡", "円")
    named = bool(unit) and name.endswith(unit)  # 重点事業 5事業
    return bool(_DEED.search(name[-6:])) and not counted and not named


def _ratio(row: Row) -> Fraction | None:
    """Actual by target; None where one is missing or not above zero."""
    actual, target = row.actual, row.target
    if actual is None or target is None or actual.base is None or target.base is None:
        return None
    if actual.base[0] <= 0 or target.base[0] <= 0 or compact(actual.unit) != compact(target.unit):
        return None
    return Fraction(actual.base[0]) / Fraction(target.base[0])


def _is_upside_down(row: Row) -> bool:
    """Whether the printed rate is target by actual where more is better, actual by target where less is."""
    ratio = _ratio(row)
    if ratio is None or row.rate is None or not aim(row) or _is_by_another_scheme(row):
        return False
    if is_unconfirmed(row, "target", "printed"):
        return False
    right = ratio if aim(row) > 0 else 1 / ratio
    return _prints(row.rate, 1 / right) and not _prints(row.rate, right)


def _is_by_another_scheme(row: Row) -> bool:
    """Whether the scheme asks for the printed rate by another formula than actual by target."""
    if row.result is None or not row.result.agrees:
        return False
    rules = row.result.rules
    return rules.kind is not QuantityKind.RATIO or rules.lower is not LowerRule.AS_IS


def _prints(rate: Quantity, ratio: Fraction) -> bool:
    digits = rate.decimals or 0
    return any(
        percent(ratio, digits, mode) == rate.number for mode in (RoundingMode.HALF_UP, RoundingMode.CUT)
    )


def _negative(row: Row) -> str:
    """The negative rate as printed, else as recomputed; empty where there is none.

    A scheme that measures from the baseline means something by a negative rate: the row went backward.
    """
    if row.result is not None and row.result.rules.kind is not QuantityKind.RATIO:
        return ""
    if row.rate is not None:
        return str(row.rate) if row.rate.number is not None and row.rate.number < 0 else ""
    result = row.result
    if result is None or result.ratio is None or result.ratio >= 0 or result.rate is None or result.rate >= 0:
        return ""
    return result.text

"""What a report's text is about: the year under review, and the people the project is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from sosei.checks.claims import REPORTED, Report, excerpt, place_of, reports, unique
from sosei.checks.dossier import Dossier, Passage
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.levels import is_unconfirmed
from sosei.checks.motion import Motion, motions
from sosei.checks.registry import rule
from sosei.checks.say import both
from sosei.checks.text import Mention, years_in
from sosei.plan.indicator import Counting
from sosei.plan.model import Activity, LevelKind
from sosei.plan.walk import Placed
from sosei.values import fold

_PLANNED = re.compile(
    "予定|目指|以降|向け|見込|計画|検討|移行|今後|開始|まで|努め|必要|たい|引き続き|継続|行う|図る|進める|取り組む|いく|目途|めど|"
    "目標|準備|期間|策定|予算|申請|採択|公募"
)
_HAPPENED = re.compile("(?:た|だ|ている|ており|ています|受けて?|[しりき])[^一-龥ぁ-ん]{0,3}$")
_TOPIC = re.compile("(?:については|に関しては|においては|には|では|は|に|も)?")
_OPENS = re.compile("(?:については|に関しては|においては|には|では|は)")
_REASON = re.compile("(?:ため|ので|から|により|に伴い|に備え|に向け)$")
_LASTS = re.compile("(?:ている|ており|ています|いる)[^一-龥ぁ-ん]{0,3}$")
_ANOTHER_YEAR = re.compile("令和|平成|[RH][0-9]|今年|本年|当年|昨年|前年|20[0-9]{2}年")
_LAST_YEAR = re.compile(
    "(?:の?(?:実績|実施|取組|事業)?(?:は|では|には|においては)、?)(?!.{0,60}(?:に比べ|と比べ|より))"
)
_THIS_YEAR = re.compile("今年度|本年度|当年度|今年")


@rule(
    "TXT07",
    Severity.INFO,
    title=Words("評価の文章が別の年度のことを書いている", "The text reports another fiscal year"),
    why=Words(
        "その年度の実績と並ぶと、読み手は年度を取り違えます。",
        "Beside the values of the year under review, a reader takes it for that year.",
    ),
    mend=Words(
        "対象年度のことに書き改めるか、参考として年度を明らかにしてください。",
        "Write of the year under review, or mark the other year's news as such.",
    ),
    case=Words(
        "R6の報告に「令和７年度については、…消防士1人が…所属している」とある。",
        "A report on 2024 tells of who served in 2025.",
    ),
)
def other_year(dossier: Dossier) -> Iterator[Found]:
    """Facts of a later year, and texts that speak of the year before only; folded into one finding."""
    told = [
        (passage, mention, sentence)
        for passage in dossier.passages
        if passage.year is not None and passage.year == dossier.year and passage.field in REPORTED
        for sentence, mention in _foreign(passage, passage.year)
    ]
    if told:
        items = unique(f"{mention.text}（{passage.path}）" for passage, mention, _ in told)
        yield Found(
            both(
                f"{dossier.year_text}の報告の文章に、別の年度のことが書かれています：{{}}。",
                f"Texts of the report on {dossier.year_text} tell of another year: {{}}.",
                items,
            ),
            tuple(place_of(passage, sentence, mention.start) for passage, mention, sentence in told),
        )


def _foreign(passage: Passage, year: int) -> Iterator[tuple[str, Mention]]:
    mentions = years_in(passage.text)
    if not mentions:
        return
    own = any(mention.fiscal == year for mention in mentions) or _THIS_YEAR.search(passage.text)
    for sentence in passage.sentences:
        text = fold(sentence)
        for mention in years_in(sentence):
            if mention.fiscal is None:
                continue
            later = mention.fiscal > year and _is_fact(text, mention)
            stale = (
                mention.fiscal == year - 1
                and not own
                and _LAST_YEAR.match(text[mention.end : mention.end + 90])
            )
            if later or stale:
                yield sentence, mention
                break


def _is_fact(text: str, mention: Mention) -> bool:
    """Whether what is said of a later year has happened: nothing in its clause is a plan."""
    if text[mention.end : mention.end + 2] == "から":
        return False
    low = max(0, mention.start - 60)
    start = max(text.rfind("、", low, mention.start) + 1, text.rfind("(", low, mention.start) + 1, low)
    after = text[mention.end : mention.end + 200]
    rest = after.partition("、")[0]
    is_topic = _TOPIC.fullmatch(rest) or (
        _OPENS.match(rest) and len(after) < 200 and not _ANOTHER_YEAR.search(after)
    )
    clause = text[start : mention.end] + (after if is_topic else rest)
    if is_topic and _REASON.search(rest) and _LASTS.search(clause) is None:
        return False
    return _PLANNED.search(clause) is None and _HAPPENED.search(clause) is not None


_GROUPS: Sequence[tuple[re.Pattern[str], tuple[str, ...]]] = (
    (re.compile("小・?中・?高(?:校|等学校)?生?"), ("小学", "中学", "高校")),
    (re.compile("小・?中学?(?:校|生)"), ("小学", "中学")),
    (re.compile("中・?高(?:校|生)生?"), ("中学", "高校")),
)
_ANY_GROUP = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _GROUPS))
_SCHOOLS = {"小学": "小学校", "中学": "中学校", "高校": "高校"}
_EVERYBODY = re.compile("児童生徒|児童・生徒|全学校|各学校|各校|全校")


_TOOK_PART = re.compile(
    "(?:小学|中学|高校|高等学)[校生]?[^。、]{0,16}?(?:において|にて|で(?:も|は)?(?:の|、)?(?=[^。、]{0,12}(?:開|実施|行))|を対象|に対し|に?向け|"
    "[がのも]参加|から[^。、]{0,12}参加|を訪問|[に](?:配|出向)|[0-9]校|[0-9]人|[0-9]名)"
    "[^。]{0,60}?(?:開|実施|行っ|行い|参加|訪問|受講|体験|出席|配)|"
    "(?:参加|受講|出席)(?:者|した(?:の|児童|生徒))?は[^。]{0,12}(?:小学|中学|高校)"
)


@rule(
    "TXT08",
    Severity.INFO,
    title=Words(
        "取組の対象と評価の対象が違う", "The project is for one group, the evaluation tells of part of it"
    ),
    why=Words(
        "対象の一部で行わなかったのか、書き漏れなのかがわかりません。",
        "Nobody can tell whether the others were left out of the project or only of the text.",
    ),
    mend=Words(
        "残りの対象で行ったかどうかを評価に書いてください。",
        "Say in the evaluation what was done for the others.",
    ),
    case=Words(
        "取組内容は「小中学校に向けて林業教室を開く」、評価は「小学校５小学校において開いた」だけ。",
        "Forestry lessons for primary and middle schools; the evaluation only tells of primary schools.",
    ),
)
def part_of_group(dossier: Dossier) -> Iterator[Found]:
    """Activities for 小中学校 whose evaluation only names 小学校, or only 中学校."""
    for placed in dossier.elements if dossier.year is not None else ():
        activity = dossier.activity(placed.element)
        if activity is None or activity.done is None or activity.evaluation is None:
            continue
        narrowed = _narrowed(fold(activity.done.text), fold(activity.evaluation.text))
        if narrowed is not None:
            yield _part(dossier, placed, activity, *narrowed)


def _narrowed(done: str, evaluation: str) -> tuple[str, str, str] | None:
    """The group that was to be reached, what of it the evaluation names, and what not."""
    for pattern, parts in _GROUPS:
        match = pattern.search(done)
        if match is None:
            continue
        named = [_SCHOOLS[part] for part in parts if part in evaluation]
        missing = [_SCHOOLS[part] for part in parts if part not in evaluation]
        is_open = not _ANY_GROUP.search(evaluation) and not _EVERYBODY.search(evaluation)
        if named and missing and is_open and _TOOK_PART.search(evaluation):
            return match[0], "・".join(named), "・".join(missing)
        return None
    return None


def _part(
    dossier: Dossier, placed: Placed, activity: Activity, group: str, named: str, missing: str
) -> Found:
    def place(field: str, text: str) -> Place:
        return replace(dossier.place(placed, field, text), key=activity.key)

    return Found(
        Words(
            f"{placed.place}の取組内容は「{group}」を対象としていますが、評価には「{named}」しか出てこず、"
            f"「{missing}」のことがわかりません。",
            f'At {placed.place} the project is for "{group}", but the evaluation only names "{named}" and '
            f'says nothing of "{missing}".',
        ),
        (place("done", group), place("evaluation", named)),
    )


_CAUSE = re.compile(
    "ため|影響|要因|原因|理由|(?:こと|だ|い|た|る)から(?!の)|により(?![^。、]{0,4}[0-9])|による[^。、]{0,12}(?:減|低下|不足|中止)|ので|"
    "課題|必要|至ら|でき(?:な|ず|ません)|とどま|困難|減少|減っ|低下|悪化|見直|不足|伸び悩|低迷|遅れ|下回|届か|未達|中止|延期|難し|厳し|"
    "ものの|急務|改善"
)
_BY_YEAR = frozenset({Counting.ANNUAL, Counting.FISCAL_YEAR, Counting.CALENDAR_YEAR})


@rule(
    "TXT14",
    Severity.INFO,
    title=Words(
        "大きく遅れているのに、要因も課題も書かれていない", "Far behind, and no cause or issue is given"
    ),
    why=Words(
        "遅れの要因がわからないと、次の年度に何を変えればよいか検証できません。",
        "Without a cause nobody can tell what to change in the year to come.",
    ),
    mend=Words(
        "遅れている要因と、それにどう取り組むかを評価に書いてください。",
        "Give the cause in the evaluation, and what is done about it.",
    ),
    case=Words(
        "人材マッチングは目標110件に対し5件（5%）だが、評価は件数の内訳だけ。",
        "5 matches of 110 (5 %), and the evaluation only tells how they came about.",
    ),
)
def no_cause(dossier: Dossier) -> Iterator[Found]:
    """KPIs of measures that are far behind, whose one project evaluates without a cause; folded."""
    behind = {m.row.indicator.key: m for m in motions(dossier) if _is_behind(dossier, m)}
    if not behind:
        return
    told: dict[str, list[Report]] = {key: [] for key in behind}
    for report in reports(dossier):
        for key in {row.indicator.key for row in report.rows} & behind.keys():
            told[key].append(report)
    silent = [(behind[key], text) for key, own in told.items() if (text := _silent(own)) is not None]
    if silent:
        yield Found(
            both(
                "達成が大きく遅れているか基準値より悪化しているのに、評価の文章に要因も課題も書かれていません：{}。",
                "Far behind or worse than the baseline, but the evaluation gives no cause and no issue: {}.",
                [motion.ja for motion, _ in silent],
                [motion.en for motion, _ in silent],
            ),
            tuple(
                place
                for motion, passage in silent
                for place in (motion.row.place("actual"), passage.place(excerpt(passage.text)))
            ),
        )


def _silent(own: Sequence[Report]) -> Passage | None:
    """The evaluation of the only report on an indicator, where it gives neither cause nor issue."""
    if len(own) != 1 or any(p.field == "issues" for p in own[0].passages):
        return None
    told = [p for p in own[0].passages if p.field == "evaluation"]
    return told[0] if told and not any(_CAUSE.search(fold(p.text)) for p in told) else None


def _is_behind(dossier: Dossier, motion: Motion) -> bool:
    """Whether a measure's KPI is worse than its baseline, or below half of the target and of the pace."""
    row = motion.row
    if dossier.kind(row.element) is not LevelKind.MEASURE or is_unconfirmed(row, "baseline", "target"):
        return False
    if motion.progress is not None and motion.progress < 0:
        return True
    if motion.rate >= 50:
        return False
    pace = Fraction(1) if row.indicator.counting in _BY_YEAR else _pace(dossier)
    way = Fraction(motion.rate) / 100 if motion.progress is None else motion.progress
    return way < pace / 2


def _pace(dossier: Dossier) -> Fraction:
    """The part of the plan's period that has passed at the end of the year; without one, a first of five."""
    period = dossier.plan.period
    if period is None or dossier.year is None or period.last.year < period.first.year:
        return Fraction(1, 5)
    passed = Fraction(dossier.year - period.first.year + 1, period.last.year - period.first.year + 1)
    return min(max(passed, Fraction(0)), Fraction(1))

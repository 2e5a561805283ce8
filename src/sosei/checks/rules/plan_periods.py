"""The plan's own dates: its period, its predecessors, their verification, goals that texts name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sosei.checks.dossier import Dossier, Passage
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.lengths import fiscal
from sosei.checks.registry import rule
from sosei.checks.say import era_year
from sosei.checks.text import Mention, years_in
from sosei.plan.record import Condition, PlanPeriod, Predecessor, Verification, VerifiedStatement
from sosei.values import When, YearKind, fold

_AHEAD = re.compile(r"^[) 」]{0,2}(?:末|中)?(?:を|の)?(?:目途|めど|目処|までに|までの|目標)")
_FIELDS = frozenset({"description", "text"})
_ADOPTED = re.compile(r"^ ?\)?(?:に|、)?(?:策定|制定|決定)")


@rule(
    "PER12",
    Severity.WARNING,
    title=Words(
        "前期計画の検証が、その期間の終わる前に行われている", "The last period was verified before it ended"
    ),
    why=Words(
        "最終年度の値がまだないまま、達成・未達成が判定されています。",
        "Verdicts were given before the last year's values existed.",
    ),
    mend=Words(
        "いつの時点の値で判定したかを書き、期間終了後に確定した検証を公表してください。",
        "Say as of when the verdicts are, and publish a final verification after the end.",
    ),
    case=Words(
        "第2期は令和7年度までだが、検証を載せた第3期は令和7年9月策定。",
        "The 2nd period ends with fiscal 2025, but the plan that verifies it is of September 2025.",
    ),
)
def verified_too_soon(dossier: Dossier) -> Iterator[Found]:
    """Verifications in a plan that was adopted before the verified period was over."""
    adopted = dossier.plan.adopted
    when = adopted.effective if adopted is not None else None
    if adopted is None or when is None:
        return
    for verification, before in _verified(dossier):
        if fiscal(when) <= fiscal(before.period.last):
            yield Found(
                Words(
                    f"「{before.title}」の期間は{before.period.text}ですが、その検証はこの計画（{adopted}）に載っており、"
                    "期間が終わる前の値で判定されています。",
                    f'"{before.title}" runs for {before.period.text}, but its verification stands in this plan, '
                    f"adopted {adopted}: it was judged before the period ended.",
                ),
                (
                    _place(verification.key, "plan", verification.plan, verification.page),
                    _place(before.key, "period", before.period.text, before.page),
                    _place(dossier.plan.key, "adopted", str(adopted)),
                ),
            )


@rule(
    "PER13",
    Severity.WARNING,
    title=Words(
        "検証した目標の期間・期限が、前期計画の期間と合わない",
        "A verified target's span or deadline does not fit the period of its plan",
    ),
    why=Words(
        "どの年までの値で判定したのかがわかりません。",
        "It is open by the values of which years it was judged.",
    ),
    mend=Words(
        "目標の期間が延長されたのか、表記の誤りかを確かめ、判定に使った年を書いてください。",
        "Check whether the target was prolonged or misprinted, and state the years used.",
    ),
    case=Words(
        "第2期は2020年度～2025年度の6年間なのに、数値目標は「2025年までの5年間の累計」。",
        'The 2nd period has six years (2020 to 2025), but a target is "the total of the five years to 2025".',
    ),
)
def verified_span(dossier: Dossier) -> Iterator[Found]:
    """Verified statements with a total over other years than the period, or a deadline outside it."""
    for verification, before in _verified(dossier):
        for goal in verification.goals:
            for statement in goal.statements:
                words = next((words for c in statement.conditions if (words := _misfit(c, before))), "")
                if words:
                    yield _misfitting(statement, words, before, f"{verification.plan}の検証/{goal.label}")


def _misfit(condition: Condition, before: Predecessor) -> str:
    """The words of the span or deadline that does not fit; empty where both do."""
    first, last = fiscal(before.period.first), fiscal(before.period.last)
    span = condition.span
    if span is not None and span.cumulative and (fiscal(span.first), fiscal(span.last)) != (first, last):
        return span.text
    when = condition.deadline.effective if condition.deadline is not None else None
    return str(condition.deadline) if when is not None and not first <= fiscal(when) <= last + 1 else ""


def _misfitting(statement: VerifiedStatement, words: str, before: Predecessor, path: str) -> Found:
    return Found(
        Words(
            f"検証された目標「{statement.text}」の「{words}」が、"
            f"「{before.title}」の期間（{before.period.text}）と合いません。",
            f'The verified target "{statement.text}" says "{words}", which does not fit the period of '
            f'"{before.title}" ({before.period.text}).',
        ),
        (
            _place(statement.key, "text", statement.text, statement.page, path),
            _place(before.key, "period", before.period.text, before.page),
        ),
    )


def _verified(dossier: Dossier) -> Iterator[tuple[Verification, Predecessor]]:
    by_title = {fold(each.title): each for each in dossier.plan.predecessors if each.title.strip()}
    for verification in dossier.plan.verifications:
        before = by_title.get(fold(verification.plan))
        if before is not None:
            yield verification, before


@rule(
    "PER14",
    Severity.WARNING,
    title=Words(
        "前期の計画との間に、空白または重なりがある", "A gap or an overlap between the periods of two plans"
    ),
    why=Words(
        "どちらの計画で進行管理するのか、またはどの計画もない年度があるのかがわかりません。",
        "It is open which plan governs a year, or whether none does.",
    ),
    mend=Words(
        "計画期間の年度を確かめ、延長や前倒しがあったなら、その経緯を書いてください。",
        "Check the periods; where one was prolonged or replaced early, say so.",
    ),
    case=Words(
        "第1期は令和元年度まで、第2期は令和3年度から。",
        "The 1st plan ends with fiscal 2019, the 2nd begins with fiscal 2021.",
    ),
)
def gap_or_overlap(dossier: Dossier) -> Iterator[Found]:
    """Plans that follow one another with years between them or years in common."""
    spans = [
        (
            each.title or f"第{each.no}期",
            each.period.first,
            each.period.last,
            each.period.text,
            each.key,
            "period",
        )
        for each in dossier.plan.predecessors
    ]
    period = dossier.plan.period
    if period is not None:
        spans.append(
            (
                dossier.plan.title or "この計画",
                period.first,
                period.last,
                period.text,
                dossier.plan.key,
                "period",
            )
        )
    spans.sort(key=lambda each: (fiscal(each[1]), fiscal(each[2])))
    for one, other in pairwise(spans):
        missing = fiscal(other[1]) - fiscal(one[2]) - 1
        if not missing or fiscal(one[1]) == fiscal(other[1]):
            continue
        word, word_en = ("空白", "a gap") if missing > 0 else ("重なり", "an overlap")
        yield Found(
            Words(
                f"「{one[0]}」（{one[3]}）と「{other[0]}」（{other[3]}）の間に{abs(missing)}年度の{word}があります。",
                f'Between "{one[0]}" ({one[3]}) and "{other[0]}" ({other[3]}) there is {word_en} of '
                f"{abs(missing)} fiscal years.",
            ),
            (_place(one[4], one[5], one[3]), _place(other[4], other[5], other[3])),
        )


@rule(
    "PER15",
    Severity.INFO,
    title=Words("計画期間が始まった後に策定されている", "The plan was adopted after its period began"),
    why=Words(
        "策定前の期間の実績が計画の成果として数えられます。",
        "Results from before the adoption count as the plan's.",
    ),
    mend=Words(
        "策定年月と計画期間を確かめ、さかのぼって始まるなら、その旨を書いてください。",
        "Check both dates; where the plan begins retroactively, say so.",
    ),
    case=Words(
        "計画期間は令和8年度からなのに、策定は令和8年9月。",
        "The period begins with fiscal 2026, the plan is of September 2026.",
    ),
)
def adopted_late(dossier: Dossier) -> Iterator[Found]:
    """A plan adopted after the first day of its period."""
    adopted, period = dossier.plan.adopted, dossier.plan.period
    when = adopted.effective if adopted is not None else None
    if adopted is None or when is None or period is None or dossier.plan.editions[1:]:
        return
    if _is_after(when, period.first):
        yield Found(
            Words(
                f"計画期間（{period.text}）が始まった後に策定されています（{adopted}）。",
                f"The plan was adopted {adopted}, after its period ({period.text}) began.",
            ),
            _plan_places(dossier, period, str(adopted)),
        )


@rule(
    "PER16",
    Severity.INFO,
    title=Words("文中の目標の年が、計画の始まる前にある", "A text names a goal year before the plan begins"),
    why=Words(
        "古い計画や資料の文がそのまま残っている疑いがあります。",
        "Words of an older plan or source may have been left standing.",
    ),
    mend=Words(
        "いまの目標の年に改めるか、過ぎた目標であることがわかる書き方にしてください。",
        "Name the present goal year, or word it as a goal of the past.",
    ),
    case=Words(
        "R8～R11の計画の用語注に「令和7年(2025年)を目途とする」。",
        'A note in a plan for R8 to R11 says "by about 2025".',
    ),
)
def goal_in_the_past(dossier: Dossier) -> Iterator[Found]:
    """Sentences of descriptions and notes that look ahead to a year before the plan's first."""
    period = dossier.plan.period
    if period is None:
        return
    first = fiscal(period.first)
    for passage in dossier.passages:
        if passage.field in _FIELDS and not passage.path.endswith("意見") and "の検証/" not in passage.path:
            for sentence in passage.sentences:
                yield from _past_goals(passage, sentence, first)


def _past_goals(passage: Passage, sentence: str, first: int) -> Iterator[Found]:
    if sentence.rstrip("」)） ").endswith(("た", "ている", "ています")):
        return
    folded = fold(sentence)
    for mention in years_in(sentence):
        year = _goal_year(mention, folded)
        if year is not None and year < first:
            yield Found(
                Words(
                    f"{passage.path}の「{_around(sentence, mention.text)}」は、計画の始まる"
                    f"{era_year(first)}より前の{mention.text}を目標の年としています。",
                    f'"{_around(sentence, mention.text)}" ({passage.path}) looks ahead to {mention.text}, before the '
                    f"plan begins ({era_year(first)}).",
                ),
                (passage.place(sentence),),
            )
            return


def _goal_year(mention: Mention, folded: str) -> int | None:
    """The fiscal year of a mention with 目途 or までに behind it; None for any other."""
    if mention.when is None or not _AHEAD.match(folded[mention.end : mention.end + 10]):
        return None
    return fiscal(mention.when)


def _around(sentence: str, words: str) -> str:
    """The sentence from ``words`` on, cut to a length that can be read."""
    start = max(0, sentence.find(words))
    shown = sentence[start : start + 40]
    return shown + ("…" if len(sentence) > start + 40 else "")


@rule(
    "PER17",
    Severity.ERROR,
    title=Words("奥付の策定年月と策定日が違う", "The colophon and the date of adoption disagree"),
    why=Words(
        "どの時点で決まった計画かが、文書の中で食い違います。",
        "Within one document it is open when the plan was adopted.",
    ),
    mend=Words(
        "決裁の日付を確かめ、奥付と本文をそろえてください。",
        "Check the decision and make both the same.",
    ),
    case=Words(
        "本文では令和7年9月策定、奥付では令和7年10月策定。",
        "The text says adopted September 2025, the colophon October 2025.",
    ),
)
def colophon(dossier: Dossier) -> Iterator[Found]:
    """A colophon with 策定 behind another year or month than the plan's date of adoption."""
    adopted, text = dossier.plan.adopted, dossier.plan.colophon
    when = adopted.effective if adopted is not None else None
    if adopted is None or when is None or dossier.plan.doubt("colophon") or dossier.plan.doubt("adopted"):
        return
    folded = fold(text)
    dated = [
        each
        for each in years_in(text)
        if each.when is not None and _ADOPTED.match(folded[each.end : each.end + 5])
    ]
    if dated and all(_differ(each.when, when) for each in dated if each.when is not None):
        yield Found(
            Words(
                f"奥付の策定年月は{dated[0].text}ですが、計画の策定年月は{adopted}です。",
                f"The colophon says {dated[0].text}, but the plan was adopted {adopted}.",
            ),
            (
                _place(dossier.plan.key, "colophon", text),
                _place(dossier.plan.key, "adopted", str(adopted)),
            ),
        )


def _differ(one: When, other: When) -> bool:
    """Whether two dates cannot be one; 年度 against a month is compared by its fiscal year."""
    months = one.month is not None and other.month is not None
    if months or (one.kind is other.kind):
        return (one.year, one.month if months else None) != (other.year, other.month if months else None)
    return abs(one.year - other.year) > 1


def _is_after(when: When, first: When) -> bool:
    """Whether a plan adopted at ``when`` came after its first year had begun (April itself is no matter)."""
    begun = fiscal(when) - fiscal(first)
    if begun or first.kind is YearKind.CALENDAR or when.month is None:
        return begun > 0
    return when.month != 4


def _plan_places(dossier: Dossier, period: PlanPeriod, adopted: str) -> tuple[Place, ...]:
    return (
        _place(dossier.plan.key, "adopted", adopted),
        _place(dossier.plan.key, "period", period.text),
    )


def _place(key: str, field: str, text: str, page: int | None = None, path: str = "") -> Place:
    return Place(key=key, field=field, text=text, page=page, path=path)

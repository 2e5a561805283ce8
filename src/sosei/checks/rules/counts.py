"""Counts stated in prose against what is there to be counted."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from sosei.checks.dossier import Dossier, Passage
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.rules.rates import place_of
from sosei.checks.say import short
from sosei.checks.stated_counts import KPI, TARGETS, Claim, Reader
from sosei.checks.text import Mention, years_in
from sosei.plan.indicator import Role
from sosei.plan.model import Element, LevelKind
from sosei.plan.record import Chapter, Verification
from sosei.values import Folded, fold
from sosei.values.folding import compact

_PERIOD = re.compile(r"第 ?([0-9]{1,2}|[一二三四五六七八九]) ?期(?=では|の|[^、。]{0,30}戦略)")
_PAST = re.compile(r"前期(?:の|では|総合)|前戦略|旧戦略|前総合戦略")
_SHOWN_CLAIM = 30


@dataclass
class _Stated:
    """One count as stated at one or several places."""

    what: str
    count: int
    text: str
    places: list[Place] = field(default_factory=list)


@rule(
    "CNT01",
    Severity.ERROR,
    title=Words(
        "検証の文中の件数が、目標ごとの項目数の合計と合わない",
        "A count in the verification's text is not the sum of its goals' counts",
    ),
    why=Words(
        "全体の件数が違うと、達成した割合を読み手が計算できません。",
        "With a wrong total a reader cannot work out what share was reached.",
    ),
    mend=Words(
        "項目数を数え直し、文章か表のどちらかを直してください（重複して数えた場合はその旨を注記）。",
        "Count again and correct text or table; where items are counted twice, say so.",
    ),
    case=Words(
        "文中では「KPIを26項目」だが、目標ごとの項目数は11+15+11+15で52項目。",
        "The text speaks of 26 KPIs, the goals have 11+15+11+15 = 52.",
    ),
)
def verified_counts(dossier: Dossier) -> Iterator[Found]:
    """Counts of goals, numeric targets and KPIs of a closed period that its verification does not bear out."""
    verifications = dossier.plan.verifications
    texts: list[tuple[Passage, Claim]] = []
    if len(verifications) == 1:  # with several, nobody can say which one a sentence means
        texts = [(passage, claim) for passage, claim, about in _claims(dossier) if about is About.EARLIER]
    for verification in verifications:
        sums = _sums(dossier, verification)
        for stated in _stated(verification, texts):
            ways = sums.get(stated.what)
            if not ways or any(stated.count == sum(way) for way in ways):
                continue
            total = (
                "+".join(map(str, ways[0])) + f"＝{sum(ways[0])}" if len(ways[0]) > 1 else str(sum(ways[0]))
            )
            yield Found(
                Words(
                    f"「{short(verification.plan)}」の検証では、文中で「{short(stated.text, _SHOWN_CLAIM)}」と"
                    f"していますが、目標ごとの数の合計は{total}です。",
                    f'The text on the verification of "{short(verification.plan)}" says '
                    f'"{short(stated.text, _SHOWN_CLAIM)}", but its goals add up to {total}.',
                ),
                (*stated.places, *(place_of(verification, goal) for goal in verification.goals)),
            )


def _sums(dossier: Dossier, verification: Verification) -> Mapping[str, list[list[int]]]:
    """The ways to count what a verification holds, goal by goal; only what every goal states."""
    goals = verification.goals
    found: dict[str, list[list[int]]] = {}
    if goals:
        found = {
            fold(level.name): [[len(goals)]] for level in dossier.plan.levels if level.kind is LevelKind.GOAL
        }
    statements = [len(goal.statements) for goal in goals]
    if statements and all(statements):
        conditions = [sum(max(1, len(each.conditions)) for each in goal.statements) for goal in goals]
        found[TARGETS] = [statements, conditions]
    totals = [goal.kpi.total for goal in goals if goal.kpi is not None and not goal.doubt("kpi")]
    if totals and len(totals) == len(goals):
        found[KPI] = [totals]
    return found


def _stated(verification: Verification, texts: list[tuple[Passage, Claim]]) -> Iterator[_Stated]:
    """The counts of a verification's own record and of the texts about it, each once."""
    found: dict[tuple[str, int], _Stated] = {}
    for count in verification.counts_in_prose:
        what = KPI if "KPI" in fold(count.what) or "重要業績" in count.what else count.what
        stated = found.setdefault((what, count.count), _Stated(what, count.count, count.text))
        stated.places.append(
            Place(
                key=verification.key,
                field="counts_in_prose",
                text=count.text,
                page=verification.page,
                path=f"{verification.plan}の検証",
            )
        )
    for passage, claim in texts:
        stated = found.setdefault((claim.what, claim.count), _Stated(claim.what, claim.count, claim.text))
        stated.places.append(passage.place(claim.text))
    yield from found.values()


class About(Enum):
    """Which plan a sentence counts."""

    OWN = "own"
    EARLIER = "earlier"
    UNCLEAR = "unclear"


def _claims(dossier: Dossier) -> Iterator[tuple[Passage, Claim, About]]:
    """Every claim of the chapters and the tree's descriptions, with the plan it speaks of."""
    reader = Reader([level.name for level in dossier.plan.levels])
    titles: dict[str, About] = {}
    for passage in dossier.passages:
        node = passage.node
        if not isinstance(node, (Chapter, Element)):
            continue
        if isinstance(node, Chapter) and node.key not in titles:
            titles[node.key] = _about(dossier, node.title)
        for claim in reader.claims(passage.text):
            if claim.is_vague:
                continue
            about = _about(dossier, claim.around)
            yield passage, claim, titles.get(node.key, about) if about is About.OWN else about


def _about(dossier: Dossier, text: str) -> About:
    """Whether a title or sentence speaks of the plan itself or of that of an earlier period."""
    own = str(dossier.plan.no) if dossier.plan.no else _period(dossier.plan.title)
    named = {_digits(match[1]) for match in _PERIOD.finditer(fold(text))}
    earlier = named - {own}
    if _PAST.search(text) or earlier:
        return About.UNCLEAR if not own or own in named or len(earlier) > 1 else About.EARLIER
    return About.UNCLEAR if "検証" in text and not named else About.OWN


def _period(title: str) -> str:
    found = _PERIOD.search(fold(title))
    return _digits(found[1]) if found else ""


def _digits(text: str) -> str:
    return text if text.isdigit() else str("一二三四五六七八九".index(text) + 1)


@rule(
    "CNT02",
    Severity.WARNING,
    title=Words(
        "文中の目標・施策・KPIの数が、実際の数と合わない",
        "A count of goals, measures or KPIs in the text is not what the plan holds",
    ),
    why=Words(
        "本文と体系の数が違うと、載せ忘れか古い文章かを読み手が判断できません。",
        "A reader cannot tell whether something is left out or the sentence is an old one.",
    ),
    mend=Words(
        "体系の数を数え直し、文章を直すか、抜けている項目を加えてください。",
        "Count again; correct the sentence or add what is missing.",
    ),
    case=Words(
        "本文に「5つの基本目標を定め」とあるが、基本目標は4つ。",
        'The text says "we set 5 basic goals", but there are 4.',
    ),
)
def stated_counts(dossier: Dossier) -> Iterator[Found]:
    """Counts in running text that fit no way of counting the plan's own tree; one finding for each count."""
    found: dict[tuple[str, int, tuple[int, ...]], _Stated] = {}
    whole = _counts(dossier, dossier.plan.elements)
    inside: dict[str, Mapping[str, set[int]]] = {}
    for passage, claim, about in _claims(dossier):
        if about is not About.OWN:
            continue
        fits = set(whole.get(claim.what, ()))
        if passage.element is not None:
            key = passage.element.key
            if key not in inside:
                inside[key] = _counts(dossier, (passage.element,))
            fits |= inside[key].get(claim.what, set())
        if any(fits) and claim.count not in fits:
            known = (claim.what, claim.count, tuple(sorted(fits - {0})))
            stated = found.setdefault(known, _Stated(claim.what, claim.count, claim.text))
            stated.places.append(passage.place(claim.text))
    for (what, _, fits_any), stated in found.items():
        counts = "または".join(map(str, fits_any))
        yield Found(
            Words(
                f"文中に「{short(stated.text, _SHOWN_CLAIM)}」とありますが（{short(stated.places[0].path)}）、"
                f"記載されている{what}の数は{counts}です。",
                f'The text says "{short(stated.text, _SHOWN_CLAIM)}" ({short(stated.places[0].path)}), but the plan '
                f"holds {' or '.join(map(str, fits_any))} of {what}.",
            ),
            tuple(stated.places),
        )


def _counts(dossier: Dossier, elements: tuple[Element, ...]) -> Mapping[str, set[int]]:
    """Every way to count the things in some elements: all of them, or each name or indicator once."""
    names = {level.code: fold(level.name) for level in dossier.plan.levels}
    levels: dict[str, list[str]] = defaultdict(list)
    roles: dict[Role, list[str]] = defaultdict(list)
    stack = list(elements)
    while stack:
        element = stack.pop()
        levels[names[element.level]].append(compact(element.name) or element.key)
        stack.extend(element.children)
        for placement in element.placements:
            roles[placement.role].append(placement.indicator)
    found = {name: {len(each), len(set(each))} for name, each in levels.items()}
    targets, kpis, projects = (roles[role] for role in (Role.NUMERIC_TARGET, Role.KPI, Role.PROJECT_KPI))
    found[TARGETS] = {len(targets), len(set(targets))}
    found[KPI] = {
        size
        for group in (kpis, targets + kpis, kpis + projects, targets + kpis + projects, projects)
        for size in (len(group), len(set(group)))
    }
    return found


_BETWEEN = re.compile(r" ?(?:~|から|-|より) ?")
_YEARS = re.compile(r" ?(?:まで)?の? ?\(? ?(?P<count>[0-9]{1,2}) ?(?:年間|[かカヵヶケ箇]年)")
_OWN_PERIOD = re.compile(r"計画期間|計画の期間|対象期間|実施期間|推進期間|総合戦略の期間")


@rule(
    "CNT03",
    Severity.ERROR,
    title=Words(
        "期間の年数が、初めと終わりの年度と合わない", "A number of years is not that of the period beside it"
    ),
    why=Words(
        "計画期間は目標年度や累計の年数の根拠になるため、どちらかの誤りが広がります。",
        "Target years and running totals rest on the period, so the mistake spreads.",
    ),
    mend=Words(
        "初めと終わりの年度を確かめ、年度か年数のどちらかを直してください。",
        "Check first and last year and correct the years or their number.",
    ),
    case=Words(
        "「令和8年度～令和11年度（5年間）」とあるが、令和8年度から令和11年度までは4年間。",
        "R8 to R11 is called five years; it is four.",
    ),
)
def years_of_period(dossier: Dossier) -> Iterator[Found]:
    """Periods whose stated number of years is not that from the first to the last year."""
    found: dict[str, tuple[Words, list[Place]]] = {}
    for text, place, strict in _period_texts(dossier):
        for said, stated, counted in _wrong_years(text, strict):
            words = Words(
                f"「{said}」とありますが、この期間は{counted}年間で、{stated}年間ではありません。",
                f'The text says "{said}", but the period has {counted} years, not {stated}.',
            )
            found.setdefault(compact(said), (words, []))[1].append(
                place.place(said) if isinstance(place, Passage) else place
            )
    for words, places in found.values():
        yield Found(words, tuple(places))


def _period_texts(dossier: Dossier) -> Iterator[tuple[str, Place | Passage, bool]]:
    """The texts of periods, with whether every year counts (as in a plan's period)."""
    plan = dossier.plan
    if plan.period is not None:
        text = plan.period.text
        if compact(plan.period.years_text) not in compact(text):
            text += plan.period.years_text
        yield text, Place(key=plan.key, field="period", text=text), True
    for earlier in plan.predecessors:
        text = earlier.period.text
        yield (
            text,
            Place(key=earlier.key, field="period", text=text, page=earlier.page, path=earlier.title),
            True,
        )
    for passage in dossier.passages:
        if "年" in passage.text:
            title = passage.node.title if isinstance(passage.node, Chapter) else ""
            yield passage.text, passage, bool(_OWN_PERIOD.search(title))


def _wrong_years(text: str, strict: bool) -> Iterator[tuple[str, int, int]]:
    """Each period of ``text`` with its words, the years stated and the years counted, where they differ.

    Where nothing says that both ends count (人口は2015年から2020年までの5年間で), the difference is right too.
    """
    folded = Folded.of(text)
    mentions = years_in(text) if _YEARS.search(folded.text) else ()
    for first, last in itertools.pairwise(mentions):
        between = folded.text[first.end : last.start]
        match = _YEARS.match(folded.text, last.end)
        counted = _length(first, last)
        if len(between) > 6 or not _BETWEEN.fullmatch(between) or match is None or counted is None:
            continue
        stated = int(match["count"])
        near = folded.text[max(0, first.start - 20) : first.start]
        both_ends = strict or bool(_OWN_PERIOD.search(near))
        if stated != counted and (both_ends or stated != counted - 1):
            tail = match.end() + (1 if folded.text[match.end() : match.end() + 1] == ")" else 0)
            yield folded.cut(first.start, tail), stated, counted


def _length(first: Mention, last: Mention) -> int | None:
    """How many years lie from the first to the last, both included; None where that is not clear."""
    begin, end = first.when, last.when
    if begin is None or end is None or end.year <= begin.year:
        return None
    if begin.month is None and end.month is None:
        return end.year - begin.year + 1 if begin.kind is end.kind else None
    if begin.month is None or end.month is None:
        return None
    months = (end.year - begin.year) * 12 + end.month - begin.month + 1
    return months // 12 if months % 12 == 0 else None


@rule(
    "CNT04",
    Severity.ERROR,
    title=Words("達成した項目数が全項目数より多い", "More items reached than there are"),
    why=Words("どちらかの数が誤っています。", "One of the two counts is wrong."),
    mend=Words(
        "達成した項目数と全項目数を数え直してください。",
        "Count reached and all items again.",
    ),
    case=Words("「15項目/11項目」（正しくは11項目/15項目）。", "15 of 11 items are reached."),
)
def more_than_all(dossier: Dossier) -> Iterator[Found]:
    """Verified goals that have reached more items than they have."""
    for verification in dossier.plan.verifications:
        for goal in verification.goals:
            kpi = goal.kpi
            if kpi is not None and kpi.reached > kpi.total and not goal.doubt("kpi"):
                yield Found(
                    Words(
                        f"{short(goal.label)}の検証で、達成した項目数{kpi.reached}が全項目数{kpi.total}を超えています"
                        f"（「{short(kpi.text)}」）。",
                        f"In the verification of {short(goal.label)} {kpi.reached} items are reached of {kpi.total} "
                        f'("{short(kpi.text)}").',
                    ),
                    (place_of(verification, goal),),
                )

"""The population in several chapters: one census with two figures, and statistics that do not compare."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from sosei.checks.dossier import Dossier, Passage
from sosei.checks.finding import Found, Place, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.text import Figure, figures_in, years_in
from sosei.plan.record import PopulationFact, VerifiedStatement
from sosei.values import Kind, Qualifier, When, YearKind, fold

_STATISTICS = re.compile("国勢調査|住民基本台帳|(?<!将来)推計人口")
_NO_TOTAL = re.compile(  # parts of a population, and people who are no population of the place
    "年少|老年|生産年齢|高齢|若|女|男|世帯|外国|就業|従業|労働|昼間|夜間|交流|関係|地区|増|減|将来|見込|予測|目標|割合|率|密度|県(?!推計)|全国"
)
_TO_STATISTIC = re.compile(
    r"(?:の|における|現在|時点|末|本市|本町|本村|人口|総人口|、|は|\(|\)|[0-9]+月(?:[0-9]+日|末)?)*+"
)
_TO_FIGURE = re.compile(
    r"(?:調査|に基づく|に記載された|時点|において|における|によると|によれば|では|で|の|に|は|が|、|本市|本町|本村|人口|総人口|\(|\)|:)*+"
)
_CHANGE_AFTER = re.compile(r"\)?(?:の|も|ずつ|に)?(?:増|減|以上|以下|未満|台|程度|余)")
_SUMMARY = {Qualifier.ABOUT, Qualifier.ROUGHLY, Qualifier.BRACKET, Qualifier.PROVISIONAL, Qualifier.AT_LEAST}
_NEAR_YEARS = 5
_LONGEST = 500  # a longer sentence is a table run together
_CENSUS = "国勢調査"


@dataclass(frozen=True, slots=True)
class _Head:
    """A count of the whole population: which statistic, when, how many, where it is printed."""

    statistic: str
    when: When
    number: Decimal
    text: str
    place: Place

    @property
    def date(self) -> tuple[int, YearKind | None, int | None, int | None]:
        """What makes two counts one: of a census the year is enough."""
        if self.statistic == _CENSUS:
            return self.when.year, None, None, None
        return self.when.year, self.when.kind, self.when.month, self.when.day

    @property
    def is_dated(self) -> bool:
        """Whether there can be one figure only."""
        return self.statistic == _CENSUS or self.when.month is not None


@rule(
    "TWN07",
    Severity.ERROR,
    title=Words(
        "同じ統計の同じ時点の人口が、場所によって違う", "One statistic has two populations for one date"
    ),
    why=Words(
        "人口は戦略全体の前提で、どちらが正しいか読み手にわかりません。",
        "The whole strategy rests on the population, and a reader cannot tell which figure is right.",
    ),
    mend=Words(
        "統計の公表値を確かめ、すべての箇所を同じ値にしてください。",
        "Look up the published figure and print it at every place.",
    ),
    case=Words(
        "令和2年国勢調査の人口が、第1章では24,930人、第2章では24,390人。",
        "The census of 2020: 24,930 in chapter 1, 24,390 in chapter 2.",
    ),
)
def two_populations(dossier: Dossier) -> Iterator[Found]:
    """Counts of one statistic for one date, in the facts or the text, that are different numbers."""
    groups: dict[object, list[_Head]] = defaultdict(list)
    for head in _heads(dossier):
        groups[head.statistic, head.date].append(head)
    for heads in groups.values():
        first = heads[0]
        others = {head.number: head for head in reversed(heads) if head.number != first.number}
        for head in others.values():
            yield Found(
                Words(
                    f"{first.statistic}の{_date(first.when)}の人口が、{first.place.path}では{first.text}、"
                    f"{head.place.path}では{head.text}です。",
                    f"The population of {_date_en(first.when)} ({first.statistic}) is {first.text} at "
                    f"{first.place.path}, but {head.text} at {head.place.path}.",
                ),
                (first.place, head.place),
                None if first.is_dated else Severity.WARNING,
            )


@rule(
    "TWN08",
    Severity.INFO,
    title=Words(
        "統計の違う人口が、推移と逆に並ぶ", "Populations of different statistics run against the trend"
    ),
    why=Words(
        "統計ごとに数え方が違うため、並べて読むと人口が減っていないように見えます。",
        "The statistics count differently, so side by side the population seems to run the other way.",
    ),
    mend=Words(
        "推移は一つの統計で示すか、統計によって数え方が違うことを書き添えてください。",
        "Show the course by one statistic, or say that the statistics count differently.",
    ),
    case=Words(
        "推計人口が令和6年は23,550人、住民基本台帳が令和7年8月末は23,953人。",
        "23,550 in 2024 (estimate), 23,953 in August 2025 (register).",
    ),
)
def against_the_trend(dossier: Dossier) -> Iterator[Found]:
    """Counts of different statistics within five years that rise where one statistic falls, or the reverse."""
    heads = sorted(_heads(dossier), key=lambda head: head.when.sort_key)
    trend = _trend(heads)
    if not trend:
        return
    pair = _against(heads, trend)
    if pair is not None:
        older, newer = pair
        seen, seen_en = ("増えた", "grew") if trend < 0 else ("減った", "shrank")
        yield Found(
            Words(
                f"人口が{_date(older.when)}は{older.text}（{older.statistic}）、{_date(newer.when)}は{newer.text}"
                f"（{newer.statistic}）で、統計が違うため、並べると人口が{seen}ように見えます。",
                f"The population is {older.text} in {_date_en(older.when)} ({older.statistic}) and {newer.text} in "
                f"{_date_en(newer.when)} ({newer.statistic}): two statistics, and it looks as if it {seen_en}.",
            ),
            (older.place, newer.place),
        )


@rule(
    "TGT08",
    Severity.INFO,
    title=Words(
        "維持するはずの人口を、期間の初めにもう下回っていた",
        "A population to be kept that was below already when the period began",
    ),
    why=Words(
        "初めから達していない水準の「維持」は、検証しても原因がわかりません。",
        "Where the level was lost before the start, the verification cannot tell why.",
    ),
    mend=Words(
        "どの統計による目標だったかを確かめ、検証の文章で初めの値に触れてください。",
        "Say by which statistic the target was set, and name the value at the start.",
    ),
    case=Words(
        "「2025年の人口は、25,000人台を維持する」の期間は2020年からで、2020年国勢調査は24,930人。",
        "25,000 was to be kept from 2020 on; the census of 2020 counted 24,930.",
    ),
)
def lost_from_the_start(dossier: Dossier) -> Iterator[Found]:
    """Verified statements that keep a population which a count at the start of the period is below."""
    first_years = {each.title: each.period.first.year for each in dossier.plan.predecessors}
    heads: Sequence[_Head] | None = None
    for verification in dossier.plan.verifications:
        first = first_years.get(verification.plan)
        for statement in (each for goal in verification.goals for each in goal.statements):
            floor = _floor(statement)
            if floor is None or first is None:
                continue
            heads = list(_heads(dossier)) if heads is None else heads
            head = next((h for h in heads if h.when.year == first and h.number < floor), None)
            if head is not None:
                yield Found(
                    Words(
                        f"検証された目標「{statement.text}」の水準を、期間の初めの{_date(head.when)}の人口"
                        f"{head.text}（{head.statistic}）がすでに下回っています。",
                        f'The verified target "{statement.text}" was missed already by the population of '
                        f"{_date_en(head.when)}, {head.text} ({head.statistic}).",
                    ),
                    (
                        Place(
                            key=statement.key,
                            field="text",
                            text=statement.text,
                            page=statement.page,
                            path=f"{verification.plan}の検証",
                        ),
                        head.place,
                    ),
                )


def _floor(statement: VerifiedStatement) -> Decimal | None:
    """The population that the statement wants kept; None where it is about something else."""
    for condition in statement.conditions:
        base = condition.quantity.base
        if fold(condition.subject).endswith("人口") and not _NO_TOTAL.search(fold(condition.subject)):
            kept = {Qualifier.BRACKET, Qualifier.AT_LEAST} & set(condition.quantity.qualifiers)
            if kept and base is not None and fold(base[1]) == "人":
                return base[0]
    return None


def _heads(dossier: Dossier) -> Iterator[_Head]:
    for fact in dossier.plan.population:
        yield from _of_fact(fact, dossier.plan.municipality.name)
    for passage in dossier.passages:
        if _STATISTICS.search(passage.text):
            for sentence in passage.sentences:
                if len(sentence) > _LONGEST:
                    continue
                yield from _of_sentence(passage, sentence, dossier.plan.municipality.name)


def _of_fact(fact: PopulationFact, municipality: str) -> Iterator[_Head]:
    quantity, when = fact.quantity, fact.as_of.effective
    named = _STATISTICS.search(fold(fact.source + fact.what))
    if quantity is None or when is None or named is None or quantity.kind is not Kind.NUMBER:
        return
    about = fold(f"{fact.what}{fact.kind}".replace(municipality or "\n", "")).replace("基本目標", "")
    if "人口" not in about or quantity.base is None or fold(quantity.unit) != "人":
        return
    if _NO_TOTAL.search(about) or set(quantity.qualifiers) & _SUMMARY or fact.doubt("quantity"):
        return
    place = Place(
        key=fact.key, field="quantity", text=str(quantity), page=fact.page, path=f"人口（{fact.what}）"
    )
    yield _Head(named[0], when, quantity.base[0], str(quantity), place)


def _of_sentence(passage: Passage, sentence: str, municipality: str) -> Iterator[_Head]:
    """Year, statistic and figure that follow each other with nothing but small words between."""
    folded = fold(sentence)
    figures = [figure for figure in figures_in(sentence) if figure.unit == "人"]
    years = years_in(sentence)
    for named in _STATISTICS.finditer(folded):
        year = max((y for y in years if y.end <= named.start()), key=lambda y: y.end, default=None)
        figure = next((f for f in figures if f.start >= named.end()), None)
        if year is None or figure is None or year.when is None:
            continue
        gaps = (folded[year.end : named.start()], folded[named.end() : figure.start])
        if _follows([gap.replace(fold(municipality) or "\n", "本市") for gap in gaps], folded, figure):
            yield _Head(named[0], year.when, figure.number, figure.text, passage.place(figure.text))
            return


def _follows(gaps: Sequence[str], folded: str, figure: Figure) -> bool:
    """Whether the words between year, statistic and figure leave no doubt that they belong together."""
    if "人口" not in folded or set(figure.quantity.qualifiers) & _SUMMARY:
        return False
    return (
        _TO_STATISTIC.fullmatch(gaps[0]) is not None
        and _TO_FIGURE.fullmatch(gaps[1]) is not None
        and _CHANGE_AFTER.match(folded, figure.end) is None
    )


def _trend(heads: Sequence[_Head]) -> int:
    """1 where the last two counts of one statistic rise, -1 where they fall; 0 without such two."""
    last: dict[str, _Head] = {}
    trend = 0
    for head in heads:
        before = last.get(head.statistic)
        if before is not None and before.when.year < head.when.year:
            trend = (head.number > before.number) - (head.number < before.number)
        last[head.statistic] = head
    return trend


def _against(heads: Sequence[_Head], trend: int) -> tuple[_Head, _Head] | None:
    """The nearest two neighbours in time, of different statistics, that run against the trend."""
    for older, newer in pairwise(heads):
        apart = newer.when.year - older.when.year
        if older.statistic == newer.statistic or apart > _NEAR_YEARS:
            continue
        if newer.when.first_day > older.when.last_day and (newer.number - older.number) * trend < 0:
            return older, newer
    return None


def _date(when: When) -> str:
    """2020年, 2025年8月."""
    return f"{when.year}年{f'{when.month}月' if when.month else ''}"


def _date_en(when: When) -> str:
    """2020, 2025-08."""
    return f"{when.year}{f'-{when.month:02}' if when.month else ''}"

"""The result of a public comment (意見の概要と市の考え方): from what was asked and said to what stands in the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sosei.values import When, YearKind, era_text


class Outcome(StrEnum):
    """What came of an opinion (修正の有無); the words are those that municipalities publish."""

    REVISED = "revised"
    PARTLY = "partly"
    INCLUDED = "included"
    AS_DRAFTED = "as_drafted"
    REFERENCE = "reference"
    OUTSIDE = "outside"


OUTCOMES: Mapping[Outcome, tuple[str, str]] = {
    Outcome.REVISED: ("修正する", "revised"),
    Outcome.PARTLY: ("一部修正する", "partly revised"),
    Outcome.INCLUDED: ("既に記載", "already in the draft"),
    Outcome.AS_DRAFTED: ("原案のとおり", "stays as drafted"),
    Outcome.REFERENCE: ("今後の参考", "noted for later"),
    Outcome.OUTSIDE: ("対象外", "not about the draft"),
}
CHANGED = (Outcome.REVISED, Outcome.PARTLY)
"""The outcomes with which the draft is changed."""

NO_OPINIONS = "意見の提出はありませんでした。"
WHOLE = "計画全体"
_DAYS = "月火水木金土日"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """An opinion (意見) as it is published, without who sent it.

    ``place`` the record that it is about, a line for each name from the goal down (empty: the whole
    plan); ``same`` how many said the same; ``outcome`` None and ``answer`` empty: not answered yet.
    """

    summary: str
    answer: str = ""
    place: str = ""
    page: str = ""
    outcome: Outcome | None = None
    change: str = ""
    same: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A public comment (意見募集, パブリックコメント) on a draft.

    ``own_word`` is what the municipality calls itself (市, 町, 県); ``people`` and ``organisations`` how
    many sent opinions (None: not counted); both days belong to the period.
    """

    title: str
    municipality: str
    own_word: str
    plan: str
    since: date
    until: date
    announced: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    people: int | None = None
    organisations: int | None = None
    remarks: str = ""
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRow:
    """A row of the table; ``same`` and ``change`` stand small below the texts they belong to."""

    number: str
    place: str
    summary: str
    same: str
    answer: str
    outcome: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCommentTable:
    """The whole document: ``facts`` are labels with texts; ``nothing`` stands for a table without rows."""

    title: str
    municipality: str
    facts: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    rows: tuple[OpinionRow, ...] = ()
    nothing: str = ""
    footer: str = ""


def public_comment(asked: Consultation) -> PublicCommentTable:
    """The table of opinions and answers; without opinions the facts and the sentence that there were none."""
    opinions = asked.opinions
    return PublicCommentTable(
        title=f"意見の概要と{asked.own_word}の考え方" if opinions else "意見募集の結果",
        municipality=asked.municipality,
        facts=tuple((label, text) for label, text in _facts(asked) if text),
        headings=("番号", "該当箇所", "意見の概要", f"{asked.own_word}の考え方", "修正の有無"),
        rows=tuple(_row(number, each) for number, each in enumerate(opinions, 1)),
        nothing="" if opinions else NO_OPINIONS,
        footer="意見は趣旨を損なわない範囲で要約している。" if opinions else "",
    )


def day_text(day: date) -> str:
    """令和8年1月5日（月）."""
    when = When(year=day.year, month=day.month, day=day.day, kind=YearKind.DATE)
    return f"{era_text(when)}（{_DAYS[day.weekday()]}）"


def page_text(page: str) -> str:
    """（12ページ） for 12, （p.12） as it was typed."""
    return f"（{page}{'ページ' if page.isdecimal() else ''}）" if page else ""


def senders_text(people: int | None, organisations: int | None) -> str:
    """14人・2団体; empty where neither was counted."""
    counted = ((people, "人"), (organisations, "団体"))
    return "・".join(f"{count:,}{unit}" for count, unit in counted if count is not None)


def _facts(asked: Consultation) -> Iterator[tuple[str, str]]:
    days = (asked.until - asked.since).days + 1
    yield "件名", asked.title
    yield "計画", asked.plan
    yield "募集期間", f"{day_text(asked.since)}から{day_text(asked.until)}まで（{days}日間）"
    yield "周知の方法", "、".join(asked.announced)
    yield "提出の方法", "、".join(asked.sent)
    yield "提出者", senders_text(asked.people, asked.organisations)
    yield "意見の件数", _count(asked.opinions)
    yield "修正の有無", _tally(asked.opinions)
    open_ones = sum(not each.answer for each in asked.opinions)
    yield f"{asked.own_word}の考え方", f"未記入 {open_ones}件（作成途中）" if open_ones else ""
    yield "備考", asked.remarks


def _count(opinions: tuple[Opinion, ...]) -> str:
    """5件; where several said the same: 8件（同じ趣旨の意見をまとめて5項目）."""
    every = sum(each.same for each in opinions)
    joined = f"（同じ趣旨の意見をまとめて{len(opinions)}項目）" if every != len(opinions) else ""
    return f"{every:,}件{joined}"


def _tally(opinions: tuple[Opinion, ...]) -> str:
    """修正する 1、原案のとおり 3, of the rows of the table."""
    found = Counter(each.outcome for each in opinions if each.outcome)
    return "、".join(
        f"{words} {found[outcome]}" for outcome, (words, _) in OUTCOMES.items() if found[outcome]
    )


def _row(number: int, opinion: Opinion) -> OpinionRow:
    return OpinionRow(
        number=str(number),
        place="\n".join(filter(None, (opinion.place or WHOLE, page_text(opinion.page)))),
        summary=opinion.summary,
        same=f"（同じ趣旨の意見 計{opinion.same:,}件）" if opinion.same > 1 else "",
        answer=opinion.answer,
        outcome=OUTCOMES[opinion.outcome][0] if opinion.outcome else "",
        change=opinion.change,
    )

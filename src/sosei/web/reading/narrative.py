"""The plan's text beside its tree: chapters, references, council, verification, population, notes, sources.

What the pages of elements and indicators do not show stands here, so that a reader misses nothing of
the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sosei.checks.finding import Words
from sosei.plan.base import Prose
from sosei.plan.model import Plan, Shown
from sosei.plan.record import Chapter, Projection, Reference, Relation, Verification
from sosei.reports.charts import Figure, Point, YearChart
from sosei.scheme.quantity import amount
from sosei.scheme.reasons import NoRate
from sosei.values import Quantity
from sosei.web.reading.transcript import has_records, tables
from sosei.web.reading.words import label_words

RELATIONS: Mapping[Relation, Words] = {
    Relation.BASIS: Words("根拠", "Basis"),
    Relation.UPPER: Words("上位計画", "Plan above this one"),
    Relation.CONSIDERED: Words("勘案した計画・戦略", "Taken into account"),
    Relation.PREMISE: Words("踏まえた計画・資料", "Built on"),
    Relation.BACKGROUND: Words("経緯", "Background"),
    Relation.MENTIONED: Words("本文で触れたもの", "Mentioned in the text"),
}
SHOWN: Mapping[Shown, Words] = {
    Shown.CLASS: Words("評価区分", "Class"),
    Shown.READINGS: Words("ほかの読み方", "Other readings"),
}
_DEEPEST = 4  # heading levels of sections below a chapter


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its anchor and what it is called."""

    anchor: str
    name: Words


@dataclass(frozen=True, slots=True)
class ChapterPart:
    """A chapter or section: how deep it stands, from 0; whether all of its text is a summary."""

    chapter: Chapter
    depth: int
    number: Words
    is_summary: bool

    @property
    def heading(self) -> int:
        """The level of the part's heading on the page."""
        return 3 + min(self.depth, 2)


@dataclass(frozen=True, slots=True)
class Projected:
    """A projection with its picture, where two of its points have numbers."""

    projection: Projection
    is_summary: bool
    chart: YearChart | None


def sections(plan: Plan) -> list[Section]:
    """The parts of the page that this plan has something for."""
    return [section for section, has in _SECTIONS if has(plan)]


def chapters(plan: Plan) -> list[ChapterPart]:
    """Every chapter with its sections behind it, in order."""
    found: list[ChapterPart] = []
    stack = [(chapter, 0) for chapter in reversed(plan.chapters)]
    while stack:
        chapter, depth = stack.pop()
        found.append(ChapterPart(chapter, depth, _number(chapter, depth), all_summaries(chapter.paragraphs)))
        stack.extend((section, min(depth + 1, _DEEPEST)) for section in reversed(chapter.sections))
    return found


def _number(chapter: Chapter, depth: int) -> Words:
    if not chapter.no:
        return Words("", "")
    return Words(chapter.no, chapter.no) if depth else Words(f"第{chapter.no}章", f"Chapter {chapter.no}")


def references(plan: Plan) -> list[tuple[Words, list[Reference]]]:
    """The documents that the plan names, by what they are to it."""
    found = [
        (name, [each for each in plan.references if each.relation is relation])
        for relation, name in RELATIONS.items()
    ]
    return [(name, named) for name, named in found if named]


def all_summaries(texts: Iterable[Prose | None]) -> bool:
    """Whether there is text and all of it is our summary."""
    found = [text for text in texts if text is not None]
    return bool(found) and all(text.summary for text in found)


def verification_texts(verification: Verification) -> tuple[Prose, ...]:
    """What a verification says in words: the causes."""
    text = (verification.causes_text,) if verification.causes_text is not None else ()
    return (*text, *verification.causes)


def projections(plan: Plan, language: str) -> list[Projected]:
    """The projections with their pictures in ``language``."""
    return [
        Projected(each, all_summaries(each.paragraphs), projection_chart(each, language))
        for each in plan.projections
    ]


def projection_chart(projection: Projection, language: str) -> YearChart | None:
    """The projected numbers as a line; None where fewer than two of its points have one."""
    points = [
        Point(
            label=label_words(point.year).of(language),
            actual=_figure(point.quantity) if point.quantity is not None else Figure(),
        )
        for point in projection.points
    ]
    if sum(point.actual.value is not None for point in points) < 2:
        return None
    units = {point.quantity.unit for point in projection.points if point.quantity is not None}
    return YearChart(
        title=projection.method,
        points=tuple(points),
        unit=next(iter(units)) if len(units) == 1 else "",
        actual_name=Words("推計", "Projected").of(language),
        language=language,
    )


def _figure(quantity: Quantity) -> Figure:
    found = amount(quantity)
    return Figure(value=None if isinstance(found, NoRate) else found[0], text=str(quantity))


def _always(_: Plan) -> bool:
    return True


_SECTIONS: tuple[tuple[Section, Callable[[Plan], object]], ...] = (
    (Section("about", Words("計画の概要", "About the plan")), _always),
    (Section("references", Words("関連する計画・法令", "Related plans and laws")), lambda p: p.references),
    (Section("contents", Words("目次", "Contents as printed")), lambda p: p.contents),
    (Section("chapters", Words("本文", "Text")), lambda p: p.chapters),
    (Section("councils", Words("進行管理と検証の体制", "Management and verification")), lambda p: p.councils),
    (
        Section("verifications", Words("前期の検証", "Verification of the previous period")),
        lambda p: p.verifications,
    ),
    (Section("population", Words("人口", "Population")), lambda p: p.population or p.projections),
    (Section("notes", Words("注", "Notes")), lambda p: p.notes),
    (Section("opinions", Words("意見と回答", "Opinions and answers")), lambda p: p.opinions),
    (Section("errata", Words("正誤", "Errata")), lambda p: p.errata),
    (Section("evaluation", Words("評価の方法", "How achievement is computed")), _always),
    (Section("divisions", Words("担当課", "Divisions in charge")), lambda p: p.divisions),
    (Section("sources", Words("出典", "Sources")), lambda p: p.sources or p.reports),
    (
        Section("waivers", Words("点検から外した規則", "Rules that the review leaves out")),
        lambda p: p.waivers,
    ),
    (
        Section("tables", Words("資料の表の見出し", "Headings of the source's tables")),
        lambda p: any(tables(p)),
    ),
    (Section("transcript", Words("転記の記録", "Notes on the transcription")), has_records),
)

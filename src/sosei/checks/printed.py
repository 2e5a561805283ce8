"""Every string that a plan prints, in reading order, with its place: what the editorial rules read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from sosei.checks.dossier import Dossier, Passage, Row
from sosei.checks.finding import Place
from sosei.plan import walk
from sosei.plan.base import Node
from sosei.plan.model import Plan
from sosei.plan.record import Chapter
from sosei.values import Folded


class Sort(StrEnum):
    """What sort of string a piece is."""

    LABEL = "label"  # a printed number: 施策①
    NAME = "name"  # a name or title: of an element, an indicator, a chapter
    HEADING = "heading"  # over a table or in its head, and the source line under it
    VALUE = "value"  # a printed value
    PROSE = "prose"  # running text
    NOTE = "note"  # the text of a note
    CONTENTS = "contents"  # a line of the table of contents


@dataclass(frozen=True)
class Piece:
    """A printed string; ``owner`` is the key of the element (else the record) that it belongs to."""

    text: str
    sort: Sort
    base: Place
    owner: str
    node: Node | None = None

    @cached_property
    def folded(self) -> Folded:
        """The text in one width, for searching."""
        return Folded.of(self.text)

    def place(self, text: str) -> Place:
        """The place of ``text`` inside the piece."""
        return replace(self.base, text=text)

    @property
    def is_doubtful(self) -> bool:
        """Whether the transcription of the string is not confirmed."""
        field = self.base.field.split(":")[0]
        return self.node is not None and self.node.doubt(field) is not None


def pieces(dossier: Dossier) -> Sequence[Piece]:
    """Every printed string of the plan: contents, chapters, verification, the tree, notes, opinions."""
    return dossier.gathered(_all_pieces)


def _all_pieces(dossier: Dossier) -> Sequence[Piece]:
    return tuple(piece for piece in _pieces(dossier) if piece.text.strip())


def of_sort(dossier: Dossier, *sorts: Sort) -> Iterator[Piece]:
    """The pieces of these sorts, in reading order."""
    return (piece for piece in pieces(dossier) if piece.sort in sorts)


def where(place: Place) -> str:
    """A place for a sentence: the path of labels, with the page where it is known."""
    path = place.path or place.indicator
    if place.page is None:
        return path or place.field
    return f"{path}（{place.page}頁）" if path else f"{place.page}頁"


def _pieces(dossier: Dossier) -> Iterator[Piece]:
    plan = dossier.plan
    passages: dict[str, list[Passage]] = defaultdict(list)
    for passage in dossier.passages:
        passages[passage.node.key].append(passage)
    yield from _front(plan)
    for chapter in plan.chapters:
        yield from _chapter(chapter, f"第{chapter.no}章" if chapter.no else chapter.title, passages)
    for verification in plan.verifications:
        for goal in verification.goals:
            yield _bare(goal, Sort.NAME, "name", goal.name, f"{verification.plan}の検証/{goal.label}")
            for statement in goal.statements:
                yield from _prose(passages, statement.key)
    for placed in dossier.elements:
        yield from _element(dossier, placed, passages)
    for note in plan.notes:
        yield from _prose(passages, note.key, Sort.NOTE)
    for opinion in plan.opinions:
        yield from _prose(passages, opinion.key)


def _front(plan: Plan) -> Iterator[Piece]:
    """What stands before the chapters: title, period, contents."""
    yield _bare(plan, Sort.NAME, "title", plan.title, "題名")
    if plan.period:
        yield _bare(plan, Sort.HEADING, "period", plan.period.text, "計画期間")
    for line in plan.contents:
        base = Place(key=plan.key, field="contents", text="", page=line.page, path="目次")
        yield Piece(line.title, Sort.CONTENTS, base, plan.key)


def _chapter(chapter: Chapter, path: str, passages: Mapping[str, list[Passage]]) -> Iterator[Piece]:
    yield _bare(chapter, Sort.NAME, "title", chapter.title, path)
    yield from _prose(passages, chapter.key)
    for section in chapter.sections:
        yield from _chapter(section, f"{path}/{section.no or section.title}", passages)


def _element(dossier: Dossier, placed: walk.Placed, passages: Mapping[str, list[Passage]]) -> Iterator[Piece]:
    element = placed.element

    def piece(sort: Sort, field: str, text: str) -> Piece:
        return Piece(text, sort, dossier.place(placed, field, ""), element.key, element)

    yield piece(Sort.LABEL, "label", element.label)
    yield piece(Sort.NAME, "name", element.name)
    yield from _prose(passages, element.key)
    for table in element.tables:
        for text in (table.title, *(column.heading for column in table.columns), table.source):
            yield piece(Sort.HEADING, "table", text)
    for row in dossier.rows_of_element.get(element.key, ()):
        yield from _row(row)
    for activity in element.activities:
        yield from _prose(passages, activity.key, owner=element.key)


def _row(row: Row) -> Iterator[Piece]:
    owner = row.element.key
    yield Piece(row.name, Sort.NAME, row.place("name"), owner, row.placement)
    for field, quantity in row.values:
        base = row.place(field.split(":")[0])
        yield Piece(str(quantity), Sort.VALUE, base, owner, row.placement)


def _prose(
    passages: Mapping[str, list[Passage]], key: str, sort: Sort = Sort.PROSE, owner: str = ""
) -> Iterator[Piece]:
    for passage in passages.get(key, ()):
        yield Piece(passage.text, sort, passage.place(""), owner or key, passage.node)


def _bare(node: Node, sort: Sort, field: str, text: str, path: str) -> Piece:
    base = Place(key=node.key, field=field, text="", page=node.page, path=path)
    return Piece(text, sort, base, node.key, node)

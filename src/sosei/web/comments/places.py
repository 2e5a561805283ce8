"""What an opinion can be about: the chapters, goals, measures, projects and KPIs of a draft, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sosei.plan.base import Key
from sosei.plan.indicator import Placement
from sosei.plan.model import Plan as Document
from sosei.plan.record import Chapter
from sosei.plan.walk import elements, index, nodes
from sosei.plan.wording import Wording
from sosei.web.plans.history import Line, lines
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document, operation_of
from sosei.web.site.language import say

_MOST_CHANGES = 100
_LONGEST = 60  # characters of a name in the list to choose from
_STEP = "　"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A record that opinions are about: ``names`` lead to it from the goal down (none: the whole plan).

    ``goal`` is the key of the goal above it; for a chapter the first chapter above it.
    """

    key: Key = ""
    goal: Key = ""
    names: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The names, one a line, as they are kept and printed."""
        return "\n".join(self.names)


WHOLE_PLAN = Place()


def places(document: Document) -> list[Place]:
    """Every place in the order of the plan, in Japanese as it is printed."""
    return [WHOLE_PLAN, *_chapters(document), *_tree(document)]


def place_of(document: Document, key: Key) -> Place | None:
    """The place with this key; None where the draft has none."""
    return next((place for place in places(document) if place.key == key), None)


def choices(found: Sequence[Place]) -> list[tuple[str, object]]:
    """The places for a select: a group for each goal, what lies deeper further in."""
    grouped: list[tuple[str, object]] = []
    for goal, members in groupby(found, key=lambda place: place.goal):
        if not goal:
            grouped.append((WHOLE_PLAN.key, say("計画全体", "The whole plan")))
            continue
        options = [(place.key, _STEP * (len(place.names) - 1) + _short(place)) for place in members]
        grouped.append((options[0][1], options))
    return grouped


def changes_at(draft: Draft, key: Key) -> list[tuple[str, str]]:
    """The operations of ``draft`` on the record ``key`` and what lies below it, newest first, as choices.

    Without a key those on any record; at most a hundred.
    """
    keys = _keys_at(draft_document(draft), key)
    wanted: list[int] = []
    for row in draft.operations.filter(backwards=False, undone_by=None).order_by("-no"):
        operation = operation_of(row)
        touched = getattr(operation, "key", None) or getattr(operation, "record", {}).get("key")
        if not key or touched in keys:
            wanted.append(row.no)
        if len(wanted) == _MOST_CHANGES:
            break
    return (
        [(str(line.row.pk), _line_text(line)) for line in lines(draft, frozenset(wanted))] if wanted else []
    )


def _line_text(line: Line) -> str:
    number = say(f"{line.row.no}番", f"no. {line.row.no}")
    said = f"{line.title} {say(line.word.ja, line.word.en)}"
    values = f"：{line.old[:30]} → {line.new[:30]}" if line.field else ""
    return f"{number}　{said}{values}"


def _keys_at(document: Document, key: Key) -> frozenset[Key]:
    node = index(document).get(key)
    if node is None:
        return frozenset({key})
    found = {each.key for each in nodes(node)}
    indicators = {each.indicator for each in nodes(node) if isinstance(each, Placement)}
    for indicator in document.indicators:
        if indicator.key in indicators:
            found |= {each.key for each in nodes(indicator)}
    return frozenset(found)


def _chapters(document: Document) -> Iterator[Place]:
    words = Wording(document)

    def walk(chapter: Chapter, above: tuple[str, ...], first: Key) -> Iterator[Place]:
        names = (*above, words.called(chapter))
        yield Place(key=chapter.key, goal=first or chapter.key, names=names)
        for section in chapter.sections:
            yield from walk(section, names, first or chapter.key)

    for chapter in document.chapters:
        yield from walk(chapter, (), "")


def _tree(document: Document) -> Iterator[Place]:
    words = Wording(document)
    for placed in elements(document):
        goal = placed.path[0].key
        names = tuple(words.called(each) for each in placed.path)
        yield Place(key=placed.element.key, goal=goal, names=names)
        for placement in placed.element.placements:
            yield Place(key=placement.key, goal=goal, names=(*names, words.called(placement)))


def _short(place: Place) -> str:
    name = place.names[-1]
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"

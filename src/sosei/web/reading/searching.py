"""Every text of a plan that somebody may look for, one row each, with the record it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sosei.plan.base import Prose
from sosei.plan.model import Activity, Element
from sosei.plan.record import Chapter, Verification
from sosei.plan.walk import Placed
from sosei.values import fold
from sosei.web.reading.reader import Reader, title_of
from sosei.web.reading.words import label_words


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRow:
    """One text.

    ``order``   the place in the plan, from 0: the tree first, then indicators, then the rest.
    ``record``  the key of the record that holds it; ``owner`` the element or indicator whose page
                shows it (``owner_kind`` says which of the two), empty where the plan's text does.
    ``kind``    goal, direction, policy, measure, project, indicator, placement, activity, chapter,
                note, opinion, verification, reference, population, projection, council, division, source,
                predecessor, erratum, plan.
    ``field``   the record's field; ``place`` the path of labels; ``title`` what heads the result.
    ``folded``  the text as it is matched, see ``folded``.
    """

    order: int
    record: str
    owner: str
    owner_kind: str
    kind: str
    field: str
    place: str
    title: str
    text: str
    folded: str


def folded(text: str) -> str:
    """``text`` in the form in which texts and what is looked for are compared: one width, one sort of
    dash, small letters, one space for any white space.
    """
    return " ".join(fold(text).casefold().split())


class _Owner(NamedTuple):
    key: str = ""
    kind: str = ""


class _Text(NamedTuple):
    record: str
    owner: _Owner
    kind: str
    field: str
    place: str
    title: str
    text: str


_NOBODY = _Owner()


def texts(reader: Reader) -> Iterator[SearchRow]:
    """The rows of a plan in their order; empty texts are left out."""
    found = (each for each in _all(reader) if each.text.strip())
    for order, each in enumerate(found):
        yield SearchRow(
            order=order,
            record=each.record,
            owner=each.owner.key,
            owner_kind=each.owner.kind,
            kind=each.kind,
            field=each.field,
            place=each.place,
            title=each.title,
            text=each.text,
            folded=folded(each.text),
        )


def _all(reader: Reader) -> Iterator[_Text]:
    for placed in reader.elements:
        yield from _element(reader, placed)
    yield from _indicators(reader)
    yield from _plan(reader)
    for chapter in reader.plan.chapters:
        yield from _chapter(chapter, f"第{chapter.no}章" if chapter.no else "")
    for verification in reader.plan.verifications:
        yield from _verification(verification)
    yield from _population(reader)
    yield from _record(reader)
    yield from _notes(reader)
    yield from _opinions(reader)


def _element(reader: Reader, placed: Placed) -> Iterator[_Text]:
    element = placed.element
    owner, kind = _Owner(element.key, "element"), reader.kind(element).value
    title = " ".join(part for part in (element.label, title_of(element)) if part)
    if element.name:
        yield _Text(element.key, owner, kind, "name", placed.place, title, element.name)
    if element.description:
        yield _Text(element.key, owner, kind, "description", placed.place, title, element.description.text)
    for activity in element.activities:
        yield from _activity(activity, owner, placed.place, title)
    for placement in element.placements:
        name = placement.name + placement.name_suffix
        indicator = _Owner(placement.indicator, "indicator")
        yield _Text(placement.key, indicator, "placement", "name", placed.place, name, name)


def _activity(activity: Activity, owner: _Owner, place: str, title: str) -> Iterator[_Text]:
    year = label_words(activity.year).ja
    for field in ("done", "evaluation", "issues", "next"):
        prose: Prose | None = getattr(activity, field)
        if prose is not None:
            yield _Text(activity.key, owner, "activity", field, place, f"{title}（{year}）", prose.text)


def _indicators(reader: Reader) -> Iterator[_Text]:
    for indicator in reader.plan.indicators:
        owner = _Owner(indicator.key, "indicator")
        place = next((placed.place for placed, _ in reader.placements_of.get(indicator.key, ())), "")
        formula = indicator.formula.text if indicator.formula else ""
        for field, text in (
            ("name", indicator.name),
            ("definition", indicator.definition),
            ("source", indicator.source),
            ("formula", formula),
        ):
            yield _Text(indicator.key, owner, "indicator", field, place, indicator.name, text)


def _plan(reader: Reader) -> Iterator[_Text]:
    plan = reader.plan
    yield _Text(plan.key, _NOBODY, "plan", "title", "", plan.title, plan.title)
    yield _Text(plan.key, _NOBODY, "plan", "catchphrase", "", plan.title, plan.catchphrase)
    for reference in plan.references:
        role = f"{reference.name} {reference.role}".strip()
        yield _Text(reference.key, _NOBODY, "reference", "name", "", reference.name, role)
    for council in plan.councils:
        cycle = (f"{step.step} {step.text}" for step in council.cycle)
        parts = (council.name, council.subject, council.members, *cycle)
        words = " ".join(part for part in parts if part)
        yield _Text(council.key, _NOBODY, "council", "name", "", council.name, words)
    for division in plan.divisions:
        yield _Text(division.key, _NOBODY, "division", "name", "", division.name, division.name)


def _record(reader: Reader) -> Iterator[_Text]:
    """Whom to ask, where the record comes from, what came before, what was wrong in print."""
    plan, owners = reader.plan, _owners(reader)
    yield _Text(plan.key, _NOBODY, "plan", "colophon", "", plan.title, plan.colophon)
    if contact := plan.contact:
        words = " ".join((contact.division, contact.postal, contact.address, contact.lines))
        yield _Text(plan.key, _NOBODY, "plan", "contact", "", plan.title, words)
    for predecessor in plan.predecessors:
        title = predecessor.title
        yield _Text(predecessor.key, _NOBODY, "predecessor", "title", "", title, title)
    for source in plan.sources:
        words = " ".join((source.title, source.publisher, source.statement))
        yield _Text(source.key, _NOBODY, "source", "statement", "", source.title, words)
    for report in plan.reports:
        yield _Text(
            report.key, _NOBODY, "source", "title", "", report.title, f"{report.title} {report.label}"
        )
    for erratum in plan.errata:
        owner = owners.get(erratum.about, _NOBODY)
        words = " ".join((erratum.printed, erratum.right, erratum.note))
        yield _Text(erratum.key, owner, "erratum", "right", "", erratum.right, words)


def _chapter(chapter: Chapter, place: str) -> Iterator[_Text]:
    yield _Text(chapter.key, _NOBODY, "chapter", "title", place, chapter.title, chapter.title)
    for paragraph in chapter.paragraphs:
        yield _Text(chapter.key, _NOBODY, "chapter", "paragraphs", place, chapter.title, paragraph.text)
    for section in chapter.sections:
        yield from _chapter(section, "/".join(part for part in (place, section.no) if part))


def _verification(verification: Verification) -> Iterator[_Text]:
    title = f"{verification.plan}の検証"
    prose: Iterable[Prose] = (
        *((verification.causes_text,) if verification.causes_text else ()),
        *verification.causes,
    )
    for each in prose:
        yield _Text(verification.key, _NOBODY, "verification", "causes", "", title, each.text)
    for goal in verification.goals:
        place = " ".join(part for part in (goal.label, goal.name) if part)
        yield _Text(goal.key, _NOBODY, "verification", "name", place, title, goal.name)
        for statement in goal.statements:
            text = f"{statement.text} {statement.verdict}".strip()
            yield _Text(statement.key, _NOBODY, "verification", "text", place, title, text)


def _population(reader: Reader) -> Iterator[_Text]:
    for fact in reader.plan.population:
        owner = _Owner(fact.indicator, "indicator") if fact.indicator else _NOBODY
        yield _Text(fact.key, owner, "population", "text", "", fact.what, fact.text)
    for projection in reader.plan.projections:
        words = " ".join((projection.method, *(each.text for each in projection.paragraphs)))
        yield _Text(projection.key, _NOBODY, "projection", "paragraphs", "", projection.method, words)


def _notes(reader: Reader) -> Iterator[_Text]:
    owners = _owners(reader)
    for note in reader.plan.notes:
        owner = next((owners[anchor.at] for anchor in note.anchors if anchor.at in owners), _NOBODY)
        text = f"{note.term} {note.text}".strip()
        yield _Text(note.key, owner, "note", "text", "", note.term or note.mark, text)


def _opinions(reader: Reader) -> Iterator[_Text]:
    owners = _owners(reader)
    for opinion in reader.plan.opinions:
        owner = owners.get(opinion.about or "", _NOBODY)
        title = " ".join(part for part in (label_words(opinion.year).ja, opinion.by) if part)
        yield _Text(opinion.key, owner, "opinion", "text", "", title, opinion.text.text)
        answer = " ".join(part for part in (str(opinion.answer or ""), opinion.action) if part)
        yield _Text(opinion.key, owner, "opinion", "answer", "", title, answer)


def _owners(reader: Reader) -> dict[str, _Owner]:
    """Whose page shows a record: the element's, or the indicator's for placements and values."""
    found: dict[str, _Owner] = {}
    for placed in reader.elements:
        element: Element = placed.element
        owner = _Owner(element.key, "element")
        held = (element, *element.activities, *element.tables)
        found.update((node.key, owner) for node in held)
        found.update((each.key, _Owner(each.indicator, "indicator")) for each in element.placements)
    for indicator in reader.plan.indicators:
        held_by = _Owner(indicator.key, "indicator")
        found.update((node.key, held_by) for node in (indicator, *indicator.observations))
    return found

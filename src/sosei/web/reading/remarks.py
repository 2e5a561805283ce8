"""What is said about a record beside its figures: notes, opinions with answers, doubts, findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sosei.checks.finding import Finding, Severity, Words
from sosei.plan.base import Doubt, Node
from sosei.plan.record import Erratum, Note, Opinion
from sosei.web.reading.reader import Reader
from sosei.web.reading.words import field_words, label_words

_FEW = 6  # places a finding may have and still be about each of them


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note hung on the element or on something printed there."""

    mark: str
    term: str
    text: str


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """An opinion on the element or an indicator, and the answer to it."""

    year: Words
    by: str
    text: str
    answer: str
    action: str


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """A reading of the source that is not certain: the field, why, and what it might be instead."""

    field: Words
    note: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AsReadLine:
    """A text as it stands in the source, where the record holds a clean reading of it."""

    field: Words
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErratumLine:
    """What was wrong when printed: the field, what it said, what is right, when it was corrected."""

    field: Words
    printed: str
    right: str
    corrected: Words
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A finding of the review: its code, how much it weighs, what was found, why it matters, how to mend it.

    ``is_wide`` where it speaks of many places at once (no source anywhere), not of this record above all.
    """

    code: str
    severity: Severity
    message: Words
    why: Words
    mend: Words
    is_wide: bool


def note_lines(notes: Iterable[Note]) -> Iterator[NoteLine]:
    """Notes as lines."""
    return (NoteLine(note.mark, note.term, str(note.text)) for note in notes)


def opinion_lines(opinions: Iterable[Opinion]) -> Iterator[OpinionLine]:
    """Opinions with their answers as lines."""
    return (
        OpinionLine(label_words(o.year), o.by, str(o.text), str(o.answer or ""), o.action) for o in opinions
    )


def errata_lines(errata: Iterable[Erratum]) -> Iterator[ErratumLine]:
    """Errata as lines."""
    return (
        ErratumLine(
            field=field_words(each.field),
            printed=each.printed,
            right=each.right,
            corrected=label_words(each.corrected),
            note=each.note,
        )
        for each in errata
    )


def as_read_lines(*nodes: Node) -> tuple[AsReadLine, ...]:
    """The texts of these records that were cleaned when they were read."""
    return tuple(AsReadLine(field_words(name), text) for node in nodes for name, text in node.as_read.items())


def doubts_of(reader: Reader, *nodes: Node) -> tuple[DoubtLine, ...]:
    """What nobody has settled about the readings of these records, alone or jointly with others."""
    own = (line for node in nodes for line in _doubt_lines(node.doubts))
    joint = (line for node in nodes for line in _joint_lines(reader, node.key))
    return (*own, *joint)


def _joint_lines(reader: Reader, key: str) -> Iterator[DoubtLine]:
    """The readings of the record's cells that hang together with other cells."""
    for group, place in reader.joint_at.get(key, ()):
        field = place.partition(".")[2]
        yield DoubtLine(field_words(field), group.note, group.alternatives_for(place))


def _doubt_lines(doubts: Iterable[Doubt]) -> Iterator[DoubtLine]:
    return (
        DoubtLine(
            field_words(each.field),
            each.note,
            each.alternatives,
        )
        for each in doubts
        if not each.confirmed
    )


def finding_lines(findings: Iterable[Finding], keys: set[str]) -> Iterator[FindingLine]:
    """The findings with a place in one of the records ``keys``."""
    return (
        FindingLine(
            code=each.code,
            severity=each.severity,
            message=each.message,
            why=each.why,
            mend=each.mend,
            is_wide=len({place.key for place in each.places}) > _FEW,
        )
        for each in findings
        if any(place.key in keys for place in each.places)
    )

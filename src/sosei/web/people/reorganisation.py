"""A reorganisation (組織改編): what is wanted, what it would change (preview), and changing it in one act.

The preview and the act reckon by the same function; the act refuses where the state of the preview moved.
``reorganising.py`` writes it and takes the last one back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from sosei.values import Problem
from sosei.values.folding import same_text
from sosei.web.people.acting import today
from sosei.web.people.divisions import checked_name, named, refuse_taken
from sosei.web.people.models import Assignment, Division, Membership, Municipality
from sosei.web.people.moving import Moved, Period, move
from sosei.web.people.person import one_line

REASON_LENGTH = 300
_APRIL = 4


class Kind(StrEnum):
    """What a reorganisation does."""

    MERGE = "merge"
    SPLIT = "split"
    ABOLISH = "abolish"
    RENAME = "rename"


KIND_NAMES: Mapping[Kind, tuple[str, str]] = {
    Kind.MERGE: ("統合", "Merger"),
    Kind.SPLIT: ("分割", "Split"),
    Kind.ABOLISH: ("廃止", "Abolition"),
    Kind.RENAME: ("名称変更", "Renaming"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an officer asks for.

    ``into`` are divisions that are there, ``new_names`` those to be made (of a renaming: the new name);
    ``stays``: a division that is split goes on beside the new ones.  ``assigned`` and ``people`` say for
    rows of assignments and memberships which target they go to, where it is not the first one (which
    is the division itself where it stays).
    """

    kind: Kind
    on: date
    sources: tuple[Division, ...]
    into: tuple[Division, ...] = ()
    new_names: tuple[str, ...] = ()
    stays: bool = False
    reason: str = ""
    assigned: Mapping[UUID, str] = field(default_factory=dict)
    people: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """Where work goes: ``ref`` names it in forms; ``division`` None: to be made."""

    ref: str
    name: str
    division: Division | None


@dataclass(frozen=True, slots=True)
class RecordMove:
    """What changes for one record: rows that leave, and the periods before them."""

    plan_key: str
    key: str
    moved: Moved
    rows: Mapping[UUID, Assignment]


@dataclass(frozen=True, slots=True)
class PersonMove:
    """A clerk's or head's role that ends, and where the person has it from then on (None: nowhere)."""

    row: Membership
    target: Target | None
    held_already: bool = False


NOWHERE = "-"
"""The target of people who are not moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Everything a reorganisation changes; ``state`` is a short sign of what it was reckoned on.

    ``assignments`` and ``roles`` are all rows of the leaving divisions past the day, moved or not.
    """

    wish: Wish
    leaving: tuple[Division, ...]
    targets: tuple[Target, ...]
    assignments: tuple[Assignment, ...] = ()
    roles: tuple[Membership, ...] = ()
    records: tuple[RecordMove, ...] = ()
    people: tuple[PersonMove, ...] = ()
    state: str

    @property
    def ends(self) -> tuple[Division, ...]:
        """The divisions that are no more."""
        return () if self.wish.stays or self.wish.kind is Kind.RENAME else self.leaving

    @property
    def begins(self) -> tuple[Target, ...]:
        """The divisions that are made."""
        return tuple(each for each in self.targets if each.division is None)


def preview(municipality: Municipality, wish: Wish) -> Preview:
    """What ``wish`` would change now; raises Problem for what cannot be."""
    leaving = _checked(municipality, wish)
    targets = _targets(wish)
    if wish.kind is Kind.RENAME:
        return Preview(wish=wish, leaving=leaving, targets=(), state=_state(wish, [], []))
    rows = _assignments(municipality, leaving, wish.on)
    people = _memberships(municipality, leaving, targets, wish.on)
    return Preview(
        wish=wish,
        leaving=leaving,
        targets=targets,
        assignments=tuple(row for row in rows if row.division in leaving),
        roles=tuple(row for row in people if row.division in leaving),
        records=tuple(_records(wish, leaving, targets, rows)),
        people=tuple(_people(wish, leaving, targets, people)),
        state=_state(wish, rows, people),
    )


def window(day: date) -> tuple[date, date]:
    """From the first day of the fiscal year of ``day`` to the last of the next one."""
    year = day.year if day.month >= _APRIL else day.year - 1
    return date(year, 4, 1), date(year + 2, 3, 31)


def _checked(municipality: Municipality, wish: Wish) -> tuple[Division, ...]:
    """The divisions whose work goes elsewhere; raises Problem for a wish that cannot be."""
    first, last = window(today())
    if not first <= wish.on <= last:
        raise Problem(
            f"改編の日は{first:%Y-%m-%d}から{last:%Y-%m-%d}までです（入力: {wish.on:%Y-%m-%d}）",
            f"the day must be from {first} to {last} (found: {wish.on})",
        )
    if wish.reason:
        one_line(wish.reason, REASON_LENGTH, "理由", "the reason")
    leaving = tuple(each for each in wish.sources if each not in wish.into)
    _numbers_fit(wish, leaving)
    for each in (*leaving, *wish.into):
        _there(each, wish.on, leaves=each in leaving)
    names = [checked_name(name) for name in wish.new_names]
    if any(same_text(a, b) for at, a in enumerate(names) for b in names[:at]):
        raise Problem("新しい課の名前が重なっています", "two new divisions have the same name")
    going = () if wish.stays or wish.kind is Kind.RENAME else leaving
    others = [
        each
        for each in named(municipality).lasting_past(wish.on)
        if each not in going and not (wish.kind is Kind.RENAME and each in leaving)
    ]
    for name in names:
        refuse_taken(name, others, wish.on)
    if wish.kind is Kind.RENAME:
        _renames(leaving[0], names[0], wish.on)
    return leaving


def _numbers_fit(wish: Wish, leaving: Sequence[Division]) -> None:
    targets = len(wish.into) + len(wish.new_names)
    problem = {
        Kind.MERGE: (
            not leaving or len({*wish.sources, *wish.into}) < 2 or targets != 1,
            "統合する課を2つ以上と、統合先（既にある課か新しい課のどちらか一つ）を選んでください",
            "choose at least two divisions and what they become: one that is there, or a new one",
        ),
        Kind.SPLIT: (
            len(wish.sources) != 1 or len(leaving) != 1 or targets + wish.stays < 2,
            "分割する課を1つと、分割先を2つ以上（元の課を残すときは1つ以上）選んでください",
            "choose one division and at least two it becomes (one, where the old one stays)",
        ),
        Kind.ABOLISH: (
            len(wish.sources) != 1 or len(leaving) != 1 or len(wish.into) != 1 or bool(wish.new_names),
            "廃止する課を1つと、仕事を引き継ぐ別の課を1つ選んでください",
            "choose one division and another one that takes its work over",
        ),
        Kind.RENAME: (
            len(wish.sources) != 1 or bool(wish.into) or len(wish.new_names) != 1,
            "名称を変える課を1つと、新しい名前を1つ指定してください",
            "choose one division and give one new name",
        ),
    }[wish.kind]
    if problem[0]:
        raise Problem(problem[1], problem[2])
    if wish.stays and wish.kind is not Kind.SPLIT:
        raise Problem("元の課を残せるのは分割のときだけです", "only a division that is split can stay")


def _there(division: Division, on: date, *, leaves: bool) -> None:
    """Raises Problem unless the division is there on ``on`` (leaving: before it) and has no end set."""
    name = division.name_on(on)
    if division.ended_on is not None:
        raise Problem(
            f"{name}には{division.ended_on:%Y-%m-%d}に終わる改編がもうあります",
            f"{name} is set to end on {division.ended_on} already",
        )
    begins = division.started_on
    if begins is not None and (begins >= on if leaves else begins > on):
        raise Problem(
            f"{name}は{begins:%Y-%m-%d}にできる課です。それより後の日にしてください",
            f"{name} begins on {begins}; choose a later day",
        )


def _renames(division: Division, name: str, on: date) -> None:
    """Raises Problem where the name is the same or the day lies before another renaming."""
    if name == division.name:
        raise Problem(f"名前は今も「{name}」です", f'the name is "{name}" already')
    last = max((each.until for each in division.former_names.all()), default=None)
    if last is not None and on <= last:
        raise Problem(
            f"{last:%Y-%m-%d}に名称変更があるので、それより後の日にしてください",
            f"there is a renaming on {last}; choose a later day",
        )


def _targets(wish: Wish) -> tuple[Target, ...]:
    if wish.kind is Kind.RENAME:
        return ()
    there = [Target(f"d{each.pk}", each.name_on(wish.on), each) for each in wish.into]
    new = [Target(f"n{at}", name.strip(), None) for at, name in enumerate(wish.new_names)]
    staying = [Target(f"d{each.pk}", each.name_on(wish.on), each) for each in wish.sources if wish.stays]
    return (*staying, *there, *new)


def _assignments(municipality: Municipality, leaving: Sequence[Division], on: date) -> list[Assignment]:
    """Every row past ``on`` of the records for which a leaving division answers past ``on``."""
    rows = Assignment.objects.filter(municipality=municipality).lasting_past(on)
    touched = set(rows.filter(division__in=leaving).values_list("plan_key", "key"))
    query = Q(key__in={key for _, key in touched})
    found = (
        rows.filter(query)
        .select_related("division")
        .prefetch_related("division__former_names")
        .order_by("plan_key", "key", "since", "pk")
    )
    return [row for row in found if (row.plan_key, row.key) in touched]


def _records(
    wish: Wish, leaving: Sequence[Division], targets: Sequence[Target], rows: Sequence[Assignment]
) -> list[RecordMove]:
    by_record: dict[tuple[str, str], list[Assignment]] = {}
    for row in rows:
        by_record.setdefault((row.plan_key, row.key), []).append(row)
    by_ref = {each.ref: each.division.pk if each.division else each.ref for each in targets}
    first = next(iter(by_ref.values()))
    left = {each.pk for each in leaving}

    def goes(period: Period) -> object | None:
        if period.division not in left:
            return None
        target = by_ref.get(wish.assigned.get(period.id, ""), first)
        return None if target == period.division else target

    found = []
    for (plan_key, key), group in by_record.items():
        periods = [Period(row.pk, row.division_id, row.is_main, row.since, row.until) for row in group]
        moved = move(periods, goes, wish.on)
        if moved.leaving:
            found.append(RecordMove(plan_key, key, moved, {row.pk: row for row in group}))
    return found


def _memberships(
    municipality: Municipality, leaving: Sequence[Division], targets: Sequence[Target], on: date
) -> list[Membership]:
    """Roles past ``on`` in the leaving divisions, and those that somebody has in the targets already."""
    divisions = {*leaving, *(each.division for each in targets if each.division)}
    return list(
        Membership.objects.filter(municipality=municipality, division__in=divisions)
        .lasting_past(on)
        .select_related("user", "division")
        .prefetch_related("division__former_names")
        .order_by("division__order", "user__username", "role", "pk")
    )


def _people(
    wish: Wish, leaving: Sequence[Division], targets: Sequence[Target], rows: Sequence[Membership]
) -> list[PersonMove]:
    by_ref = {each.ref: each for each in targets}
    held = {(row.user_id, row.role, row.division_id) for row in rows}
    found = []
    for row in rows:
        if row.division not in leaving:
            continue
        ref = wish.people.get(row.pk, "")
        target = None if ref == NOWHERE else by_ref.get(ref, targets[0])
        if target is not None and target.division is not None and target.division.pk == row.division_id:
            continue  # stays where it is
        if target is None and wish.stays:
            continue
        place = target.division.pk if target and target.division else target.ref if target else None
        again = target is not None and (row.user_id, row.role, place) in held
        if target is not None:
            held.add((row.user_id, row.role, place))
        found.append(PersonMove(row, target, again))
    return found


def _state(wish: Wish, rows: Sequence[Assignment], people: Sequence[Membership]) -> str:
    """A sign of everything the reckoning stands on but the officer's own choices."""
    words = [
        [[str(e.pk), e.name, str(e.started_on), str(e.ended_on)] for e in (*wish.sources, *wish.into)],
        [[str(e.pk), str(e.division_id), e.is_main, str(e.since), str(e.until)] for e in rows],
        [[str(e.pk), str(e.user_id), e.role, str(e.since), str(e.until)] for e in people],
    ]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]

"""Lists of the whole installation, page by page, with what each row counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from sosei.web.jobs.models import Job, JobState
from sosei.web.journal.models import Act
from sosei.web.people.models import Membership, Municipality, User
from sosei.web.plans.models import Plan

PAGE = 50


@dataclass(frozen=True, slots=True)
class Counted:
    """A municipality with how many people have a role today, its plans, and when something was done last."""

    municipality: Municipality
    people: int
    plans: int
    last: datetime | None


def municipalities(text: str) -> QuerySet[Municipality]:
    """Municipalities whose code, name or prefecture holds every word of ``text``."""
    found = Municipality.objects.all()
    for word in text.split():
        found = found.filter(
            Q(code__startswith=word) | Q(name__icontains=word) | Q(prefecture__icontains=word)
        )
    return found


def counted(rows: Sequence[Municipality]) -> list[Counted]:
    """``rows`` with their counts, in three queries however many there are."""
    held = Membership.objects.on(timezone.localdate()).filter(municipality__in=rows, user__is_active=True)
    people = _by(held.values_list("municipality").annotate(Count("user", distinct=True)))
    plans = _by(Plan.objects.filter(municipality__in=rows).values_list("municipality").annotate(Count("pk")))
    ends = Act.objects.filter(chain__municipality__in=rows, no=F("chain__length"))
    last = dict(ends.values_list("chain__municipality", "at"))
    return [Counted(row, people.get(row.pk, 0), plans.get(row.pk, 0), last.get(row.pk)) for row in rows]


def people(text: str, state: str) -> QuerySet[User]:
    """People whose name, login or mail address holds every word of ``text``; ``state`` narrows them down."""
    held = Membership.objects.on(timezone.localdate()).select_related("municipality", "division")
    found = User.objects.prefetch_related(Prefetch("memberships", held, to_attr="held"))
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(username__icontains=word) | Q(email__icontains=word))
    match state:
        case "operators":
            return found.filter(is_operator=True)
        case "stopped":
            return found.filter(is_active=False)
        case "none":
            return found.filter(is_operator=False).exclude(pk__in=held.values("user"))
        case _:
            return found


def jobs(state: str) -> QuerySet[Job]:
    """Jobs newest first, those in ``state`` where it is one."""
    found = Job.objects.select_related("municipality", "by")
    return found.filter(state=state) if state in JobState.values else found


def paged(request: HttpRequest, rows: QuerySet) -> Page:
    """The page that ``?page=`` names, the nearest where there is none such."""
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def _by(rows: Iterable[tuple[UUID, int]]) -> Mapping[UUID, int]:
    return dict(rows)

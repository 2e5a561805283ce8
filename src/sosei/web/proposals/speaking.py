"""Who speaks for a division on a day (the row-level rule), and who looks at what it wrote."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sosei.web.people.acting import today
from sosei.web.people.actor import Actor, Refused
from sosei.web.people.models import Division, Membership
from sosei.web.people.roles import DIVISION_ROLES, Right, Role


def own_divisions(actor: Actor, on: date, roles: Collection[str] = DIVISION_ROLES) -> frozenset[UUID]:
    """The divisions for which the person is clerk or head on ``on`` (``roles``: only as one of these)."""
    if actor.user is None:
        return frozenset()
    held = Membership.objects.on(on).filter(
        municipality=actor.municipality, user=actor.user, role__in=roles, division__isnull=False
    )
    return frozenset(held.values_list("division", flat=True))


def is_officer(actor: Actor) -> bool:
    """Whether the person may enter for any division (代理入力), because officers decide in the end."""
    return actor.may(Right.EDIT_PLAN)


def must_speak_for(actor: Actor, division: Division) -> bool:
    """Whether the person speaks for ``division`` as an officer (代理入力) and not as its own clerk or head.

    Raises Refused for who is neither today.
    """
    actor.must(Right.PROPOSE)
    if division.pk in own_divisions(actor, today()):
        return False
    if is_officer(actor):
        return True
    name = division.name_on(today())
    raise Refused(
        f"{name}の提案を見たり書いたりできるのは、今日{name}の担当課・担当課長である人と企画の担当者です",
        f"what {name} proposes is for its clerks and heads of today, and for planning officers",
    )


def is_head(actor: Actor, division: Division) -> bool:
    """Whether the person is head of ``division`` today."""
    return division.pk in own_divisions(actor, today(), {Role.HEAD})


def must_head(actor: Actor, division: Division) -> None:
    """Raises Refused unless the person is head of ``division`` today."""
    actor.must(Right.PROPOSE)
    if is_head(actor, division):
        return
    name = division.name_on(today())
    raise Refused(
        f"課内で差し戻せるのは、今日{name}の担当課長である人です",
        f"only a head of {name} hands back inside the division",
    )

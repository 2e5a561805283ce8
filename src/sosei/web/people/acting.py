"""What every act on people and divisions begins with: the right, the municipality locked, today."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from sosei.web.people.actor import Actor
from sosei.web.people.models import Municipality
from sosei.web.people.roles import Right


def today() -> date:
    """The day it is in the municipality's time."""
    return timezone.localdate()


def managed(actor: Actor, *, operator: bool = False) -> Municipality:
    """The actor's municipality, locked until the transaction ends, so that acts on it stand in a row.

    Raises Refused for who may not manage its people; ``operator``: the installation's operator may too.
    """
    if not (operator and actor.may(Right.OPERATE)):
        actor.must(Right.MANAGE_PEOPLE)
    return Municipality.objects.select_for_update().get(pk=actor.here.pk)

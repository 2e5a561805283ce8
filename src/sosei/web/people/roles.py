"""Roles, rights and the one table that says which role has which right (design: product, roles).

Nothing here knows a request or a row: ``ROLE_RIGHTS`` is what the pages, the acts and the written
table of the tests go by.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is in a municipality."""

    OFFICER = "officer"
    CLERK = "clerk"
    HEAD = "head"
    HEADQUARTERS = "headquarters"
    COUNCIL = "council"
    READER = "reader"


ROLE_NAMES: Mapping[str, tuple[str, str]] = {
    Role.OFFICER: ("企画", "Planning officer"),
    Role.CLERK: ("担当課", "Division clerk"),
    Role.HEAD: ("担当課長", "Division head"),
    Role.HEADQUARTERS: ("本部", "Headquarters"),
    Role.COUNCIL: ("委員", "Council member"),
    Role.READER: ("閲覧", "Reader"),
    "operator": ("運用", "Operator"),
}

ROLE_CHOICES = tuple((role.value, ROLE_NAMES[role][0]) for role in Role)
DIVISION_ROLES = frozenset({Role.CLERK, Role.HEAD})


class Right(StrEnum):
    """What a page or an act may ask for."""

    MEMBER = "member"  # any role in the municipality
    READ_ADOPTED = "read_adopted"  # adopted editions and their documents
    READ_DRAFT = "read_draft"  # the draft, what was changed in it
    READ_FINDINGS = "read_findings"  # the result of the review
    PROPOSE = "propose"  # propose changes of the draft for the own division (officers: for any, marked)
    EDIT_PLAN = "edit_plan"  # load plan files, change the draft, adopt
    READ_PEOPLE = "read_people"  # divisions, their history, who is responsible
    MANAGE_PEOPLE = "manage_people"  # staff, roles, divisions, assignments, settings
    READ_LOG = "read_log"
    OPERATE = "operate"  # tenants, users, backups, jobs of the installation


_READ = frozenset({Right.MEMBER, Right.READ_ADOPTED})
_INSIDE = _READ | {Right.READ_DRAFT, Right.READ_FINDINGS, Right.READ_PEOPLE}

# An operator runs the installation and reads no content; the log shows an operator who did what, not
# the old and new values.
ROLE_RIGHTS: Mapping[str, frozenset[Right]] = {
    Role.OFFICER: _INSIDE | {Right.PROPOSE, Right.EDIT_PLAN, Right.MANAGE_PEOPLE, Right.READ_LOG},
    Role.CLERK: _INSIDE | {Right.PROPOSE},
    Role.HEAD: _INSIDE | {Right.PROPOSE},
    Role.HEADQUARTERS: _INSIDE,
    Role.COUNCIL: _READ,
    Role.READER: _READ,
    "operator": frozenset({Right.OPERATE, Right.READ_LOG}),
}


def roles_with(right: Right) -> list[str]:
    """The roles that have ``right``, in the order of the table."""
    return [role for role, rights in ROLE_RIGHTS.items() if right in rights]

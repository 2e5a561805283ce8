"""Who does something: the person, from where, and with which rights in which municipality."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from sosei.values import Problem
from sosei.web.people.models import Division, Membership, Municipality, User
from sosei.web.people.roles import ROLE_NAMES, ROLE_RIGHTS, Right, roles_with


class Refused(Problem):
    """An act or page for which the person has no right; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person acting in a municipality (None: in the installation) from a network address.

    ``user`` is None for the command line, which its operating system's user answers for, and for the
    worker's own work; ``label`` then says which.
    """

    user: User | None
    municipality: Municipality | None
    address: str = ""
    roles: frozenset[str] = frozenset()
    divisions: tuple[Division, ...] = ()
    label: str = "コマンド"

    @property
    def name(self) -> str:
        """As the log shows the person."""
        return f"{self.user.name}（{self.user.username}）" if self.user else self.label

    @property
    def here(self) -> Municipality:
        """The municipality acted in, for acts that are of one."""
        if self.municipality is None:
            raise RuntimeError("this is done in a municipality")
        return self.municipality

    @property
    def rights(self) -> frozenset[Right]:
        """Everything the person's roles allow."""
        return frozenset().union(*(ROLE_RIGHTS[role] for role in self.roles))

    def may(self, right: Right) -> bool:
        """Whether the person has ``right``; the command line has every one."""
        return self.user is None or right in self.rights

    def must(self, right: Right) -> None:
        """Raises Refused, naming who may and what the person is, without ``right``."""
        if self.may(right):
            return
        allowed, own = ([ROLE_NAMES[role] for role in roles] for roles in (roles_with(right), self.roles))
        raise Refused(
            f"この操作ができるのは {'・'.join(ja for ja, _ in allowed)} です。"
            f"あなたの役割は {'・'.join(ja for ja, _ in own) or 'なし'} です。必要なら企画の担当者に役割を頼んでください",
            f"this is for: {', '.join(en for _, en in allowed)}; "
            f"your role: {', '.join(en for _, en in own) or 'none'}; ask a planning officer for a role",
        )


def actor_of(user: User, municipality: Municipality | None, address: str = "") -> Actor:
    """``user`` with the roles held in ``municipality`` today."""
    today = timezone.localdate()
    held = (
        list(
            Membership.objects.on(today)
            .filter(user=user, municipality=municipality)
            .select_related("division")
        )
        if municipality
        else []
    )
    roles = {membership.role for membership in held} | ({"operator"} if user.is_operator else set())
    divisions = tuple(m.division for m in held if m.division)
    return Actor(
        user=user,
        municipality=municipality,
        address=address,
        roles=frozenset(roles),
        divisions=divisions,
    )


def command_line(municipality: Municipality | None = None) -> Actor:
    """Whoever types commands on the machine itself."""
    return Actor(user=None, municipality=municipality)


def worker(municipality: Municipality | None = None) -> Actor:
    """What the worker does by itself, such as cutting old acts of the log."""
    return Actor(user=None, municipality=municipality, label="自動処理")

"""Municipalities, people with their roles, divisions with their history, and who is asked for what.

Every row but ``User`` belongs to one municipality (地方公共団体): it carries the municipality and no
query leaves it out.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from sosei.values import is_lg_code
from sosei.web.people.roles import ROLE_CHOICES


class Row(models.Model):
    """What every row has: a random identity, so that rows move between installations as they are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Dated(models.QuerySet):
    """Rows in force from ``since`` (None: always) until ``until`` (the first day no more; None: open).

    A row whose two days are one was never in force: what it was to bring about was changed before.
    """

    def on(self, day: date) -> Dated:
        """Rows in force on ``day``."""
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gt=day))

    def lasting_past(self, day: date) -> Dated:
        """Rows in force on ``day`` or on some day after it."""
        return self.filter(Q(until=None) | Q(until__gt=day)).exclude(since=F("until"))


class LivingDivisions(models.QuerySet):
    """Divisions by the days they are there."""

    def on(self, day: date) -> LivingDivisions:
        """Divisions that are there on ``day``."""
        return self.filter(Q(started_on=None) | Q(started_on__lte=day)).lasting_past(day)

    def lasting_past(self, day: date) -> LivingDivisions:
        """Divisions that are there on ``day`` or will be."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day))


def lg_code(code: str) -> None:
    """Accept a 団体コード of six digits with its check digit."""
    if not is_lg_code(code):
        raise ValidationError(
            f"団体コード「{code}」が正しくありません（6桁の数字で、最後の1桁は検査数字です）"
        )


class Municipality(Row):
    """A tenant: one municipality (地方公共団体) with its 団体コード and its own settings."""

    code = models.CharField(max_length=6, unique=True, validators=[lg_code])
    name = models.CharField(max_length=100)
    prefecture = models.CharField(max_length=10, blank=True)
    second_factor_required = models.BooleanField(default=False)
    session_minutes = models.PositiveIntegerField(default=60)
    log_years = models.PositiveIntegerField(default=5)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The code's check digit, also where no form stands before."""
        lg_code(self.code)


class UserManager(BaseUserManager):
    """Makes users by name."""

    def create_user(self, username: str, password: str | None = None, **more: Any) -> User:
        """A user with a hashed password (None: cannot sign in with a password yet)."""
        user = self.model(username=self.model.normalize_username(username), **more)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person who signs in; what the person may do stands in memberships.

    ``is_operator`` 運用: runs the installation and sees no content.  ``is_sample`` marks an invented login.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name or self.username


class Division(Row):
    """A division (担当課) as an organisation: it keeps its identity when it is renamed.

    ``key`` is the one that plans know it by.  ``ended_on`` is the first day on which it is no more.
    ``name`` is the last one; a renaming may lie ahead, so the one of a day is ``name_on``.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="divisions")
    key = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    order = models.PositiveIntegerField(default=0)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = LivingDivisions.as_manager()

    class Meta:
        ordering = ("order", "name")
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="division_key")]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: date) -> str:
        """What the division was, is or will be called on ``day``; reads ``former_names``."""
        former = [each for each in self.former_names.all() if each.until > day]
        return min(former, key=lambda each: each.until).name if former else self.name


class DivisionName(Row):
    """A name a division had until ``until`` (exclusive); the present one stands in the division."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=100)
    until = models.DateField()

    class Meta:
        ordering = ("until",)


class DivisionSuccession(Row):
    """On a day, the work of one division went to another (merged, split, abolished into)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="successions")
    before = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="successions")
    after = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="predecessions")
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("on",)
        constraints = [models.UniqueConstraint(fields=["before", "after", "on"], name="succession_once")]


class Membership(Row):
    """One role of one person in one municipality; clerks and heads act for a division.

    A role taken away keeps its row with ``until``: where a person once belonged stays known.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = Dated.as_manager()

    class Meta:
        ordering = ("user__username", "role")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "user", "role"],
                condition=Q(division=None, until=None),
                name="membership_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "user", "role", "division"],
                condition=Q(until=None),
                name="membership_once_in_division",
            ),
        ]


class Assignment(Row):
    """A division is responsible for a record of the plans from a day on (主担当 or 関係課).

    ``key`` is the record's: an indicator, a measure, a project.  The edition names divisions as it was
    adopted; this says who is asked now.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="assignments")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="assignments")
    plan_key = models.CharField(max_length=10)
    key = models.CharField(max_length=10)
    is_main = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ("since",)
        indexes = [models.Index(fields=["municipality", "plan_key", "key"])]


class Reorganisation(Row):
    """One reorganisation (組織改編): what it was, from which day, and exactly which rows it wrote.

    ``rows`` is JSON text for taking it back, ``words`` for reading it.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="reorganisations")
    no = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    words = models.TextField()
    rows = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-no",)
        constraints = [models.UniqueConstraint(fields=["municipality", "no"], name="reorganisation_no")]

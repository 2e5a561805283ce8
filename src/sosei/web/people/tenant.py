"""A municipality: how it is added, and its own settings (logged with old and new)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from django.db import IntegrityError, transaction

from sosei.values import Problem
from sosei.web.journal.record import record
from sosei.web.people.acting import managed
from sosei.web.people.actor import Actor
from sosei.web.people.codes import checked_code
from sosei.web.people.models import Municipality
from sosei.web.people.person import NAME_LENGTH, one_line
from sosei.web.people.roles import Right

SESSION_MINUTES = range(5, 481)
LOG_YEARS = range(1, 31)
PREFECTURE_LENGTH = 10


def add_municipality(
    actor: Actor, code: str, name: str, prefecture: str, *, is_sample: bool = False
) -> Municipality:
    """A new municipality; raises Problem where it is there already.  It is told in both chains."""
    actor.must(Right.OPERATE)
    code = checked_code(code)
    name = one_line(name, NAME_LENGTH, "市町村の名前", "the municipality's name")
    prefecture = one_line(prefecture, PREFECTURE_LENGTH, "都道府県", "the prefecture") if prefecture else ""
    facts = {"code": code, "name": name, "prefecture": prefecture}
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = Municipality.objects.create(**facts, is_sample=is_sample)
        except IntegrityError:
            there = Municipality.objects.get(code=code)
            raise Problem(
                f"{there.name}（{code}）はもうあります", f"{there.name} ({code}) is there already"
            ) from None
        for chain in (None, made):
            record(replace(actor, municipality=chain), "municipality.created", name, new=facts)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantSettings:
    """What a municipality decides for itself; minutes without a click until signing in anew, years of the log."""

    name: str
    second_factor_required: bool
    session_minutes: int
    log_years: int


def settings_of(municipality: Municipality) -> TenantSettings:
    """The settings as they are."""
    return TenantSettings(
        name=municipality.name,
        second_factor_required=municipality.second_factor_required,
        session_minutes=municipality.session_minutes,
        log_years=municipality.log_years,
    )


def change_settings(actor: Actor, wanted: TenantSettings) -> Municipality:
    """Set what differs; raises Problem for a number out of its range or an empty name."""
    with transaction.atomic():
        municipality = managed(actor, operator=True)
        one_line(wanted.name, NAME_LENGTH, "市町村の名前", "the municipality's name")
        _within(
            wanted.session_minutes,
            SESSION_MINUTES,
            "無操作でサインアウトするまでの分",
            "minutes of a session",
        )
        _within(wanted.log_years, LOG_YEARS, "記録を残す年数", "years of the log")
        old, new = asdict(settings_of(municipality)), asdict(wanted)
        changed = [name for name in new if old[name] != new[name]]
        if changed:
            for name in changed:
                setattr(municipality, name, new[name])
            municipality.save(update_fields=changed)
            record(
                actor,
                "municipality.changed",
                municipality.name,
                old={name: old[name] for name in changed},
                new={name: new[name] for name in changed},
            )
    return municipality


def _within(value: int, allowed: range, ja: str, en: str) -> None:
    if value not in allowed:
        raise Problem(
            f"{ja}は{allowed[0]}から{allowed[-1]}までです（入力: {value}）",
            f"{en}: from {allowed[0]} to {allowed[-1]} (found: {value})",
        )

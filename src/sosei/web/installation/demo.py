"""The demonstration: both example cities with their plans, a city that has none yet, a login for every role.

Cities and figures are real and published; the logins are invented and marked サンプル, and so is the
third municipality.  Made once in its folder: what a visitor changed is still there the next time,
only the password is new.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from sosei.plan.examples import example_paths
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Set
from sosei.plan.reading import load_plan
from sosei.web.installation import people
from sosei.web.installation.demo_comment import sample_comment
from sosei.web.installation.demo_population import sample_scenario
from sosei.web.people import staff
from sosei.web.people.actor import Actor, actor_of, command_line
from sosei.web.people.models import Division, Membership, Municipality, User
from sosei.web.people.person import checked
from sosei.web.people.roles import DIVISION_ROLES, ROLE_NAMES, Role
from sosei.web.people.tenant import add_municipality
from sosei.web.plans.acts import Adoption, adopt, begin_revision, load_file, operate
from sosei.web.plans.models import Draft, Edition, Plan

_HITOYOSHI, _ASO = "432032", "432148"
_SAMPLE = "990019"  # no prefecture has the number 99
_TITLE = "公表資料からの登録（例）"
_SPACED = "結婚・出産・子育ての 希望をかなえる"


@dataclass(frozen=True, slots=True)
class Login:
    """An invented person: login name, what is written before （サンプル）, municipality, role."""

    login: str
    name: str
    code: str
    role: str


LOGINS = (
    Login("kikaku", "企画 はるか", _HITOYOSHI, Role.OFFICER),
    Login("tanto", "担当 みのる", _HITOYOSHI, Role.CLERK),
    Login("kacho", "課長 さとし", _HITOYOSHI, Role.HEAD),
    Login("honbu", "本部 けいこ", _HITOYOSHI, Role.HEADQUARTERS),
    Login("iin", "委員 たかし", _HITOYOSHI, Role.COUNCIL),
    Login("etsuran", "閲覧 ひとみ", _HITOYOSHI, Role.READER),
    Login("aso", "企画 あきら", _ASO, Role.OFFICER),
    Login("hajime", "企画 はじめ", _SAMPLE, Role.OFFICER),
    Login("unyo", "運用 まもる", "", "operator"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A login as the demonstration prints it: role and place in both languages."""

    login: str
    role: tuple[str, str]
    place: tuple[str, str]


def demo_password() -> str:
    """One password for every invented login: short to type, new each time."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    ends = ("".join(secrets.choice(letters) for _ in range(4)) for _ in range(2))
    return "-".join(("mihon", *ends))


def make_demo(password: str) -> list[Shown]:
    """Make what is not there yet, give every invented login ``password``; the logins to print."""
    for document, data in _examples():
        city = document.municipality
        _municipality(city.code, city.name, city.prefecture)
        for login in LOGINS:
            if login.code == city.code and login.role not in DIVISION_ROLES:
                _person(login)
        officer = _officer(city.code)
        _plan(document, data, officer)
        sample_scenario(officer, Municipality.objects.get(code=city.code))
        for login in LOGINS:
            if login.code == city.code and login.role in DIVISION_ROLES:
                _person(login, _division(city.code, document))
    _municipality(_SAMPLE, "創生市（サンプル）", "", is_sample=True)
    for login in LOGINS:
        if login.code in ("", _SAMPLE):
            _person(login)
    hashed = make_password(password)
    User.objects.filter(is_sample=True).update(password=hashed, must_change_password=False, is_active=True)
    return [_shown(login) for login in LOGINS]


def _examples() -> Iterator[tuple[Document, bytes]]:
    for path in example_paths():
        data = path.read_bytes()
        yield load_plan(data), data


def _municipality(code: str, name: str, prefecture: str, *, is_sample: bool = False) -> None:
    if not Municipality.objects.filter(code=code).exists():
        add_municipality(command_line(), code, name, prefecture, is_sample=is_sample)


def _person(login: Login, division: Division | None = None) -> None:
    if staff.find_user(login.login):
        return
    municipality = Municipality.objects.filter(code=login.code).first()
    place = None
    if municipality is not None:
        place = people.Place(municipality=municipality, role=login.role, division=division)
    user = people.add_person(checked(login.login, f"{login.name}（サンプル）"), place, is_sample=True)
    if place is None:
        people.set_operator(user, operator=True)


def _officer(code: str) -> Actor:
    login = next(each for each in LOGINS if each.code == code and each.role == Role.OFFICER)
    return actor_of(User.objects.get(username=login.login), Municipality.objects.get(code=code))


def _division(code: str, document: Document) -> Division:
    """The first division that the plan names."""
    return Division.objects.get(municipality__code=code, name=document.divisions[0].name)


def _plan(document: Document, data: bytes, actor: Actor) -> None:
    """The published plan as an edition; for the first city a draft on it, with a public comment."""
    if Edition.objects.filter(municipality=actor.municipality).exists():
        return
    draft = Draft.objects.filter(municipality=actor.municipality, is_open=True).first()
    draft = draft or load_file(actor, data)
    on, reason = _adopted(document)
    edition = adopt(actor, draft, Adoption(title=_TITLE, on=on, length=draft.length, reason=reason))
    if changes := list(_sample_changes(document)):
        revision = begin_revision(actor, Plan.objects.get(pk=edition.plan_id))
        operate(actor, revision, changes)
        sample_comment(actor, revision)


def _adopted(document: Document) -> tuple[date, str]:
    """The day and reason of the edition: the published month where there is one, and what the day is not."""
    printed = document.adopted
    if printed and printed.when:
        return printed.when.first_day, (
            f"公表資料からの登録（例）です。策定の時期は資料に「{printed.text}」とあり、日は仮のものです。"
        )
    return timezone.localdate(), (
        "公表資料からの登録（例）です。資料に策定の日の印字がないため、日付は取り込んだ日です。"
    )


def _sample_changes(document: Document) -> Iterator[Set]:
    """Two changes of wording that leave every figure alone."""
    for goal in document.elements:
        if goal.name == _SPACED:
            yield Set(
                key=goal.key,
                field="name",
                old=goal.name,
                new=goal.name.replace(" ", ""),
                reason="見出しの中の空白を詰める（サンプル）",
            )
        elif goal.label == "基本目標１":
            yield Set(
                key=goal.key,
                field="label",
                old=goal.label,
                new="基本目標1",
                reason="ほかの基本目標と数字の字形をそろえる（サンプル）",
            )


def _shown(login: Login) -> Shown:
    role_ja, role_en = ROLE_NAMES[login.role]
    held = (
        Membership.objects.filter(user__username=login.login)
        .select_related("municipality", "division")
        .first()
    )
    if held is None:
        return Shown(login.login, (role_ja, role_en), ("全体", "the installation"))
    place = " ".join(filter(None, (held.municipality.name, held.division.name if held.division else "")))
    if held.municipality.is_sample:
        return Shown(login.login, (role_ja, role_en), (f"{place} 計画がまだない", f"{place} no plan yet"))
    return Shown(login.login, (role_ja, role_en), (place, place))

"""Two cities in one installation, and what stands for each parameter of an address in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.web.conftest import CITIES, EXAMPLES

ROLES = ("officer", "clerk", "head", "headquarters", "council", "reader")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class City:
    """A municipality with an adopted edition and an open draft of its plan."""

    municipality: Any
    officer: Any
    plan: Any
    edition: Any
    draft: Any
    job: Any


# What an address is made of, by the parameter's name; a parameter that means something else in one
# address has a row of its own, (address, parameter).
SAMPLES: Mapping[str | tuple[str, str], Callable[[City], object]] = {
    "code": lambda city: city.municipality.code,
    "plan": lambda city: city.plan.key,
    "version": lambda _: "current",
    "person": lambda city: city.officer.pk,
    "held": lambda city: city.officer.memberships.get(municipality=city.municipality).pk,
    "division": lambda city: _division(city).pk,
    "reorganisation": lambda city: _reorganisation(city).pk,
    ("people_assignment", "key"): lambda city: _document(city).elements[0].key,
    ("people_assign", "key"): lambda city: _document(city).elements[0].key,
    "no": lambda _: 1,
    "comment": lambda city: _comment(city, published=False).pk,
    ("comment", "comment"): lambda city: _comment(city, published=True).pk,
    ("comment_document", "comment"): lambda city: _comment(city, published=True).pk,
    ("population_compare_file", "name"): lambda _: "scenarios",
    ("population_compare_file", "form"): lambda _: "csv",
    "scenario": lambda city: _scenario(city).pk,
    "opinion": lambda city: _comment(city, published=False).opinions.get().pk,
    "job": lambda city: city.job.pk,
    ("element", "key"): lambda city: _document(city).elements[0].key,
    ("registry_indicator", "key"): lambda city: _document(city).indicators[0].key,
    ("write_branch", "key"): lambda city: _document(city).elements[0].key,
    ("write_element", "key"): lambda city: _document(city).elements[0].key,
    ("write_tree_move", "key"): lambda city: _document(city).elements[0].children[-1].key,
    ("write_tree_remove", "key"): lambda city: _document(city).elements[0].children[-1].key,
    ("write_note_hang", "key"): lambda city: _note(city).key,
    ("write_note_unhang", "key"): lambda city: _note(city).key,
    "collection": lambda _: "chapters",
    ("write_grid", "key"): lambda city: _document(city).elements[0].key,
    ("write_indicator_new", "key"): lambda city: _document(city).elements[0].key,
    ("write_placement", "key"): lambda city: _document(city).elements[0].placements[0].key,
    ("write_placement_move", "key"): lambda city: _document(city).elements[0].placements[0].key,
    ("write_placement_remove", "key"): lambda city: _document(city).elements[0].placements[0].key,
    ("write_indicator", "key"): lambda city: _document(city).indicators[0].key,
    ("write_indicator_continue", "key"): lambda city: _document(city).indicators[0].key,
    ("write_record", "key"): lambda city: _document(city).elements[0].key,
    ("write_remove", "key"): lambda city: _document(city).elements[0].children[-1].key,
    "upload": lambda city: _upload(city).pk,
    **dict.fromkeys(
        [(f"population_upload{what}", "upload") for what in ("", "_progress", "_accept", "_again", "_drop")],
        lambda city: _population_upload(city).pk,
    ),
    "table": lambda city: _population_table(city).pk,
    "place": lambda _: "census",
    "offers": lambda _: "indicators",
    "page": lambda _: "はじめに",
    ("help_picture", "name"): lambda _: "計画の階層.svg",
    ("population_file", "name"): lambda _: "total",
    ("population_file", "form"): lambda _: "svg",
    "change_request": lambda city: _asked(city).request_id,
    "proposal": lambda city: _proposal(city).pk,
    "rule": lambda _: "TWN01",
    ("indicator", "key"): lambda city: _document(city).indicators[0].key,
}
# Parameters that name no row of a municipality: the other city's value is no other value.
NO_ROW = frozenset({"page", "name", "form", "rule", "offers", "collection", "code", "version", "no", "place"})


def sample(name: str, parameter: str, city: City) -> object:
    """What stands for ``parameter`` in the address ``name``."""
    found = SAMPLES.get((name, parameter)) or SAMPLES.get(parameter)
    assert found is not None, f"{name}: tests/web/access_samples.py has no sample for <{parameter}>"
    return found(city)


@dataclass(frozen=True)
class Installation:
    """人吉市 (``here``), the other tenant 阿蘇市 (``there``), and a client for each column of the table."""

    here: City
    there: City
    clients: Mapping[str, Client]


def make_installation() -> Installation:
    """Both cities in the database, with one person for each role of the first."""
    from sosei.web.journal.record import record
    from sosei.web.people.actor import command_line

    here, there = (_city(name) for name in CITIES)
    with transaction.atomic():
        record(command_line(), "municipality.created", there.municipality.name)
    clients = {role: _client(_person(role, here.municipality)) for role in ROLES}
    clients["operator"] = _client(_person(None, None, is_operator=True))
    clients["other"] = _client(there.officer)
    clients["nobody"] = _client(_person(None, None))
    clients["anonymous"] = Client()
    return Installation(here, there, clients)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever a request does in it is undone, so that no row of the table depends on another."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _city(name: str) -> City:
    from sosei.web.people.actor import actor_of
    from sosei.web.people.models import Municipality
    from sosei.web.plans.acts import Adoption, adopt, begin_revision, load_file

    code, words = CITIES[name]
    municipality = Municipality.objects.create(code=code, name=words, prefecture="熊本県")
    officer = _person("officer", municipality, username=f"first-{name}")
    actor = actor_of(officer, municipality, "192.0.2.1")
    draft = load_file(actor, EXAMPLES[name].read_bytes())
    edition = adopt(actor, draft, Adoption(title="策定", on=date(2025, 9, 1), length=draft.length))
    revision = begin_revision(actor, edition.plan)
    return City(municipality, officer, edition.plan, edition, revision, _finished_job(municipality, edition))


def _finished_job(municipality: Any, edition: Any) -> Any:
    """A list of KPIs that was made; its file is there."""
    from sosei.web.jobs import files
    from sosei.web.jobs.kinds import Asked, Shape
    from sosei.web.jobs.models import Job, JobState
    from sosei.web.plans.states import State

    asked = Asked(
        kind="kpi-list", of=State.of_edition(edition.plan.key, edition), shape=Shape.PDF_A4, year=2024
    )
    job = Job.objects.create(
        municipality=municipality,
        kind=asked.kind,
        parameters=json.dumps(asked.as_json()),
        rights=" ".join(asked.rights),
        fingerprint="0" * 64,
        title_ja="KPI一覧（PDF）",
        title_en="KPI list (PDF)",
        state=JobState.DONE,
        file_name="kpi.pdf",
        finished_at=timezone.now(),
    )
    Job.objects.filter(pk=job.pk).update(file=files.place_of(job, "pdf"))
    files.write(files.place_of(job, "pdf"), b"%PDF-")
    return job


def _division(city: City) -> Any:
    """The city's first division; a plan that names none leaves it to be made."""
    from sosei.web.people.models import Division

    first = Division.objects.filter(municipality=city.municipality).first()
    return first or Division.objects.create(municipality=city.municipality, key="d000000001", name="企画課")


def _reorganisation(city: City) -> Any:
    """A renaming of the city's first division."""
    from sosei.web.people.actor import actor_of
    from sosei.web.people.models import Reorganisation
    from sosei.web.people.reorganisation import Kind, Wish, preview, window
    from sosei.web.people.reorganising import reorganise

    if found := Reorganisation.objects.filter(municipality=city.municipality).first():
        return found
    wish = Wish(
        kind=Kind.RENAME, on=window(date.today())[1], sources=(_division(city),), new_names=("新しい課",)
    )
    actor = actor_of(city.officer, city.municipality)
    return reorganise(actor, wish, preview(city.municipality, wish).state)


def _scenario(city: City) -> Any:
    """A population scenario that everybody in the city may see."""
    from sosei.population.scenario_files import preset_scenario
    from sosei.web.population.models import SavedScenario

    name = "サンプルの展望"
    data = preset_scenario("pattern3").model_dump(mode="json") | {"name": {"ja": name, "en": "A sample"}}
    return SavedScenario.objects.get_or_create(
        municipality=city.municipality,
        name=name,
        defaults={"data": json.dumps(data), "is_shown": True, "by": city.officer},
    )[0]


def _comment(city: City, *, published: bool) -> Any:
    """A public comment on the city's draft, with one opinion; for readers its result has to be published."""
    from sosei.web.comments.acts import publish
    from sosei.web.comments.models import PublicComment
    from sosei.web.comments.opinions import SaidOpinion, add
    from sosei.web.people.actor import actor_of

    if found := PublicComment.objects.filter(
        municipality=city.municipality, published_on__isnull=not published
    ).first():
        return found
    comment = PublicComment.objects.create(
        municipality=city.municipality,
        plan=city.plan,
        draft=city.draft,
        title="意見募集",
        since=date(2025, 1, 6),
        until=date(2025, 2, 5),
    )
    actor = actor_of(city.officer, city.municipality)
    said = SaidOpinion(summary="バスを増やしてほしい。", answer="検討します。", outcome="reference")
    add(actor, comment, uuid4(), said)
    if published:
        publish(actor, comment)
    return comment


def _asked(city: City) -> Any:
    """A change request on the draft to the city's first division."""
    from sosei.web.proposals.models import AskedDivision, ChangeRequest

    request, _ = ChangeRequest.objects.get_or_create(
        municipality=city.municipality, draft=city.draft, defaults={"title": "照会", "due": date(2030, 3, 31)}
    )
    asked, _ = AskedDivision.objects.get_or_create(
        municipality=city.municipality, request=request, division=_division(city)
    )
    return asked


def _proposal(city: City) -> Any:
    """Another name for the first goal, sent."""
    from sosei.plan.operations import Set
    from sosei.web.proposals.models import Proposal
    from sosei.web.proposals.stored import operations_text

    goal = _document(city).elements[0]
    operation = Set(key=goal.key, field="name", old=goal.name, new="別の名", reason="見直し")
    now = timezone.now()
    proposal, _ = Proposal.objects.get_or_create(
        municipality=city.municipality,
        asked=_asked(city),
        key=goal.key,
        field="name",
        defaults={
            "operations": operations_text([operation]),
            "reason": "見直し",
            "state": "sent",
            "at": now,
            "sent_at": now,
        },
    )
    return proposal


def _note(city: City) -> Any:
    """The first note of the city's draft; a plan without one gets one."""
    from sosei.plan.operations import Add, Location
    from sosei.web.people.actor import actor_of
    from sosei.web.plans.acts import operate
    from sosei.web.plans.store import draft_document

    if not draft_document(city.draft).notes:
        note = {"key": "n000000001", "kind": "term", "mark": "※", "text": {"text": "注（サンプル）"}}
        to = Location(parent=city.plan.key, collection="notes")
        operate(actor_of(city.officer, city.municipality), city.draft, [Add(to=to, record=note)])
        city.draft.refresh_from_db()
    return draft_document(city.draft).notes[0]


def _upload(city: City) -> Any:
    """A table that was pasted for the city's draft and waits."""
    from sosei.web.people.actor import actor_of
    from sosei.web.workbooks.acts import hand_in_block
    from sosei.web.workbooks.blocks import Way

    way = Way(columns=("name", "target"), first=1, at=_document(city).elements[0].key)
    actor = actor_of(city.officer, city.municipality)
    return hand_in_block(actor, city.draft, "指標名\t目標値\nサンプルの指標\t10件", way)


def _population_table(city: City) -> Any:
    """A census of the city that was in use and is not any more."""
    from sosei.web.population.models import PopulationTable

    table, _ = PopulationTable.objects.get_or_create(
        municipality=city.municipality,
        place="census",
        defaults={
            "content": _census(city),
            "name": "census.csv",
            "sha256": "0" * 64,
            "replaced_at": timezone.now(),
        },
    )
    return table


def _population_upload(city: City) -> Any:
    """A census of the city that was read and waits."""
    from sosei.web.population.models import PopulationUpload

    upload, _ = PopulationUpload.objects.get_or_create(
        municipality=city.municipality,
        place="census",
        defaults={"content": _census(city), "name": "census.csv", "data": b"", "size": 1, "state": "ready"},
    )
    return upload


def _census(city: City) -> str:
    from sosei.web.population.facts import area_of
    from sosei.web.population.kept import dump_reading
    from sosei.web.population.place_files import shipped_reading

    census = shipped_reading("census", city.municipality)
    assert census is not None
    return dump_reading(census, area_of(city.municipality))


def _document(city: City) -> Any:
    from sosei.web.plans.store import edition_document

    return edition_document(city.edition)


def _person(role: str | None, municipality: Any, *, username: str = "", is_operator: bool = False) -> Any:
    from sosei.web.people.models import Membership, User
    from sosei.web.people.roles import DIVISION_ROLES

    name = username or role or ("operator" if is_operator else "nobody")
    user = User.objects.create_user(
        name, "not asked for in these tests", name=f"{name}（サンプル）", is_operator=is_operator
    )
    if role is not None:
        division = municipality.divisions.first() if role in DIVISION_ROLES else None
        Membership.objects.create(municipality=municipality, user=user, role=role, division=division)
    return user


def _client(user: Any) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(user, backend=BACKEND)
    return client

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

Change = Callable[[dict[str, bytes], dict[str, Any]], object]


def quiet(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def rows_of(labels: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Every row of these models, bytes included, in an order that does not depend on the database."""
    from django.apps import apps

    found = {}
    for label in labels:
        values = apps.get_model(label)._base_manager.values()
        rows = [
            {name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()} for row in values
        ]
        found[label] = sorted(rows, key=lambda row: str(row["id"]))
    return found


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that a backup promises."""
    from sosei.web.installation.carried import CARRIED

    return rows_of(each.model for each in CARRIED)


def empty_database() -> None:
    """As a fresh installation's: tables without a row, nothing kept in memory."""
    from django.core.management import call_command

    from sosei.web.plans import store

    call_command("flush", interactive=False, verbosity=0)
    store.DRAFTS.clear()
    for cached in (store._edition_document, store._start):
        cached.cache_clear()


def rewrite(source: Path, target: Path, change: Change) -> Path:
    """The archive with ``change(parts, manifest)`` applied, hashes and sizes made right again."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    change(parts, manifest)
    for name, data in parts.items():
        manifest["parts"][name] = {"bytes": len(data), "sha256": sha256(data).hexdigest()}
    manifest["parts"] = {name: manifest["parts"][name] for name in parts}
    return pack(target, parts, json.dumps(manifest).encode())


def pack(target: Path, parts: dict[str, bytes], manifest: bytes) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        archive.writestr("manifest.json", manifest)
    return target


def edit_row(parts: dict[str, bytes], label: str, change: Callable[[dict[str, Any]], object]) -> None:
    """``change`` applied to the first row of a model."""
    name = f"rows/{label.lower()}.jsonl"
    first, rest = parts[name].split(b"\n", 1)
    row = json.loads(first)
    change(row)
    parts[name] = json.dumps(row).encode() + b"\n" + rest


@pytest.fixture
def two_cities(adopted: Callable[[str], Any], person: Callable[..., Any]) -> dict[str, Any]:
    """Both cities with an edition, one with an open draft, a clerk, an operator who acted, a second factor."""
    from allauth.mfa.models import Authenticator

    from sosei.plan.operations import Set
    from sosei.web.comments.acts import Said, begin
    from sosei.web.comments.opinions import SaidOpinion, add
    from sosei.web.people.acting import today
    from sosei.web.people.actor import Actor, actor_of, command_line
    from sosei.web.people.models import Division, User
    from sosei.web.people.staff import grant
    from sosei.web.plans.acts import begin_revision, operate, undo

    editions = {name: adopted(name) for name in ("hitoyoshi", "aso")}
    city = editions["aso"].municipality
    plan = editions["aso"].plan
    officer = User.objects.get(username=f"officer-{city.code}")
    actor = actor_of(officer, city, "192.0.2.1")
    draft = begin_revision(actor, plan)
    (row,) = operate(
        actor,
        draft,
        [Set(key=plan.key, field="catchphrase", old="大自然とともにワクワクする未来へ", new=None)],
    )
    undo(actor, row)
    comment = begin(
        actor, draft, uuid4(), Said(title="意見募集", since=today(), until=today(), people=3, sent="郵送")
    )
    add(actor, comment, uuid4(), SaidOpinion(summary="惜しい。\n残してほしい。", operation=str(row.pk)))
    operator = person("operator")
    division = Division.objects.create(
        municipality=city, key="d000000001", name="企画財政課", started_on=today()
    )
    acting = Actor(user=operator, municipality=city, roles=frozenset({"operator"}))
    grant(acting, person(None, username="clerk-aso"), "clerk", division)
    _accepted_proposal(actor, draft, division)
    _census(actor)
    grant(command_line(editions["hitoyoshi"].municipality), officer, "reader")
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DP"})
    return editions


def _accepted_proposal(actor: Any, draft: Any, division: Any) -> None:
    """A change request with a proposal that went into the draft."""
    from sosei.plan.operations import Set
    from sosei.web.people.acting import today
    from sosei.web.plans.store import draft_document
    from sosei.web.proposals.asking import Asking, open_request
    from sosei.web.proposals.deciding import accept
    from sosei.web.proposals.models import Proposal
    from sosei.web.proposals.stored import operations_text

    asking = Asking(key=uuid4(), title="照会", text="", due=today(), divisions=[division])
    goal = draft_document(draft).elements[0]
    proposal = Proposal.objects.create(
        municipality=actor.municipality,
        asked=open_request(actor, draft, asking).asked.get(),
        key=goal.key,
        field="name",
        operations=operations_text([Set(key=goal.key, field="name", old=goal.name, new="別の名")]),
        reason="見直し",
        state="sent",
        by=actor.user,
        at=timezone.now(),
        sent_at=timezone.now(),
    )
    accept(actor, proposal)


def _census(actor: Any) -> None:
    """A census of 2015 of the office's own (サンプル), in use."""
    from sosei.formats.population_reading import Group, Reading, Sums
    from sosei.population.panel import Origin
    from sosei.web.population.facts import area_of
    from sosei.web.population.kept import dump_reading
    from sosei.web.population.models import Place, PopulationTable

    area = area_of(actor.municipality)
    origin = Origin("国勢調査（サンプル）", "", "", "entered")
    sums = Sums((area,), {(area.code, 2015, Group.TOTAL): 27018.5}, origin)
    PopulationTable.objects.create(
        municipality=actor.municipality,
        place=Place.CENSUS,
        content=dump_reading(Reading(areas=(area,), sums=sums), area),
        name="国勢調査.csv",
        sha256="0" * 64,
        remarks='[["注", "note"]]',
        by=actor.user,
    )


@pytest.fixture
def archive_copy() -> Callable[[Path], dict[str, bytes]]:
    """The parts of an archive by name."""

    def read(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    return read

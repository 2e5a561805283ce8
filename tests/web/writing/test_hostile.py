"""Hostile texts through the forms: stored as typed, and harmless on every page and in every document."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.urls import reverse
from lxml import etree

from sosei.plan.base import Node
from sosei.plan.model import Plan
from sosei.plan.walk import nodes
from sosei.plan.writing import data_of
from sosei.web.writing.editors import Around
from sosei.web.writing.fields import editor_of, field_names
from tests.web.access_samples import City, sample
from tests.web.test_access import ADDRESSES, GET
from tests.web.writing.conftest import Writer
from tests.web.writing.hostile import FORMULAS, HARMLESS, MARKUP, TEMPLATE, everything, harm_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BOTH = MARKUP + TEMPLATE


def typed_into(plan: Plan, node: Node, texts: Iterator[str]) -> dict[str, str]:
    """A form of ``node`` with a hostile text in every input that takes text, the rest as it is."""
    sent = {"key": node.key}
    around = Around(plan)
    data = data_of(node)
    for name in field_names(type(node)):
        sent[f"was.{name}"] = json.dumps(data.get(name), ensure_ascii=False)
        for each in editor_of(node, name).shown(name, data.get(name), around).all:
            is_free = not each.options and not each.offers and each.name not in ("code", "no")
            sent[each.name] = next(texts) if is_free else each.value
    return sent


def poison(here: Writer, texts: Iterator[str]) -> None:
    """Type hostile texts into every record of the draft through its form."""
    for key in [node.key for node in nodes(here.plan)]:
        node = next(each for each in nodes(here.plan) if each.key == key)
        answer = here.client.post(
            f"{here.base}save/", typed_into(here.plan, node, texts), headers={"accept": "application/json"}
        )
        assert answer.status_code == 200
        for name, outcome in answer.json()["fields"].items():
            assert outcome["state"] in ("saved", "same", "problem"), (type(node), name, outcome)
            assert outcome["message"] if outcome["state"] == "problem" else True
        _shown_again(here, node, texts)


def _shown_again(here: Writer, node: Node, texts: Iterator[str]) -> None:
    """Without script what cannot be kept comes back with everything typed, in the page."""
    sent = typed_into(here.plan, next(each for each in nodes(here.plan) if each.key == node.key), texts)
    answer = here.client.post(f"{here.base}save/", sent)
    assert answer.status_code in (302, 400)
    assert harm_in(answer.content.decode()) == []


@dataclass(frozen=True)
class Desk:
    """The poisoned plan: an edition of it, and a draft that was poisoned again."""

    writer: Writer
    city: City


@pytest.fixture
def desk(writer: Callable[..., Writer], sample: Plan) -> Callable[[list[str]], Desk]:
    from sosei.web.jobs.acts import request_job
    from sosei.web.jobs.kinds import Asked, Shape
    from sosei.web.plans.acts import Adoption, adopt, begin_revision
    from sosei.web.plans.states import State

    def sit(texts: list[str]) -> Desk:
        here = writer("hitoyoshi", everything(sample))
        poison(here, cycle(texts))
        here.draft.refresh_from_db()
        how = Adoption(title=texts[0], on=date(2025, 9, 1), length=here.draft.length, reason=texts[0])
        edition = adopt(here.actor, here.draft, how)
        here.draft = begin_revision(here.actor, edition.plan)
        poison(here, cycle([f"{texts[-1]}2", *texts]))
        here.draft.refresh_from_db()
        asked = Asked(
            kind="kpi-list", of=State.of_edition(edition.plan.key, edition), shape=Shape.XLSX, year=2024
        )
        job = request_job(here.actor, asked)
        city = City(here.draft.municipality, here.actor.user, edition.plan, edition, here.draft, job)
        _say(here, city, texts)
        return Desk(here, city)

    return sit


def _say(here: Writer, city: City, texts: list[str]) -> None:
    """What is said beside the plan: a public comment, opinions, reasons, an element with a hostile name."""
    from sosei.web.comments import acts
    from sosei.web.comments.acts import Said
    from sosei.web.comments.opinions import SaidOpinion, add

    said = Said(title=texts[0], since=date(2025, 1, 6), until=date(2025, 2, 5))
    comment = acts.begin(here.actor, here.draft, uuid4(), said)
    comment.municipality, comment.plan = city.municipality, city.plan
    for text in texts:
        opinion = SaidOpinion(summary=text, answer=text, outcome="revised", change=text, place=text[:100])
        add(here.actor, comment, uuid4(), opinion)
    acts.publish(here.actor, comment)
    parent = here.plan.elements[0].key
    row = {"parent": parent, "key.0": "hostile001", "label.0": "施策⑨", "name.0": texts[0]}
    assert here.post("tree/add/", **row).status_code == 302
    reasons = reverse("draft_reasons", args=[city.municipality.code, city.plan.key])
    page = here.client.get(reasons)
    names = [f"why-{row.row.name}" for part in page.context["parts"] for row in part.lines]
    answer = here.client.post(reasons, dict(zip(names, cycle(texts), strict=False)))
    assert answer.status_code in (200, 302)


def _addresses(desk: Desk) -> Iterator[str]:
    """Every address that an officer may see; one that names a record, for a record of each kind."""
    plan = desk.writer.plan
    for name, row in GET.items():
        parameters = ADDRESSES[name].parameters
        if row["officer"] != "ok":
            continue
        values = {each: sample(name, each, desk.city) for each in parameters if each != "key"}
        if "key" not in parameters:
            yield reverse(name, kwargs=values)
            continue
        kinds = {type(node): node.key for node in nodes(plan)}
        for key in {*kinds.values(), sample(name, "key", desk.city)}:
            yield reverse(name, kwargs={**values, "key": key})


@pytest.mark.parametrize("language", ["ja", pytest.param("en", marks=pytest.mark.slow)])
def test_no_page_shows_a_text_as_anything_but_text(language: str, desk: Callable[[list[str]], Desk]) -> None:
    here = desk([BOTH])
    client = here.writer.client
    client.cookies["sosei_language"] = language
    seen = 0
    code = here.city.municipality.code
    more = [
        f"/{code}/search/?q={MARKUP[:40]}",
        f"{here.writer.base}?q={MARKUP[:40]}",
        f"/{code}/log/?q={MARKUP[:40]}",
    ]
    for address in (*_addresses(here), *more):
        answer = client.get(address)
        assert answer.status_code in (200, 302, 404), address
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            assert harm_in(page) == [], address
            assert "zqrun(1)</script>" not in page, address
            seen += "zqrun" in page
    assert seen > 30


def test_no_document_makes_more_than_text_of_a_text(desk: Callable[[list[str]], Desk]) -> None:
    from sosei.web.jobs import files
    from sosei.web.jobs.acts import request_job
    from sosei.web.jobs.kinds import KINDS, Asked
    from sosei.web.jobs.models import JobState
    from sosei.web.plans.states import State

    here = desk([*FORMULAS, BOTH, *HARMLESS.values()])
    edition = State.of_edition(here.city.plan.key, here.city.edition)
    draft = State.of_draft(here.city.plan.key, here.city.draft)
    made = 0
    for name, kind in KINDS.items():
        if kind.of is not State:
            continue
        for shape in kind.shapes:
            asked = Asked(
                kind=name,
                of=draft,
                shape=shape,
                year=2024 if kind.yearly else None,
                old=edition if kind.compares else None,
            )
            job = request_job(here.writer.actor, asked)
            job.refresh_from_db()
            assert job.state == JobState.DONE, (
                name,
                shape,
                job.problem_ja if hasattr(job, "problem_ja") else "",
            )
            path = files.path_of(job)
            assert path is not None
            made += 1
            if shape.form == "xlsx":
                only_text(path.read_bytes())
    assert made > 6


def only_text(data: bytes) -> None:
    """No formula, no link, no part that acts: an Excel file holds texts and numbers."""
    with ZipFile(io.BytesIO(data)) as book:
        names = book.namelist()
        assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
        for name in names:
            if name.endswith((".xml", ".rels")):
                tree = etree.fromstring(book.read(name))
                assert not list(tree.iter("{*}hyperlink")), name
                assert not list(tree.iter("{*}f")), name
                assert not [each for each in tree.iter() if each.get("TargetMode") == "External"], name


def test_a_spreadsheet_reads_no_formula_out_of_a_list(desk: Callable[[list[str]], Desk]) -> None:
    here = desk([*FORMULAS, BOTH])
    for name in [each for each in GET if each.endswith("_csv") and GET[each]["officer"] == "ok"]:
        values = {each: sample(name, each, here.city) for each in ADDRESSES[name].parameters}
        answer = here.writer.client.get(reverse(name, kwargs=values))
        text = b"".join(answer) if answer.streaming else answer.content
        rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
        assert len(rows) > 1, name
        for row in rows:
            for cell in row:
                assert not cell.lstrip().startswith(("=", "@", "＝")), (name, cell)
                assert not (cell.startswith(("+", "-", "\t")) and "zq" in cell), (name, cell)

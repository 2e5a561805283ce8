"""Documents made by a worker: asked for once, used again, taken up again, read by those who may."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sosei.plan.operations import Set
from sosei.values import Problem
from sosei.web.jobs import files, kinds, work
from sosei.web.jobs.acts import request_job
from sosei.web.jobs.kinds import KINDS, Asked, Shape
from sosei.web.jobs.models import Job, JobState
from sosei.web.jobs.recover import SILENCE, recover
from sosei.web.people.actor import Refused, actor_of
from sosei.web.plans import acts
from sosei.web.plans.states import State

pytestmark = pytest.mark.django_db

Adopted = Callable[[str], Any]
SignedIn = Callable[..., Client]


def _asked(edition: Any, kind: str = "kpi-list", shape: Shape = Shape.XLSX, **more: Any) -> Asked:
    return Asked(kind=kind, of=State.of_edition(edition.plan.key, edition), shape=shape, **more)


def _actor(edition: Any) -> Any:
    return actor_of(edition.adopted_by, edition.municipality, "192.0.2.1")


def _documents(edition: Any, version: str = "current") -> str:
    return reverse("documents", args=[edition.municipality.code, edition.plan.key, version])


@pytest.fixture
def job(adopted: Adopted) -> Job:
    """A finished list of KPIs of 人吉市."""
    edition = adopted("hitoyoshi")
    return request_job(_actor(edition), _asked(edition, year=2024))


@pytest.fixture
def left(job: Job) -> Job:
    """The same job as a worker that was killed leaves it."""
    before = timezone.now() - SILENCE - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, seen_at=before, created_at=before, finished_at=None, file=""
    )
    job.refresh_from_db()
    return job


@pytest.mark.parametrize(
    ("kind", "shape", "name"),
    [
        ("progress", Shape.PDF_A3, "人吉市_事業進捗報告_R6_第1版_A3.pdf"),
        ("progress", Shape.XLSX, "人吉市_事業進捗報告_R6_第1版.xlsx"),
        ("kpi-list", Shape.PDF_A4, "人吉市_KPI一覧_R6_第1版_A4.pdf"),
        ("review", Shape.XLSX, "人吉市_点検結果_R6_第1版.xlsx"),
        ("review", Shape.PDF_A4, "人吉市_点検結果_R6_第1版.pdf"),
    ],
)
def test_a_document_is_made_asked_for_and_downloaded(
    kind: str, shape: Shape, name: str, adopted: Adopted, signed_in: SignedIn
) -> None:
    edition = adopted("hitoyoshi")
    client = signed_in("headquarters", edition.municipality)
    response = client.post(_documents(edition), {"document": f"{kind}/{shape}", "year": "2024"}, follow=True)
    (job,) = Job.objects.all()
    assert response.redirect_chain == [(reverse("job", args=["432032", job.pk]), 302)]
    assert (job.state, job.step, job.total) == (JobState.DONE, 4, 4)
    assert job.file_name == name
    response = client.get(reverse("job_file", args=["432032", job.pk]))
    data = b"".join(response.streaming_content)
    assert data.startswith(b"%PDF-" if shape.form == "pdf" else b"PK")
    assert "filename*=utf-8''" in response["Content-Disposition"]


def test_the_same_wish_gets_the_same_job(job: Job, adopted: Adopted) -> None:
    edition = job.municipality.plans.get().editions.get()
    again = request_job(_actor(edition), _asked(edition, year=2024))
    assert again == job
    (settings.CONFIG.files / job.file).unlink()
    assert request_job(_actor(edition), _asked(edition, year=2024)) != job


def test_a_draft_that_moved_on_is_another_document(officer: Callable[[str], Any], adopted: Adopted) -> None:
    edition = adopted("aso")
    actor = _actor(edition)
    draft = acts.begin_revision(actor, edition.plan)

    def make() -> Job:
        state = State.of_draft(edition.plan.key, draft)
        return request_job(actor, Asked(kind="kpi-list", of=state, shape=Shape.XLSX))

    before = make()
    title = "第3期阿蘇市まち・ひと・しごと創生総合戦略"
    acts.operate(actor, draft, [Set(key=edition.plan.key, field="title", old=title, new="改訂案")])
    after = make()
    assert before != after
    assert _titles(before) != _titles(after)


def _titles(job: Job) -> bool:
    with ZipFile(BytesIO((settings.CONFIG.files / job.file).read_bytes())) as book:
        return "改訂案" in book.read("xl/sharedStrings.xml").decode()


def test_a_failure_of_ours_is_one_sentence(
    adopted: Adopted, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = adopted("hitoyoshi")

    def break_down(*_: Any) -> Any:
        raise ZeroDivisionError

    kind = KINDS["kpi-list"]
    broken = {**KINDS, "kpi-list": kinds.Kind(**{**_fields(kind), "make": break_down})}
    monkeypatch.setattr(kinds, "KINDS", broken)
    client = signed_in("reader", edition.municipality)
    response = client.post(_documents(edition), {"document": "kpi-list/xlsx"}, follow=True)
    assert "文書を作る途中で誤りが起きました" in response.content.decode()
    assert "もう一度作る" in response.content.decode()
    assert not list(settings.CONFIG.files.glob(f"*/{Job.objects.get().pk}*"))


def _fields(kind: Any) -> dict[str, Any]:
    return {name: getattr(kind, name) for name in kind.__dataclass_fields__}


def test_what_a_document_cannot_be_made_of_is_said(adopted: Adopted, signed_in: SignedIn) -> None:
    edition = adopted("aso")
    response = signed_in("officer", edition.municipality, username="two").post(
        _documents(edition), {"document": "progress/pdf-a3"}, follow=True
    )
    assert "この計画にはまだ実績がありません" in response.content.decode()


def test_characters_that_could_not_be_printed_are_listed(
    officer: Callable[[str], Any], signed_in: SignedIn, adopted: Adopted
) -> None:
    edition = adopted("hitoyoshi")
    actor = _actor(edition)
    draft = acts.begin_revision(actor, edition.plan)
    indicator = State.of_draft(edition.plan.key, draft).document().indicators[0]
    placement = next(
        placement
        for element in State.of_draft(edition.plan.key, draft).document().elements
        for placement in element.placements
    )
    acts.operate(
        actor, draft, [Set(key=placement.key, field="name", old=placement.name, new="名\U0001f9ff称")]
    )
    assert indicator
    client = signed_in("clerk", edition.municipality)
    response = client.post(_documents(edition, "draft"), {"document": "kpi-list/pdf-a4"}, follow=True)
    assert "印字できない文字が" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "kind", "version", "status"),
    [
        ("reader", "kpi-list", "current", 302),
        ("reader", "review", "current", 403),
        ("council", "kpi-list", "draft", 403),
        ("clerk", "review", "draft", 302),
        ("operator", "kpi-list", "current", 403),
        (None, "kpi-list", "current", 404),
    ],
)
def test_only_who_may_read_it_gets_a_document(
    role: str | None, kind: str, version: str, status: int, adopted: Adopted, signed_in: SignedIn
) -> None:
    edition = adopted("hitoyoshi")
    acts.begin_revision(_actor(edition), edition.plan)
    response = signed_in(role, edition.municipality).post(
        _documents(edition, version), {"document": f"{kind}/xlsx"}
    )
    assert response.status_code == status
    assert Job.objects.exists() == (status == 302)


@pytest.mark.parametrize(
    ("role", "city", "statuses"),
    [
        ("reader", "hitoyoshi", (403, 403, 403)),
        ("headquarters", "hitoyoshi", (200, 200, 200)),
        ("officer", "aso", (404, 404, 404)),
    ],
)
def test_a_result_is_read_with_its_rights_in_its_municipality(
    role: str, city: str, statuses: tuple[int, ...], adopted: Adopted, signed_in: SignedIn, cities: Any
) -> None:
    edition = adopted("hitoyoshi")
    job = request_job(_actor(edition), _asked(edition, "review"))
    client = signed_in(role, cities[city], username="somebody")
    names = ("job", "job_progress", "job_file")
    assert tuple(client.get(reverse(name, args=["432032", job.pk])).status_code for name in names) == statuses
    if city == "aso":
        own = [client.get(reverse(name, args=["432148", job.pk])).status_code for name in names]
        assert own == [404, 404, 404]


def test_progress_is_sent_only_when_it_moved(left: Job, signed_in: SignedIn) -> None:
    Job.objects.filter(pk=left.pk).update(seen_at=timezone.now(), step=2, doing_ja="評価しています")
    client = signed_in("reader", left.municipality)
    address = reverse("job_progress", args=["432032", left.pk])
    response = client.get(address)
    assert "評価しています" in response.content.decode()
    seen = response.content.decode().partition("?seen=")[2].partition('"')[0]
    assert client.get(address, {"seen": seen}).status_code == 204
    Job.objects.filter(pk=left.pk).update(step=3, doing_ja="組版しています")
    assert "組版しています" in client.get(address, {"seen": seen}).content.decode()
    assert (
        '<meta http-equiv="refresh"' in client.get(reverse("job", args=["432032", left.pk])).content.decode()
    )


def test_a_job_of_a_killed_worker_is_taken_up_at_the_next_start(left: Job) -> None:
    assert recover() == 1
    left.refresh_from_db()
    assert (left.state, left.attempt) == (JobState.DONE, 2)
    assert files.path_of(left) is not None
    assert recover() == 0


def test_whoever_waits_for_a_killed_worker_has_it_taken_up(left: Job, signed_in: SignedIn) -> None:
    response = signed_in("reader", left.municipality).get(reverse("job", args=["432032", left.pk]))
    assert "できました" in response.content.decode()


def test_a_job_with_a_living_worker_is_left_alone(left: Job) -> None:
    Job.objects.filter(pk=left.pk).update(seen_at=timezone.now())
    assert recover() == 0
    left.refresh_from_db()
    assert (left.state, left.attempt) == (JobState.RUNNING, 1)


def test_a_job_that_ended_three_workers_is_given_up(left: Job) -> None:
    Job.objects.filter(pk=left.pk).update(attempt=3)
    assert recover() == 0
    left.refresh_from_db()
    assert left.state == JobState.FAILED
    assert "何度も止まりました" in left.problem_ja


def test_a_worker_whose_job_was_taken_over_changes_nothing(left: Job) -> None:
    stale = Job.objects.get(pk=left.pk)
    recover()
    done = Job.objects.get(pk=left.pk)
    work._fail(stale, "x", "x")
    assert Job.objects.get(pk=left.pk).state == done.state == JobState.DONE


def test_a_claimed_job_is_not_made_twice(job: Job) -> None:
    work.run(job.pk)
    job.refresh_from_db()
    assert job.attempt == 1


def test_old_results_are_removed(job: Job) -> None:
    import os

    path = settings.CONFIG.files / job.file
    long_ago = timezone.now() - timedelta(days=files.KEPT_DAYS + 1)
    os.utime(path, (long_ago.timestamp(), long_ago.timestamp()))
    Job.objects.filter(pk=job.pk).update(created_at=long_ago, finished_at=long_ago)
    recover()
    assert not path.exists()
    assert not Job.objects.exists()


def test_a_result_that_cannot_be_stored_names_no_folder(
    adopted: Adopted, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = adopted("hitoyoshi")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_output", full)
    job = request_job(_actor(edition), _asked(edition))
    assert job.state == JobState.FAILED
    assert "保存できませんでした" in job.problem_ja
    assert str(settings.CONFIG.files) not in job.problem_ja


@pytest.mark.parametrize(
    ("name", "kind", "beginning"),
    [("table_csv", "text/csv", b"\xef\xbb\xbfid,"), ("plan_file", "application/json", b"{")],
)
def test_small_ones_come_at_once(
    name: str, kind: str, beginning: bytes, adopted: Adopted, signed_in: SignedIn
) -> None:
    edition = adopted("aso")
    response = signed_in("reader", edition.municipality).get(
        reverse(name, args=["432148", edition.plan.key, "e1"])
    )
    assert response["Content-Type"].startswith(kind)
    assert response.content.startswith(beginning)
    if name == "plan_file":
        edition.refresh_from_db()
        assert response.content == bytes(edition.data)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"document": "kpi-list/docx"}, "そのような文書はありません"),
        ({"document": "../../etc/passwd"}, "そのような文書はありません"),
        ({}, "そのような文書はありません"),
        ({"document": "kpi-list/xlsx", "year": "1999"}, "1999年度の実績値はありません"),
        ({"document": "comparison/xlsx", "old": "e7"}, "比べる版を選んでください"),
    ],
)
def test_a_wish_that_no_form_makes_is_refused(
    sent: dict[str, str], told: str, adopted: Adopted, signed_in: SignedIn
) -> None:
    edition = adopted("hitoyoshi")
    response = signed_in("reader", edition.municipality).post(_documents(edition), sent)
    assert response.status_code == 400
    assert told in response.content.decode()
    assert not Job.objects.exists()


def test_the_page_offers_what_there_is(adopted: Adopted, signed_in: SignedIn) -> None:
    edition = adopted("aso")
    shown = signed_in("reader", edition.municipality).get(_documents(edition)).content.decode()
    assert "実績値がまだないので作れません" in shown
    assert "点検結果" not in shown
    assert "kpi-list/pdf-a4" in shown


def test_unknown_refusals_do_not_leave_a_job(adopted: Adopted, person: Callable[..., Any]) -> None:
    edition = adopted("hitoyoshi")
    reader = actor_of(person("reader", edition.municipality), edition.municipality)
    with pytest.raises(Refused):
        request_job(reader, _asked(edition, "review"))
    assert not Job.objects.exists()


def test_a_job_keeps_what_was_asked(job: Job) -> None:
    asked = Asked.from_json(json.loads(job.parameters))
    assert (asked.kind, asked.year, asked.shape) == ("kpi-list", 2024, Shape.XLSX)
    with pytest.raises(Problem):
        kinds.checked_shape("kpi-list", "docx")


def test_documents_asked_for_before_subjects_had_names_are_still_found(
    job: Job, signed_in: SignedIn, cities: dict[str, Any]
) -> None:
    asked = json.loads(job.parameters)
    state = asked.pop("of")
    Job.objects.filter(pk=job.pk).update(parameters=json.dumps({**asked, "state": state, "about": None}))
    about = {"pk": str(job.pk), "title": "意見募集", "content": "c", "is_public": True}
    beside = Job.objects.create(
        municipality=job.municipality,
        kind="public-comment",
        parameters=json.dumps({"kind": "public-comment", "state": state, "about": about}),
        rights=job.rights,
        fingerprint="f" * 64,
        title_ja="意見募集",
        title_en="comment",
    )
    import_module("sosei.web.jobs.migrations.0002_subjects").name_subjects(apps, None)
    beside.refresh_from_db()
    assert json.loads(beside.parameters)["of"] == {
        "comment": str(job.pk),
        "plan": state["plan"],
        "title": "意見募集",
        "content": "c",
        "is_public": True,
    }
    page = signed_in("reader", cities["hitoyoshi"]).get(reverse("job", args=[job.municipality.code, job.pk]))
    assert page.status_code == 200

"""What an operator does, what is refused, and in whose log it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sosei.values import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(person: Callable[..., Any]) -> Any:
    from sosei.web.people.actor import actor_of

    return actor_of(person("operator"), None, "192.0.2.1")


def _who(username: str = "first", name: str = "企画 一郎（サンプル）") -> Any:
    from sosei.web.people.person import Person

    return Person(username=username, name=name)


def _log(municipality: Any) -> list[str]:
    from sosei.web.journal.models import Act

    acts = Act.objects.filter(chain__municipality=municipality).order_by("no")
    return list(acts.values_list("action", flat=True))


def test_a_municipality_begins_with_its_first_officer(operator: Any) -> None:
    from sosei.web.operator.acts import add_municipality

    made = add_municipality(operator, "４３２０３２ ", " 人吉市", "熊本県", _who())
    assert (made.code, made.name) == ("432032", "人吉市")
    held = made.memberships.get()
    assert (held.role, held.user.username, held.granted_by) == ("officer", "first", operator.user)
    assert _log(None) == ["municipality.created"]
    assert _log(made) == ["municipality.created", "user.created", "role.granted"]


@pytest.mark.parametrize(
    ("code", "name", "sentence"),
    [
        ("432031", "人吉市", "no 団体コード"),
        ("43203", "人吉市", "no 団体コード"),
        ("432032", " ", "is empty"),
        ("432148", "阿蘇市", "is there already"),
    ],
)
def test_a_municipality_that_cannot_be(
    operator: Any, cities: dict[str, Any], code: str, name: str, sentence: str
) -> None:
    from sosei.web.operator.acts import add_municipality

    with pytest.raises(Problem, match=sentence):
        add_municipality(operator, code, name, "熊本県", _who())
    assert _log(None) == []


def test_nothing_is_left_of_a_municipality_whose_officer_cannot_be(
    operator: Any, cities: dict[str, Any], person: Callable[..., Any]
) -> None:
    from sosei.web.operator.acts import add_municipality
    from sosei.web.people.models import Municipality

    person("officer", cities["aso"], username="first")
    with pytest.raises(Problem, match="the user name"):
        add_municipality(operator, "432024", "八代市", "熊本県", _who())
    assert not Municipality.objects.filter(code="432024").exists()
    assert _log(None) == []


def test_a_known_person_becomes_officer_by_the_same_name(
    operator: Any, cities: dict[str, Any], person: Callable[..., Any]
) -> None:
    from dataclasses import replace

    from sosei.web.operator.acts import appoint

    known = person("officer", cities["aso"], username="First")
    there = replace(operator, municipality=cities["hitoyoshi"])
    assert appoint(there, _who(name=known.name)) == known
    assert _log(cities["hitoyoshi"]) == ["role.granted"]
    with pytest.raises(Problem, match="has that role already"):
        appoint(there, _who(name=known.name))


def test_operators_come_and_go_but_one_stays(operator: Any, person: Callable[..., Any]) -> None:
    from sosei.web.operator.acts import set_operator

    second = person(None, username="second")
    with pytest.raises(Problem, match="the only operator"):
        set_operator(operator, operator.user, operator=False)
    set_operator(operator, second, operator=True)
    set_operator(operator, second, operator=True)
    set_operator(operator, operator.user, operator=False)
    assert _log(None) == ["operator.granted", "operator.withdrawn"]
    second.refresh_from_db()
    assert second.is_operator


def test_a_stopped_account_is_no_operator_to_rely_on(operator: Any, person: Callable[..., Any]) -> None:
    from sosei.web.operator.acts import set_active, set_operator

    second = person(None, username="second")
    set_operator(operator, second, operator=True)
    set_active(operator, second, active=False)
    with pytest.raises(Problem, match="the only operator"):
        set_operator(operator, operator.user, operator=False)
    set_operator(operator, second, operator=False)
    with pytest.raises(Problem, match="used again first"):
        set_operator(operator, second, operator=True)


def test_an_account_is_stopped_in_the_log_of_each_of_its_municipalities(
    operator: Any, cities: dict[str, Any], person: Callable[..., Any]
) -> None:
    from sosei.web.operator.acts import set_active
    from sosei.web.people.models import Membership

    clerk = person("reader", cities["aso"])
    Membership.objects.create(municipality=cities["hitoyoshi"], user=clerk, role="reader")
    set_active(operator, clerk, active=False)
    set_active(operator, clerk, active=False)
    set_active(operator, clerk, active=True)
    for city in cities.values():
        assert _log(city) == ["user.deactivated", "user.activated"]
    assert _log(None) == []


def test_neither_oneself_nor_the_last_in_charge_is_stopped(
    operator: Any, cities: dict[str, Any], person: Callable[..., Any]
) -> None:
    from sosei.web.operator.acts import set_active

    with pytest.raises(Problem, match="one's own account"):
        set_active(operator, operator.user, active=False)
    officer = person("officer", cities["aso"])
    with pytest.raises(Problem, match="the only planning officer of 阿蘇市"):
        set_active(operator, officer, active=False)
    person("officer", cities["aso"], username="second")
    set_active(operator, officer, active=False)
    officer.refresh_from_db()
    assert not officer.is_active


def _job(city: Any, **more: Any) -> Any:
    from sosei.web.jobs.models import Job

    return Job.objects.create(
        municipality=city,
        kind="kpi-list",
        parameters="{}",
        rights="read_adopted",
        fingerprint="0" * 64,
        title_ja="KPI一覧",
        title_en="List of KPIs",
        **more,
    )


def test_a_failed_job_is_begun_again(
    operator: Any, cities: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sosei.web.operator import acts

    queued: list[Any] = []
    monkeypatch.setattr(acts, "enqueue", queued.append)
    job = _job(cities["aso"], state="failed", attempt=3, problem_ja="途中で止まりました")
    acts.retry(operator, job)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.problem_ja) == ("waiting", 0, "")
    assert queued == [job]
    assert _log(cities["aso"]) == ["document.retried"]
    with pytest.raises(Problem, match="only a failed job"):
        acts.retry(operator, job)


def test_no_job_is_begun_twice(operator: Any, cities: dict[str, Any]) -> None:
    from sosei.web.operator.acts import retry

    failed = _job(cities["aso"], state="failed")
    _job(cities["aso"], state="waiting")
    with pytest.raises(Problem, match="is being made right now"):
        retry(operator, failed)
    assert _log(cities["aso"]) == []


def test_nobody_else_does_any_of_it(
    officer: Callable[[str], Any], cities: dict[str, Any], person: Callable[..., Any]
) -> None:
    from sosei.web.operator import acts
    from sosei.web.people.actor import Refused

    actor, user = officer("aso"), person("reader", cities["aso"])
    job = _job(cities["aso"], state="failed")
    for act in (
        lambda: acts.add_municipality(actor, "432024", "八代市", "熊本県", _who()),
        lambda: acts.appoint(actor, _who()),
        lambda: acts.set_operator(actor, user, operator=True),
        lambda: acts.set_active(actor, user, active=False),
        lambda: acts.retry(actor, job),
    ):
        with pytest.raises(Refused):
            act()

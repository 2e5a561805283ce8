"""Acts past their retention go, the chain stays whole, and tampering is still found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from sosei.values import Problem
from tests.web.journal.conftest import record_now, rewrite

pytestmark = pytest.mark.django_db
START = datetime(2020, 4, 1, tzinfo=UTC)
DAYS = [START + timedelta(days=day) for day in range(10)]


def _cut(chain: Any, before: datetime) -> Any:
    from sosei.web.journal.retention import cut
    from sosei.web.people.actor import worker

    return cut(chain, before, worker(chain.municipality))


@pytest.mark.parametrize(
    ("today", "years", "first_kept"),
    [
        (date(2025, 9, 1), 5, date(2020, 9, 1)),
        (date(2024, 2, 29), 5, date(2019, 3, 1)),
        (date(2024, 2, 29), 4, date(2020, 3, 1)),
        (date(2025, 1, 1), 9999, date(2000, 1, 1)),
    ],
)
def test_the_limit_is_the_beginning_of_a_day(
    chain_of: Callable[..., Any], today: date, years: int, first_kept: date
) -> None:
    from sosei.web.journal.retention import limit

    chain = chain_of("aso", 1)
    chain.municipality.log_years = years
    assert timezone.localtime(limit(chain, today)).isoformat() == f"{first_kept}T00:00:00+09:00"


def test_the_installation_keeps_its_own_as_long_as_the_longest(cities: dict[str, Any]) -> None:
    from sosei.web.journal.models import Chain
    from sosei.web.journal.retention import limit

    type(cities["aso"]).objects.filter(pk=cities["aso"].pk).update(log_years=10)
    own = Chain.objects.create(municipality=None)
    assert limit(own, date(2025, 9, 1)).year == 2015


def test_old_acts_go_and_the_chain_stays_whole(chain_of: Callable[..., Any]) -> None:
    from sosei.web.journal.chain import verify

    chain = chain_of("aso", at=DAYS)
    last_hash = chain.acts.get(no=4).hash
    left = _cut(chain, DAYS[4])
    assert (left.first, left.last, left.hash) == (1, 4, last_hash)
    found = verify(chain)
    assert (found.broken, found.first, found.last) == (None, 5, 11)
    act = chain.acts.get(no=11)
    assert (act.action, act.who) == ("log.cut", "自動処理")

    assert _cut(chain, DAYS[4]) is None
    again = _cut(chain, DAYS[7])
    assert (again.first, again.last) == (5, 7)
    assert verify(chain).broken is None


def test_all_acts_may_be_old(chain_of: Callable[..., Any]) -> None:
    from sosei.web.journal.chain import verify

    chain = chain_of("aso", at=DAYS)
    _cut(chain, DAYS[-1] + timedelta(days=1))
    found = verify(chain)
    assert (found.broken, found.first, found.last) == (None, 11, 11)


def test_an_act_recorded_while_the_clock_was_wrong_holds_up_those_after_it(
    chain_of: Callable[..., Any],
) -> None:
    """What is cut is always a beginning: a gap in the middle would break the chain."""
    chain = chain_of("aso", at=[DAYS[0], DAYS[9], DAYS[1]])
    assert _cut(chain, DAYS[5]).last == 1


@pytest.mark.parametrize("no", [5, 8, 11])
def test_tampering_is_found_after_a_cut(chain_of: Callable[..., Any], no: int) -> None:
    from sosei.web.journal.chain import verify

    chain = chain_of("aso", at=DAYS)
    _cut(chain, DAYS[4])
    rewrite(chain.acts.get(no=no), who="別の人")
    assert f"第{no}号" in verify(chain).ja


def test_a_checkpoint_that_is_gone_or_forged_is_found(chain_of: Callable[..., Any]) -> None:
    from sosei.web.journal.chain import verify

    chain = chain_of("aso", at=DAYS)
    left = _cut(chain, DAYS[4])
    left.delete()
    assert verify(chain).broken is not None
    left.pk = None
    left.until = START
    left.save(force_insert=True)
    assert verify(chain).broken is not None


def test_broken_acts_are_kept_as_evidence(chain_of: Callable[..., Any]) -> None:
    chain = chain_of("aso", at=DAYS)
    rewrite(chain.acts.get(no=2), who="別の人")
    with pytest.raises(Problem, match=r"no\. 2"):
        _cut(chain, DAYS[4])
    chain.acts.get(no=2).delete()
    with pytest.raises(Problem, match=r"no\. 2"):
        _cut(chain, DAYS[4])
    assert chain.acts.count() == 9


def test_nobody_cuts_without_the_right(chain_of: Callable[..., Any], officer: Callable[[str], Any]) -> None:
    from sosei.web.journal.retention import cut
    from sosei.web.people.actor import Refused

    chain = chain_of("aso", at=DAYS)
    with pytest.raises(Refused):
        cut(chain, DAYS[4], officer("aso"))


@pytest.fixture
def queue(settings: Any) -> Any:
    """The installation's queue instead of the tests' immediate one."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects


def _work_through() -> None:
    from django.core.management import call_command

    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_the_worker_cuts_each_chain_and_comes_again_tomorrow(
    chain_of: Callable[..., Any], cities: dict[str, Any], queue: Any, caplog: pytest.LogCaptureFixture
) -> None:
    from sosei.web.journal.chain import verify
    from sosei.web.journal.models import Chain
    from sosei.web.journal.tasks import begin_daily
    from sosei.web.people.actor import command_line

    old, broken = chain_of("aso", at=DAYS), chain_of("hitoyoshi", at=DAYS)
    rewrite(broken.acts.get(no=1), who="別の人")
    record_now(command_line(None), "installation.made")
    begin_daily()
    begin_daily()  # a second worker starts
    assert queue.count() == 1
    _work_through()
    assert [row.action for row in old.acts.all()] == ["log.cut"]
    assert verify(old).broken is None
    assert broken.acts.count() == 10
    assert "432032: record no. 1" in caplog.text
    assert Chain.objects.get(municipality=None).acts.count() == 1
    begin_daily()  # and is started again in the evening
    waiting = queue.get(status="READY")
    local = timezone.localtime(waiting.run_after)
    assert (local.date() - timezone.localdate(), local.hour) == (timedelta(days=1), 3)

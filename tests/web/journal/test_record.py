"""What is recorded reads back the same on both databases, and the database refuses to change it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from tests.web.journal.conftest import record_now

pytestmark = pytest.mark.django_db


def test_an_act_stands_in_the_transaction_of_what_it_records() -> None:
    from sosei.web.journal.record import record
    from sosei.web.people.actor import command_line

    with pytest.MonkeyPatch.context() as patch:
        from django.db import transaction

        patch.setattr(transaction.get_connection(), "in_atomic_block", False)
        with pytest.raises(RuntimeError):
            record(command_line(), "plan.loaded")


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2025, 9, 1, 5, 5, 5, 123456, UTC),
        datetime(2025, 9, 1, 5, 5, 5, 0, UTC),
        datetime(2025, 9, 1, 14, 5, 5, 0, timezone(timedelta(hours=9))),
        datetime(1, 1, 2, tzinfo=UTC),
    ],
)
def test_the_hash_is_the_same_when_read_back(chain_of: Callable[..., Any], moment: datetime) -> None:
    from sosei.web.journal.record import hash_of

    chain = chain_of("aso", at=[moment])
    act = chain.acts.get()
    assert hash_of(act, "") == act.hash == chain.head


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, ""),
        (0, "0"),
        ("", '""'),
        ({"b": 1, "a": "人口"}, '{"a": "人口", "b": 1}'),
        ("\x00", '"\\u0000"'),
        ("\ud800", '"\\ud800"'),
        ({"on": datetime(2025, 9, 1).date()}, '{"on": "2025-09-01"}'),
    ],
)
def test_values_are_kept_as_json(cities: dict[str, Any], value: Any, kept: str) -> None:
    from sosei.web.people.actor import command_line

    act = record_now(command_line(cities["aso"]), "plan.loaded", new=value)
    act.refresh_from_db()
    assert act.new == kept


def test_a_huge_value_is_kept_by_its_beginning_length_and_hash(cities: dict[str, Any]) -> None:
    from sosei.web.journal.record import LONGEST_SUBJECT
    from sosei.web.people.actor import command_line

    act = record_now(command_line(cities["aso"]), "plan.loaded", "題" * 5000, old="人" * 1_000_000)
    act.refresh_from_db()
    assert json.loads(act.old)["characters"] == 1_000_002
    assert json.loads(act.old)["beginning"] == '"' + "人" * 1_999
    assert len(act.subject) == LONGEST_SUBJECT


def test_no_text_stops_an_act(cities: dict[str, Any]) -> None:
    from sosei.web.people.actor import Actor

    actor = Actor(user=None, municipality=cities["aso"], address="\x00\ud800", label="\udfff")
    act = record_now(actor, "plan.loaded", "題\x00名\ud83d")
    act.refresh_from_db()
    assert (act.who, act.address, act.subject) == ("�", "��", "題�名�")


def test_the_database_refuses_to_change_an_act(chain_of: Callable[..., Any]) -> None:
    from django.db import IntegrityError, transaction

    from sosei.web.journal.models import Act

    chain = chain_of("aso", 1)
    with pytest.raises(IntegrityError, match="the log is only added to"), transaction.atomic():
        Act.objects.filter(chain=chain).update(subject="別の題")
    with pytest.raises(IntegrityError, match="the log is only added to"), transaction.atomic():
        chain.acts.get().save()
    assert chain.acts.get().subject == "1件目"


def test_the_database_refuses_to_change_a_checkpoint(chain_of: Callable[..., Any]) -> None:
    from django.db import IntegrityError, transaction

    chain, now = chain_of("aso", 1), datetime(2025, 9, 1, tzinfo=UTC)
    left = chain.checkpoints.create(at=now, first=1, last=1, until=now, hash="0" * 64)
    with pytest.raises(IntegrityError, match="the log is only added to"), transaction.atomic():
        type(left).objects.filter(pk=left.pk).update(last=2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("which", ["aso", None])
def test_eight_at_once_make_one_unbroken_chain(cities: dict[str, Any], which: str | None) -> None:
    """Also the first act of all: the chain does not exist yet when the eight begin."""
    from django.db import connection

    from sosei.web.journal.chain import verify
    from sosei.web.journal.models import Chain
    from sosei.web.people.actor import command_line

    municipality = cities[which] if which else None
    together = threading.Barrier(9)
    errors: list[Exception] = []
    seen: list[Any] = []

    def work(number: int) -> None:
        try:
            together.wait()
            for turn in range(10):
                record_now(command_line(municipality), "plan.loaded", f"{number}-{turn}")
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    def look() -> None:
        """Whoever verifies meanwhile finds nothing broken."""
        try:
            together.wait()
            while any(thread.is_alive() for thread in threads):
                if chain := Chain.objects.filter(municipality=municipality).first():
                    seen.append(verify(chain).broken)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    watching = threading.Thread(target=look)
    for thread in (*threads, watching):
        thread.start()
    for thread in (*threads, watching):
        thread.join()
    assert errors == []
    assert set(seen) <= {None}
    chain = Chain.objects.get(municipality=municipality)
    found = verify(chain)
    assert (found.first, found.last, found.broken) == (1, 80, None)
    assert len(set(chain.acts.values_list("subject", flat=True))) == 80

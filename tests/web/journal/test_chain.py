"""Whatever is done to the log behind its back is found, and where it was done."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.values import Problem
from tests.web.journal.conftest import rewrite

NOW = datetime(2025, 9, 1, 3, 4, 5, 678901, UTC)


def _acts(count: int) -> list[Any]:
    """Acts as they stand in the database, without one."""
    from sosei.web.journal.models import Act
    from sosei.web.journal.record import hash_of

    chain, before, acts = uuid.UUID(int=1), "", []
    for no in range(1, count + 1):
        act = Act(
            id=uuid.UUID(int=100 + no),
            chain_id=chain,
            no=no,
            at=NOW + timedelta(minutes=no),
            user_id=uuid.UUID(int=7) if no % 2 else None,
            who="企画課 花子（サンプル）",
            address="192.0.2.1",
            action="draft.changed",
            subject="総合戦略",
            old='{"a": 1}',
            new='{"a": 2}',
        )
        act.hash = before = hash_of(act, before)
        acts.append(act)
    return acts


_TEXT = st.text(max_size=5)
_CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "id": st.uuids(),
    "chain_id": st.uuids(),
    "no": st.integers(0, 20),
    "at": st.timedeltas(timedelta(days=-1), timedelta(days=1)).map(lambda step: NOW + step),
    "user_id": st.none() | st.uuids(),
    "who": _TEXT,
    "address": _TEXT,
    "action": _TEXT,
    "subject": _TEXT,
    "old": _TEXT,
    "new": _TEXT,
    "hash": st.text("0123456789abcdef", min_size=64, max_size=64),
}


def test_every_field_of_an_act_can_be_tampered_with_in_the_test() -> None:
    from sosei.web.journal.models import Act

    assert {field.attname for field in Act._meta.concrete_fields} == set(_CHANGES)


@given(data=st.data(), count=st.integers(1, 8))
def test_any_changed_field_is_found_at_its_act(data: Any, count: int) -> None:
    from sosei.web.journal.chain import first_break

    acts = _acts(count)
    act = acts[data.draw(st.integers(0, count - 1))]
    name = data.draw(st.sampled_from(sorted(_CHANGES)))
    was = getattr(act, name)
    setattr(act, name, data.draw(_CHANGES[name].filter(lambda value: value != was)))
    no = was if name == "no" else act.no
    found = first_break(acts, 1, "")
    assert isinstance(found, Problem)
    assert f"第{no}号" in found.ja


@given(data=st.data(), count=st.integers(2, 8))
def test_any_gap_swap_repetition_or_move_is_found(data: Any, count: int) -> None:
    from sosei.web.journal.chain import first_break

    acts = _acts(count)
    at = data.draw(st.integers(0, count - 2))
    other = data.draw(st.integers(at + 1, count - 1))
    match data.draw(st.sampled_from(["gap", "swap", "repeat", "exchange of contents"])):
        case "gap":
            del acts[at]
        case "swap":
            acts[at], acts[other] = acts[other], acts[at]
        case "repeat":
            acts.insert(at, acts[at])
        case _:
            acts[at].no, acts[other].no = acts[other].no, acts[at].no
            acts[at], acts[other] = acts[other], acts[at]
    assert isinstance(first_break(acts, 1, ""), Problem)


def test_an_untouched_chain_is_whole() -> None:
    from sosei.web.journal.chain import first_break

    assert first_break(_acts(8), 1, "") == 9


def _cut_the_beginning(chain: Any) -> None:
    chain.acts.filter(no__lt=3).delete()


def _cut_and_move_the_beginning(chain: Any) -> None:
    hash_of_second = chain.acts.get(no=2).hash
    chain.acts.filter(no__lt=3).delete()
    type(chain).objects.filter(pk=chain.pk).update(first=3, start=hash_of_second)


def _cut_with_a_forged_checkpoint(chain: Any) -> None:
    hash_of_second = chain.acts.get(no=2).hash
    _cut_and_move_the_beginning(chain)
    chain.checkpoints.create(at=NOW, first=1, last=2, until=NOW, hash=hash_of_second)


def _add_beyond_the_head(chain: Any) -> None:
    act = chain.acts.get(no=5)
    act.pk, act.no = uuid.uuid4(), 6
    act.save(force_insert=True)


def _change_the_head(chain: Any) -> None:
    type(chain).objects.filter(pk=chain.pk).update(head="0" * 64)


def _shorten(chain: Any) -> None:
    chain.acts.get(no=5).delete()


def _shorten_with_its_length(chain: Any) -> None:
    chain.acts.get(no=5).delete()
    type(chain).objects.filter(pk=chain.pk).update(length=4)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "no"),
    [
        (lambda chain: rewrite(chain.acts.get(no=2), subject="別の題"), 2),
        (lambda chain: rewrite(chain.acts.get(no=5), at=NOW), 5),
        (lambda chain: chain.acts.get(no=3).delete(), 3),
        (_cut_the_beginning, 1),
        (_cut_and_move_the_beginning, 1),
        (_cut_with_a_forged_checkpoint, 1),
        (_add_beyond_the_head, 6),
        (_change_the_head, 5),
        (_shorten, 5),
        (_shorten_with_its_length, 4),
    ],
)
def test_what_is_done_in_the_database_is_found(
    chain_of: Callable[..., Any], tamper: Callable[[Any], object], no: int
) -> None:
    from sosei.web.journal.chain import verify

    chain = chain_of("aso", 5)
    assert verify(chain).broken is None
    tamper(chain)
    found = verify(chain)
    assert found.broken is not None
    assert f"第{no}号" in found.ja
    assert f"no. {no}" in found.en


@pytest.mark.django_db
def test_an_empty_chain_says_so(chain_of: Callable[..., Any], cities: dict[str, Any]) -> None:
    from sosei.web.journal.chain import verify
    from sosei.web.journal.models import Chain

    found = verify(Chain.objects.create(municipality=cities["aso"]))
    assert (found.broken, found.ja) == (None, "記録はまだありません")


@pytest.mark.django_db
def test_a_chain_longer_than_what_is_held_in_memory(
    chain_of: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sosei.web.journal import chain as walking

    monkeypatch.setattr(walking, "_CHUNK", 3)
    chain = chain_of("aso", 10)
    assert walking.verify(chain).last == 10
    rewrite(chain.acts.get(no=7), new="")
    assert "第7号" in walking.verify(chain).ja

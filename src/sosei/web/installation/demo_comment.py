"""The demonstration's public comment: invented from beginning to end, and marked サンプル."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeGuard
from uuid import uuid4

from sosei.plan.operations import Operation, Set
from sosei.reports.public_comment import Outcome
from sosei.web.comments.acts import Said, begin
from sosei.web.comments.opinions import SaidOpinion, add
from sosei.web.comments.places import WHOLE_PLAN, Place, places
from sosei.web.people.acting import today
from sosei.web.people.actor import Actor
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document, operation_of

_DAYS = 30


def sample_comment(actor: Actor, draft: Draft) -> None:
    """A public comment on ``draft`` that ended yesterday, with three opinions, one of them not answered yet."""
    until = today() - timedelta(days=1)
    said = Said(
        title="見直し案への意見募集（サンプル）",
        since=until - timedelta(days=_DAYS - 1),
        until=until,
        announced="広報紙\nホームページ\n窓口での閲覧",
        sent="郵送\nメール\n窓口への持参\n電子申請",
        people=3,
        organisations=1,
        remarks="動作を試すための架空の意見募集です。意見も考え方も実際のものではありません（サンプル）。",
    )
    comment = begin(actor, draft, uuid4(), said)
    renamed, other = _two_places(draft)
    opinions = (
        (
            renamed,
            SaidOpinion(
                summary="基本目標の名称の中に空白があり、読み上げたときに途切れて聞こえる（サンプル）。",
                answer="ご意見のとおり空白を詰めます（サンプル）。",
                outcome=Outcome.REVISED,
                change="基本目標の名称の中の空白を詰める（サンプル）。",
            ),
        ),
        (
            other,
            SaidOpinion(
                summary="取組の成果を、年度ごとに市のホームページでも知りたい（サンプル）。",
                answer="進捗の報告を毎年度公表しているため、原案のとおりとします（サンプル）。",
                outcome=Outcome.AS_DRAFTED,
                same=2,
            ),
        ),
        (WHOLE_PLAN, SaidOpinion(summary="概要をまとめた一枚の資料があると分かりやすい（サンプル）。")),
    )
    for place, opinion in opinions:
        add(actor, comment, uuid4(), opinion.at(place.key, place.goal, place.text))


def _two_places(draft: Draft) -> tuple[Place, Place]:
    """The goal whose name the draft changes, and something below another."""
    changed = {
        operation.key for operation in map(operation_of, draft.operations.all()) if _renames(operation)
    }
    found = [place for place in places(draft_document(draft)) if place.goal]
    renamed = next(place for place in found if place.key in changed)
    return renamed, next(place for place in found if len(place.names) > 1 and place.goal != renamed.goal)


def _renames(operation: Operation) -> TypeGuard[Set]:
    return isinstance(operation, Set) and operation.field == "name"

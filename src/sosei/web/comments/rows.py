"""What every act on a public comment begins with: locks, what may still be written, what stood there before."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sosei.values import Problem
from sosei.web.comments.models import PublicComment
from sosei.web.people.actor import Actor
from sosei.web.people.roles import Right


def locked(comment: PublicComment) -> PublicComment:
    """The comment, locked until the transaction ends, so that acts on it stand in a row."""
    return PublicComment.objects.select_for_update(of=("self",)).select_related("plan").get(pk=comment.pk)


def writable(actor: Actor, comment: PublicComment) -> PublicComment:
    """The locked comment, where something may be written; raises Problem for a published or removed one."""
    actor.must(Right.EDIT_PLAN)
    found = locked(comment)
    if found.removed_at is not None:
        raise Problem(
            "この意見募集は削除されています。一覧から戻してから書いてください",
            "this public comment has been removed; restore it from the list first",
        )
    if found.published_on is not None:
        raise Problem(
            "結果を公表したので、書き換えられません。直すときは、先に公表を取り消してください",
            "the result is published and cannot be changed; take the publication back first",
        )
    return found


def data_of(said: Any) -> dict[str, Any]:
    """The fields that a person wrote, as plain data."""
    return {each.name: getattr(said, each.name) for each in fields(said)}

"""Writing the log: one act at the end of its municipality's chain, in the act's own transaction."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from sosei.web.journal.models import Act, Chain
from sosei.web.people.actor import Actor


def record(actor: Actor, action: str, subject: str = "", *, old: Any = None, new: Any = None) -> Act:
    """Add an act to the chain of the actor's municipality; must stand inside a transaction.

    ``old`` and ``new`` are plain data (None: nothing to say).
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act is recorded in the transaction of what it records")
    chain = _locked_chain(actor)
    act = Act(
        chain=chain,
        no=chain.length + 1,
        at=timezone.now(),
        user=actor.user,
        who=actor.name,
        address=actor.address,
        action=action,
        subject=subject,
        old=_text(old),
        new=_text(new),
    )
    act.hash = hash_of(act, chain.head)
    act.save(force_insert=True)
    Chain.objects.filter(pk=chain.pk).update(length=act.no, head=act.hash)
    return act


def hash_of(act: Act, before: str) -> str:
    """SHA-256 over the hash before and every field of ``act`` but its identity, in canonical JSON."""
    fields = [
        before,
        act.no,
        act.at.isoformat(),
        str(act.user_id) if act.user_id else "",
        act.who,
        act.address,
        act.action,
        act.subject,
        act.old,
        act.new,
    ]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _locked_chain(actor: Actor) -> Chain:
    """The chain, locked until the transaction ends, made where there is none yet."""
    chain, _ = Chain.objects.get_or_create(municipality=actor.municipality)
    return Chain.objects.select_for_update().get(pk=chain.pk)


def _text(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)

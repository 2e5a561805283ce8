"""Writing the log: one act at the end of its municipality's chain, in the act's own transaction."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils import timezone

from sosei.web.journal.models import Act, Chain
from sosei.web.people.actor import Actor
from sosei.web.people.models import Municipality

# A longer value (than a spreadsheet cell) is kept by its beginning, length and hash: the log says what was done, the
# plan's operations and editions hold the whole.
LONGEST_VALUE = 30_000
LONGEST_SUBJECT = 1_000
_BEGINNING = 2_000

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def record(actor: Actor, action: str, subject: str = "", *, old: Any = None, new: Any = None) -> Act:
    """Add an act to the chain of the actor's municipality; must stand inside a transaction.

    ``old`` and ``new`` are plain data (None: nothing to say).  The chain stays locked until the
    transaction ends, so an act records last, and one that records in several chains does so in the
    order of their municipalities' codes, the installation's first.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act is recorded in the transaction of what it records")
    chain = locked_chain(actor.municipality)
    act = Act(
        chain=chain,
        no=chain.length + 1,
        at=timezone.now(),
        user=actor.user,
        who=_storable(actor.name),
        address=_storable(actor.address),
        action=action,
        subject=_storable(subject)[:LONGEST_SUBJECT],
        old=value_text(old),
        new=value_text(new),
    )
    act.hash = hash_of(act, chain.head)
    act.save(force_insert=True)
    Chain.objects.filter(pk=chain.pk).update(length=act.no, head=act.hash)
    return act


def hash_of(act: Act, before: str) -> str:
    """SHA-256 over the hash before and every field of ``act``, in canonical JSON.

    The time is written in UTC with six digits, so that both databases give the same bytes.
    """
    fields = [
        before,
        str(act.id),
        str(act.chain_id),
        act.no,
        act.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(act.user_id) if act.user_id else "",
        act.who,
        act.address,
        act.action,
        act.subject,
        act.old,
        act.new,
    ]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def locked_chain(municipality: Municipality | None) -> Chain:
    """The chain of ``municipality``, locked until the transaction ends, made where there is none yet."""
    locked = Chain.objects.select_for_update().filter(municipality=municipality)
    if chain := locked.first():
        return chain
    # Two first acts at once: the database lets one chain be made, and both go on with that one.
    Chain.objects.get_or_create(municipality=municipality)
    return locked.get()


def value_text(value: Any) -> str:
    """``value`` as JSON text that every database takes; lone surrogates as JSON escapes, cut where huge."""
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    text = _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    if len(text) <= LONGEST_VALUE:
        return text
    whole = hashlib.sha256(text.encode()).hexdigest()
    cut = {"beginning": text[:_BEGINNING], "characters": len(text), "sha256": whole}
    return json.dumps(cut, ensure_ascii=False, sort_keys=True)


def _storable(text: str) -> str:
    """``text`` without what PostgreSQL or UTF-8 refuse (NUL, lone surrogates)."""
    return _NOT_STORABLE.sub("\ufffd", text)

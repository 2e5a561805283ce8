"""What is done with the log itself: checking the chain, writing it out (both recorded)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from sosei.web.journal.actions import holds_content, words_of
from sosei.web.journal.chain import Verified, verify
from sosei.web.journal.models import Act, Chain
from sosei.web.journal.record import locked_chain, record
from sosei.web.journal.selection import Selection
from sosei.web.people.actor import Actor
from sosei.web.people.roles import Right
from sosei.web.site.language import language, say

VERIFIED = "log.verified"
_CHUNK = 1_000


def check(actor: Actor, chain: Chain) -> Verified:
    """Verify the chain now and record who did so with what result."""
    actor.must(Right.READ_LOG)
    found = verify(chain)
    with transaction.atomic():
        facts = {"first": found.first, "last": found.last, "head": found.head, "intact": not found.broken}
        record(actor, VERIFIED, found.ja if found.broken else "", new=facts)
    return found


def last_check(chain: Chain) -> Act | None:
    """The last time that somebody had the chain verified."""
    return Act.objects.filter(chain=chain, action=VERIFIED).order_by("-no").first()


def export(actor: Actor, selection: Selection) -> Iterator[list[str]]:
    """The chosen acts of the actor's log as rows of a table, oldest first, head row first.

    Recorded before the first row is read, so that no copy leaves without a trace.  Raises the first
    Problem of a filter that cannot be read.
    """
    actor.must(Right.READ_LOG)
    for problem in selection.problems.values():
        raise problem
    with transaction.atomic():
        chain = locked_chain(actor.municipality)
        last = chain.length
        record(actor, "log.exported", new=selection.given or None)
    return _rows(selection, chain, last, sees_content=sees_content(actor))


def sees_content(actor: Actor) -> bool:
    """Whether the person may read what stands in plans and drafts."""
    return actor.may(Right.READ_DRAFT)


def _rows(selection: Selection, chain: Chain, last: int, *, sees_content: bool) -> Iterator[list[str]]:
    """The head is made at once, the rest while it is sent, when the page's language is no longer set."""
    english = language() == "en"
    head = [
        say("番号", "No."),
        say("日時", "Time"),
        say("人", "Person"),
        say("接続元", "From"),
        say("操作コード", "Action code"),
        say("操作", "Action"),
        say("対象", "Subject"),
        say("旧", "Old"),
        say("新", "New"),
        say("ハッシュ値", "Hash"),
    ]
    hidden = say("（計画の内容）", "(content of a plan)")

    def rows() -> Iterator[list[str]]:
        yield head
        no = 0
        while acts := list(selection.among(chain).filter(no__gt=no, no__lte=last).order_by("no")[:_CHUNK]):
            for act in acts:
                values = [act.old, act.new]
                if not sees_content and holds_content(act.action):
                    values = [hidden if value else "" for value in values]
                at = timezone.localtime(act.at).isoformat(sep=" ", timespec="seconds")
                words = words_of(act.action)[english]
                yield [
                    str(act.no), at, act.who, act.address, act.action, words, act.subject, *values, act.hash
                ]  # fmt: skip
            no = acts[-1].no

    return rows()

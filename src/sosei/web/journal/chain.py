"""Checking the log: whether a hash chain is whole, and where it breaks first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db.models import F, Q
from django.utils import timezone

from sosei.values import Problem
from sosei.web.journal.models import Act, Chain, Checkpoint
from sosei.web.journal.record import hash_of, value_text

CUT = "log.cut"
_CHUNK = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found: acts ``first`` to ``last`` with the ``head`` hash; ``broken`` says where it breaks."""

    first: int
    last: int
    head: str
    broken: Problem | None = None

    @property
    def ja(self) -> str:
        """The finding in one Japanese sentence."""
        if self.broken:
            return self.broken.ja
        if not self.last:
            return "記録はまだありません"
        if self.first > self.last:
            return f"第{self.last}号までは保存期間を過ぎて削除され、その後の記録はありません"
        return f"第{self.first}号から第{self.last}号までの記録に、書換え・欠け・入替えはありません"

    @property
    def en(self) -> str:
        """The finding in one English sentence."""
        if self.broken:
            return self.broken.en
        if not self.last:
            return "there is no record yet"
        if self.first > self.last:
            return f"records up to no. {self.last} were cut after their retention; there are none since"
        return f"records no. {self.first} to {self.last}: none changed, missing or out of order"


def verify(chain: Chain) -> Verified:
    """Walk the whole chain in bounded memory and find the first act that is not as it was recorded.

    Acts may be recorded and cut meanwhile: what was there at the beginning is checked, and the walk
    begins anew where retention moved the beginning.
    """
    while True:
        chain = Chain.objects.get(pk=chain.pk)
        broken = _broken(chain)
        if Chain.objects.get(pk=chain.pk).first == chain.first:
            return Verified(first=chain.first, last=chain.length, head=chain.head, broken=broken)


def first_break(acts: Iterable[Act], no: int, before: str) -> Problem | int:
    """Whether ``acts`` follow each other from number ``no`` on, after the hash ``before``.

    Gives the number after the last act, or the first break.
    """
    for act in acts:
        if act.no != no:
            return _missing(no)
        if hash_of(act, before) != act.hash:
            on = timezone.localtime(act.at).date()
            return Problem(
                f"第{no}号の記録（{on}）が記録されたときと違います。バックアップと比べてください",
                f"record no. {no} ({on}) is not as it was recorded; compare with a backup",
            )
        no, before = no + 1, act.hash
    return no


def acts_between(chain: Chain, first: int, last: int) -> Iterator[Act]:
    """The acts numbered ``first`` to ``last``, a thousand rows in memory at a time."""
    while first <= last:
        rows = list(chain.acts.filter(no__gte=first, no__lte=last).order_by("no")[:_CHUNK])
        yield from rows
        if len(rows) < _CHUNK:
            return
        first = rows[-1].no + 1


def _broken(chain: Chain) -> Problem | None:
    """The first break of the chain as it stood when ``chain`` was read."""
    if problem := _broken_beginning(chain):
        return problem
    end = first_break(acts_between(chain, chain.first, chain.length), chain.first, chain.start)
    if isinstance(end, Problem):
        return end
    if end <= chain.length:
        return _missing(end)
    last = chain.acts.filter(no=chain.length).values_list("hash", flat=True).first()
    if (last if chain.length >= chain.first else chain.start) != chain.head:
        return Problem(
            f"最後の第{chain.length}号の記録が、控えられたハッシュ値と違います。バックアップと比べてください",
            f"the last record, no. {chain.length}, differs from the hash kept for it; compare with a backup",
        )
    outside = Q(no__lt=F("chain__first")) | Q(no__gt=F("chain__length"))
    strays = Act.objects.filter(outside, chain=chain)
    if (stray := strays.order_by("no").values_list("no", flat=True).first()) is not None:
        return Problem(
            f"第{stray}号の記録は連鎖の外にあります。記録の仕組みを通さずに加えられたものです",
            f"record no. {stray} stands outside the chain: it was not added by the log",
        )
    return None


def _broken_beginning(chain: Chain) -> Problem | None:
    """Whether the checkpoints account for every act before the first, and the last cut was recorded."""
    no, last = 1, None
    for last in Checkpoint.objects.filter(chain=chain).order_by("last"):
        if last.first != no:
            return _not_cut(no)
        no = last.last + 1
    if no != chain.first or (last.hash if last else "") != chain.start:
        return _not_cut(min(no, chain.first))
    if last and not chain.acts.filter(action=CUT, new=cut_text(last)).exists():
        return _not_cut(last.first)
    return None


def cut_text(checkpoint: Checkpoint) -> str:
    """What the act that records a cut says about its checkpoint, as the log keeps it."""
    return value_text(cut_facts(checkpoint))


def cut_facts(checkpoint: Checkpoint) -> dict[str, object]:
    """The checkpoint as plain data."""
    return {
        "first": checkpoint.first,
        "last": checkpoint.last,
        "until": checkpoint.until.astimezone(UTC).isoformat(timespec="seconds"),
        "hash": checkpoint.hash,
    }


def _missing(no: int) -> Problem:
    return Problem(
        f"第{no}号の記録がありません。バックアップと比べてください",
        f"record no. {no} is missing; compare with a backup",
    )


def _not_cut(no: int) -> Problem:
    return Problem(
        f"第{no}号からの記録が、保存期間による削除の控えなしに欠けています。バックアップと比べてください",
        f"records from no. {no} on are gone without a note that retention cut them; compare with a backup",
    )

"""How long acts are kept: cutting the oldest, leaving a checkpoint that the chain goes on from.

Whole days in the municipality's time are cut, so that a day of the log is there or not.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sosei.values import Problem
from sosei.web.journal.chain import CUT, acts_between, cut_facts, first_break
from sosei.web.journal.models import Chain, Checkpoint
from sosei.web.journal.record import locked_chain, record
from sosei.web.people.actor import Actor
from sosei.web.people.models import Municipality
from sosei.web.people.roles import Right

_YEARS = 5
_NO_ACT_BEFORE = 2000


def limit(chain: Chain, today: date) -> datetime:
    """The moment before which acts of ``chain`` are past their retention on ``today``.

    The installation's own acts are kept as long as those of the municipality that keeps them longest.
    """
    if chain.municipality:
        years = chain.municipality.log_years
    else:
        years = Municipality.objects.aggregate(longest=Max("log_years"))["longest"] or _YEARS
    year = max(today.year - years, _NO_ACT_BEFORE)
    # 29 February has no anniversary: the day after is the first that is kept.
    day = date(year, 3, 1) if (today.month, today.day) == (2, 29) else today.replace(year=year)
    return timezone.make_aware(datetime.combine(day, time.min))


def cut(chain: Chain, before: datetime, actor: Actor) -> Checkpoint | None:
    """Delete the acts recorded before ``before``, leave a checkpoint, record that; None: nothing was so old.

    What is cut is always the beginning of the chain, up to the first act to be kept.  It is checked
    first: raises Problem for a chain that is broken there, whose rows are then kept as evidence.
    """
    actor.must(Right.OPERATE)
    if actor.municipality != chain.municipality:
        raise RuntimeError("a cut is recorded in the chain that is cut")
    with transaction.atomic():
        chain = locked_chain(chain.municipality)
        kept = chain.acts.filter(at__gte=before).order_by("no").values_list("no", flat=True).first()
        last = kept - 1 if kept else chain.length
        if last < chain.first:
            return None
        end = first_break(acts_between(chain, chain.first, last), chain.first, chain.start)
        if isinstance(end, Problem):
            raise end
        if end <= last:
            raise Problem(
                f"第{end}号の記録がないため、保存期間を過ぎた記録を削除しません",
                f"record no. {end} is missing, so nothing is cut",
            )
        checkpoint = Checkpoint.objects.create(
            chain=chain,
            at=timezone.now(),
            first=chain.first,
            last=last,
            until=before,
            hash=chain.acts.get(no=last).hash,
        )
        chain.acts.filter(no__lte=last).delete()
        Chain.objects.filter(pk=chain.pk).update(first=last + 1, start=checkpoint.hash)
        record(actor, CUT, new=cut_facts(checkpoint))
    return checkpoint

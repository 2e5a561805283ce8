"""What is done with tables of population: a file handed in, read again, taken over, dropped; a table out of use and back."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from sosei.formats.population_origins import IPSS_NAME
from sosei.population.panel import Origin
from sosei.reports.population.outlook import outlook
from sosei.values import Problem, Words
from sosei.web.jobs.uploads import begun, new_job
from sosei.web.journal.record import record
from sosei.web.people.actor import Actor
from sosei.web.people.models import Municipality
from sosei.web.people.roles import Right
from sosei.web.plans.uploaded import kept_text
from sosei.web.population.facts import Facts, facts_of
from sosei.web.population.joining import joined
from sosei.web.population.kept import dump_reading, load_reading, origin_of, with_origin
from sosei.web.population.models import Place, PopulationTable, PopulationUpload
from sosei.web.population.place_files import area_for, reading_at, years_of
from sosei.web.population.places import ABOUT
from sosei.web.population.upload_keeping import ACCEPTED, DROPPED, READING, READY, WAITING, forget
from sosei.web.population.upload_work import KIND, STEPS
from sosei.web.population.years import UNTIL
from sosei.web.site.clipboard import filled_rows
from sosei.web.site.uploads import shown_name

LONGEST_TEXT = 200
"""Characters of source, table and edition each."""
PASTED = "貼り付けた表"
_TITLE = Words("人口の表の読み込み", "Reading a table of population")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What an officer says of a sheet of the office's own: whose figures, which table, which edition."""

    source: str
    table: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """How an upload is taken over: ``named`` for an own sheet, ``keeps_years`` of the table in use that it lacks.

    ``seen`` is the mark of the figures beside which it was shown.
    """

    named: Named | None = None
    keeps_years: bool = False
    seen: str = ""


def hand_in(actor: Actor, place: Place, data: bytes, name: str) -> PopulationUpload:
    """Keep a file for ``place`` and let a worker read it.

    Raises Problem for an empty one.  The same file handed in again while the first waits is the first.
    """
    actor.must(Right.EDIT_PLAN)
    if not data.strip():
        raise Problem(
            "ファイルが空です。別のファイルを選んでください", "the file is empty; choose another one"
        )
    shown = shown_name(name, "人口の表")
    sign = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        municipality = _locked(actor)
        waiting = PopulationUpload.objects.filter(
            municipality=municipality, place=place, by=actor.user, sha256=sign, state__in=WAITING
        )
        if (before := waiting.first()) is not None:
            return before
        upload = PopulationUpload(
            municipality=municipality,
            place=place,
            name=shown,
            data=data,
            size=len(data),
            sha256=sign,
            by=actor.user,
        )
        new_job(actor, upload, KIND, _TITLE, STEPS)
        new = {"file": shown, "sha256": sign}
        record(actor, "population.received", ABOUT[place].name.ja, new=new)
    return begun(upload)


def hand_in_pasted(actor: Actor, place: Place, text: str) -> PopulationUpload:
    """The same for cells pasted from a spreadsheet; raises Problem where there is no table in them."""
    rows = filled_rows(text)
    if len(rows) < 2:
        raise Problem(
            "貼り付けた表がありません。見出しの行も含めて表の範囲をコピーし、貼り付けてください",
            "there is no pasted table; copy the range with its headings and paste it",
        )
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return hand_in(actor, place, kept_text(out.getvalue()).encode(), PASTED)


def read_again(actor: Actor, upload: PopulationUpload) -> None:
    """Begin the reading anew, where a fault of ours or a lost worker stopped it."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        upload = _own(actor, upload)
        if upload.state != READING:
            return
        new_job(actor, upload, KIND, _TITLE, STEPS)
    begun(upload)


def drop(actor: Actor, upload: PopulationUpload) -> None:
    """Take nothing over and remove the file."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        upload = _own(actor, upload)
        if upload.state not in WAITING:
            return
        forget(upload, DROPPED)
        old = {"file": upload.name, "sha256": upload.sha256}
        record(actor, "population.dropped", ABOUT[Place(upload.place)].name.ja, old=old)


def accept(actor: Actor, upload: PopulationUpload, acceptance: Acceptance) -> bool:
    """Put what was read to use, the table before it into the history; False where it was taken over before.

    Raises Problem where it waits no more, the figures beside it changed since it was shown, the source has no
    name, or the projection could not be carried out with it.
    """
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        municipality = _locked(actor)
        upload = _own(actor, upload)
        if upload.state == ACCEPTED:
            return False
        if upload.state != READY:
            raise Problem(
                "この読み込みは、もう確認待ちではありません。もう一度読み込んでください",
                "this file does not wait any more; load it again",
            )
        facts = facts_of(municipality)
        if acceptance.seen and acceptance.seen != facts.mark:
            raise Problem(
                "確認しているあいだに、使っている表が変わりました。下の比較を見直してから取り込んでください",
                "the tables in use changed meanwhile; look at the comparison below again, then take it over",
            )
        place = Place(upload.place)
        row = table_of(upload, facts, acceptance)
        must_run(municipality, {place: row})
        old = _replace(facts.tables.get(place))
        row.by = actor.user
        row.save(force_insert=True)
        forget(upload, ACCEPTED)
        record(actor, "population.taken_over", ABOUT[place].name.ja, old=old, new=_told(row))
    return True


def table_of(upload: PopulationUpload, facts: Facts, acceptance: Acceptance) -> PopulationTable:
    """The table that ``upload`` becomes, not saved.  Raises Problem where an own sheet's source has no name."""
    municipality = upload.municipality
    reading = load_reading(upload.content)
    origin = origin_of(reading)
    if acceptance.named is not None and origin.how == "entered":
        reading = with_origin(reading, _origin(origin, acceptance.named))
    if acceptance.keeps_years:
        place = Place(upload.place)
        old = reading_at(place, facts.tables.get(place), municipality)
        reading = joined(reading, old) if old is not None else reading
    return PopulationTable(
        id=upload.pk,
        municipality=municipality,
        place=upload.place,
        content=dump_reading(reading, area_for(upload.place, municipality)),
        name=upload.name,
        sha256=upload.sha256,
        remarks=upload.remarks,
    )


def take_out(actor: Actor, place: Place) -> bool:
    """Take the own table of ``place`` out of use; it stays in the history.  False where there is none.

    Raises Problem where the projection could not be carried out without it.
    """
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        municipality = _locked(actor)
        row = facts_of(municipality).tables.get(place)
        if row is None:
            return False
        must_run(municipality, {place: None})
        record(actor, "population.taken_out", ABOUT[place].name.ja, old=_replace(row))
    return True


def put_back(actor: Actor, table: PopulationTable) -> bool:
    """Use a table of the history again, in place of the one in use.  False where it is in use.

    Raises Problem where the projection could not be carried out with it.
    """
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        municipality = _locked(actor)
        row = PopulationTable.objects.get(municipality=municipality, pk=table.pk)
        if row.replaced_at is None:
            return False
        place = Place(row.place)
        must_run(municipality, {place: row})
        old = _replace(facts_of(municipality).tables.get(place))
        row.replaced_at = None
        row.save(update_fields=["replaced_at"])
        record(actor, "population.put_back", ABOUT[place].name.ja, old=old, new=_told(row))
    return True


def must_run(municipality: Municipality, tried: Mapping[str, PopulationTable | None]) -> Facts:
    """The figures with ``tried`` in use.  Raises Problem where no projection can be made of them."""
    facts = facts_of(municipality, tried)
    if facts.known is not None:
        outlook(facts.known, UNTIL)
    return facts


def _replace(row: PopulationTable | None) -> dict[str, object] | None:
    if row is None:
        return None
    row.replaced_at = timezone.now()
    row.save(update_fields=["replaced_at"])
    return _told(row)


def _told(row: PopulationTable) -> dict[str, object]:
    """What the log says of a table."""
    reading = load_reading(row.content)
    years, origin = years_of(reading), origin_of(reading)
    return {
        "file": row.name,
        "sha256": row.sha256,
        "source": origin.source,
        "years": f"{years[0]}-{years[-1]}",
    }


def _origin(read: Origin, named: Named) -> Origin:
    source, table, edition = (
        " ".join(kept_text(text).split())[:LONGEST_TEXT]
        for text in (named.source, named.table, named.edition)
    )
    if not source:
        raise Problem(
            "出典がありません。だれの、何という表かを書いてください",
            "there is no source; write whose table it is and what it is called",
        )
    if IPSS_NAME in source and not edition:
        raise Problem(
            "社人研の推計は版で呼び分けるので、版（令和5（2023）年推計など）を書いてください",
            "projections of IPSS are told apart by their edition; write it, such as 令和5（2023）年推計",
        )
    return Origin(source, table, edition, read.how, read.note)


def _locked(actor: Actor) -> Municipality:
    """The actor's municipality, locked until the transaction ends, so that acts on its tables stand in a row."""
    return Municipality.objects.select_for_update().get(pk=actor.here.pk)


def _own(actor: Actor, upload: PopulationUpload) -> PopulationUpload:
    rows = PopulationUpload.objects.select_for_update(of=("self",)).select_related("municipality", "job")
    return rows.get(municipality=actor.municipality, pk=upload.pk)

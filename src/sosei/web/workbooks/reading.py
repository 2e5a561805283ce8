"""What a worker does with an upload: open it, read it into the draft's plan, tell what it would change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from sosei.formats.workbook import Incoming, mark_of, read_workbook, seeded_keys
from sosei.formats.workbook.incoming import said
from sosei.formats.xlsx_cells import read_book
from sosei.plan.base import Key, Node
from sosei.plan.changes import Change, ChangeKind
from sosei.plan.difference import difference
from sosei.plan.indicator import Placement
from sosei.plan.labels import record_label, value_label
from sosei.plan.model import Element
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Operation, Set
from sosei.plan.walk import nodes
from sosei.reports.comparison import Told, rows_and_rest
from sosei.reports.comparison_content import Runs
from sosei.values import Problem, Words
from sosei.web.jobs.models import Job
from sosei.web.jobs.other import Tell
from sosei.web.plans.change_list import spots_of, told_row
from sosei.web.plans.store import draft_document_at, last_operation, operation_of
from sosei.web.workbooks.blocks import Way, read_pasted
from sosei.web.workbooks.keeping import forget
from sosei.web.workbooks.merging import BOTH, Merged, merge
from sosei.web.workbooks.models import LONGEST_MARK, Upload, UploadChange, UploadKind, UploadState
from sosei.web.workbooks.taken import known_to
from sosei.web.workbooks.writers import writers_told

KIND = "reading"
"""The kind of the jobs."""
STEPS = 4
MOST_ERRORS = 200
"""Faulty cells that are kept to be shown; the rest are counted."""
FAILED = Words(
    "読み込みの途中で誤りが起きました。もう一度試し、続く場合は運用の担当者に時刻を添えて知らせてください",
    "something went wrong while it was read; try again, and if it goes on tell the operator the time",
)
_KINDS = {
    "add": ChangeKind.ADDED,
    "remove": ChangeKind.REMOVED,
    "move": ChangeKind.MOVED,
    "set": ChangeKind.CHANGED,
}
_OPENS = Words("開いています", "opening")
_READS = Words("計画に当てはめています", "reading it into the plan")
_COMPARES = Words("今の下書きと比べています", "comparing with the draft")


def run(job: Job, tell: Tell) -> None:
    """Read the upload of ``job`` against the draft as it stands; nothing where it is done with already.

    Raises Problem where it cannot be read; the file is then gone.
    """
    upload = Upload.objects.select_related("draft").filter(job=job, state=UploadState.READING).first()
    if upload is None:
        return
    against = last_operation(upload.draft)
    base = draft_document_at(upload.draft_id, against)
    try:
        incoming, mark = _incoming(upload, base, tell)
    except Problem as problem:
        upload.problem_ja, upload.problem_en = problem.ja, problem.en
        forget(upload, UploadState.REFUSED)
        raise
    tell(4, _COMPARES)
    plan = incoming.plan or base
    found = Merged(operations=list(difference(base, plan)))
    remarks, errors = list(incoming.remarks), list(incoming.errors)
    written = known_to(upload, mark, plan) if mark else None
    is_whole = incoming.plan is not None
    if found.operations and written is not None and written != base:
        try:
            found, plan = merge(base, found.operations, written)
        except Problem as problem:
            found, plan, is_whole = Merged(), base, False
            errors.append(said(problem))
    if found.stale:
        remarks.insert(0, _kept(found.stale))
    made = found.operations
    changes = list(_changes(upload, base, plan, {} if written else _undone(upload, made)))
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        if upload.state != UploadState.READING:
            return
        upload.changes.all().delete()
        UploadChange.objects.bulk_create(changes)
        upload.state, upload.against, upload.whole = UploadState.READY, against, is_whole
        upload.operations = json.dumps([each.model_dump(mode="json") for each in made], ensure_ascii=False)
        upload.both = BOTH.dump_json(writers_told(upload.draft, found.both)).decode()
        upload.mark = mark[:LONGEST_MARK] if written is not None else ""
        upload.counts = json.dumps(counted(made))
        upload.records = json.dumps(_records(base, plan), ensure_ascii=False)
        upload.error_count = len(errors)
        upload.errors = _json(asdict(error) for error in errors[:MOST_ERRORS])
        upload.remarks = _json([remark.ja, remark.en] for remark in remarks)
        upload.save()


def _kept(count: int) -> Words:
    return Words(
        f"ブックを書き出したか前に取り込んだあとに下書きで書かれた{count}か所は、ブックのその欄が変わっていないので、今の下書きのままにします",
        f"{count} places were written in the draft after the workbook was taken out or loaded before and are as they "
        "were in the workbook; the draft keeps them",
    )


def _incoming(upload: Upload, base: Document, tell: Tell) -> tuple[Incoming, str]:
    """What the upload says, and the word for the state that a workbook was written from."""
    keys = seeded_keys(bytes.fromhex(upload.seed))
    tell(1, _OPENS)
    data = bytes(upload.data)
    if upload.kind == UploadKind.BLOCK:
        tell(3, _READS)
        return read_pasted(data.decode(), Way.of(upload.settings), base, keys), ""
    book = read_book(data, lambda done, of: tell(2, _sheets(done, of)))
    tell(3, _READS)
    return read_workbook(book, base, keys), mark_of(book)


def _sheets(done: int, of: int) -> Words:
    return Words(f"シートを読んでいます（{of}枚のうち{done}枚）", f"reading the sheets ({done} of {of})")


def counted(made: Iterable[Operation]) -> dict[str, int]:
    """How many of ``made`` there are of each kind of change."""
    return dict(Counter(_KINDS[each.op].value for each in made))


def _undone(upload: Upload, made: Sequence[Operation]) -> dict[tuple[Key, str], str]:
    """By key and field who wrote the present value, and when, where one of ``made`` would bring back the one before,
    or it was written after the upload had come.

    A file that was taken out before somebody else wrote says the earlier value still.
    """
    wanted = {(each.key, each.field): each.new for each in made if isinstance(each, Set)}
    found: dict[tuple[Key, str], str] = {}
    for row in upload.draft.operations.select_related("by").order_by("no") if wanted else ():
        operation = operation_of(row)
        if not isinstance(operation, Set) or (operation.key, operation.field) not in wanted:
            continue
        spot = (operation.key, operation.field)
        found.pop(spot, None)
        if operation.old == wanted[spot] or row.at > upload.created_at:
            found[spot] = f"{row.by.name if row.by else '―'} {timezone.localtime(row.at):%Y-%m-%d %H:%M}"
    return found


def _changes(
    upload: Upload, old: Document, new: Document, undone: Mapping[tuple[Key, str], str]
) -> Iterator[UploadChange]:
    told, rest = rows_and_rest(old, new)
    rows: list[Told | Change] = [*told, *rest]
    for number, each in enumerate(rows, 1):
        row, heading = told_row(number, each)
        yield UploadChange(
            municipality_id=upload.municipality_id,
            upload=upload,
            number=number,
            heading=heading,
            place=row.place,
            item=row.item,
            old=_runs(row.old),
            new=_runs(row.new),
            undoes=next((undone[spot] for spot in spots_of(each) if spot in undone), ""),
        )


def _runs(runs: Runs) -> str:
    return _json([run.text, run.changed] for run in runs)


def _json(items: Iterable[object]) -> str:
    return json.dumps(list(items), ensure_ascii=False)


def _records(old: Document, new: Document) -> list[list[object]]:
    """[Japanese, English, how many come, how many go] of each sort of record."""
    before, after = ({node.key: node for node in nodes(plan)} for plan in (old, new))
    levels = {level.code: level.name for plan in (old, new) for level in plan.levels}
    come = Counter(_sort(node, levels) for key, node in after.items() if key not in before)
    gone = Counter(_sort(node, levels) for key, node in before.items() if key not in after)
    return [[*sort, come[sort], gone[sort]] for sort in {**come, **gone}]


def _sort(node: Node, levels: Mapping[str, str]) -> tuple[str, str]:
    """What a person calls records like this one: an element by its level, an indicator's place by its role."""
    match node:
        case Element():
            return levels[node.level], levels[node.level]
        case Placement():
            return value_label(node.role, "ja"), value_label(node.role, "en")
    return record_label(type(node), "ja"), record_label(type(node), "en")

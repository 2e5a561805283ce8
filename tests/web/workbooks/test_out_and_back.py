"""A draft goes out as a workbook, is changed in Excel, comes back with a preview, is taken over as one act."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from sosei.plan.operations import Set
from sosei.plan.walk import placements
from sosei.values import parse_quantity
from sosei.web.jobs.models import Job, JobState
from sosei.web.journal.models import Act
from sosei.web.people.actor import actor_of
from sosei.web.plans import undoing
from sosei.web.plans.acts import operate
from sosei.web.plans.models import DraftOperation
from sosei.web.plans.store import draft_document
from sosei.web.workbooks import acts, reading
from sosei.web.workbooks.keeping import KEPT_DAYS, clear_old
from sosei.web.workbooks.models import Upload, UploadChange, UploadState
from sosei.web.workbooks.origins import written_from
from tests.formats.workbook.books import Excel
from tests.web.workbooks.conftest import Desk

pytestmark = pytest.mark.django_db

SHEET = "指標・KPI"


def _first(desk: Desk) -> Any:
    return next(placement for _, placement in placements(desk.document))


def _changed(desk: Desk, **cells: str) -> bytes:
    """The workbook with cells of the first indicator written anew."""
    excel = desk.excel()
    row = excel.row(SHEET, "指標名", _first(desk).name)
    for heading, text in cells.items():
        excel.set(SHEET, row, heading, text)
    return excel.save()


def _said(response: Any) -> str:
    return str(response.content.decode())


def test_the_draft_goes_out_as_a_document_and_comes_back_without_a_difference(desk: Desk) -> None:
    documents = reverse("documents", args=["432148", desk.draft.plan.key, "draft"])
    desk.client.post(documents, {"document": "workbook/xlsx"})
    job = Job.objects.get(kind="workbook")
    assert job.file_name == "阿蘇市_計画のブック_下書き.xlsx"
    upload = desk.upload((settings.CONFIG.files / job.file).read_bytes())
    assert (upload.state, upload.job.step) == (UploadState.READY, reading.STEPS)
    page = desk.page(upload)
    assert "変わるところはありません" in page
    assert "下書きに取り込む" not in page
    assert desk.length == 0


def test_changed_cells_are_shown_and_taken_over_as_one_act_that_is_undone_as_one(desk: Desk) -> None:
    before = desk.document
    upload = desk.upload(_changed(desk, 目標値="123人", 資料="サンプルの調べ"))
    page = desk.page(upload)
    assert "123人" in page
    assert "サンプルの調べ" in page
    assert desk.length == 0
    made = json.loads(upload.operations)
    response = desk.accept(upload, reason="会議の結果")
    assert "取り込みました" in _said(response)
    rows = DraftOperation.objects.filter(draft=desk.draft)
    assert len(rows) == len(made)
    assert len({row.act for row in rows}) == 1
    assert {json.loads(row.operation)["reason"] for row in rows} == {"会議の結果"}
    (entry,) = Act.objects.filter(action="draft.changed")
    assert "ブック「計画.xlsx」を取り込み（変更" in entry.new
    assert _first(desk).target.quantity.text == "123人"
    undoing.undo_last(desk.actor, desk.draft)
    assert desk.document == before


def test_the_same_file_a_second_time_changes_nothing(desk: Desk) -> None:
    data = _changed(desk, 目標値="123人")
    desk.accept(desk.upload(data))
    length = desk.length
    upload = desk.upload(data)
    assert "変わるところはありません" in desk.page(upload)
    assert desk.length == length


def test_a_double_click_writes_once_and_the_way_back_leads_nowhere_harmful(desk: Desk) -> None:
    data = _changed(desk, 目標値="123人")
    first, second = desk.upload(data), desk.upload(data)
    assert first == second
    desk.accept(first)
    length = desk.length
    assert length > 0
    assert "もう取り込んであります" in _said(desk.accept(first))
    assert desk.length == length
    first.refresh_from_db()
    assert (bytes(first.data), first.operations, first.changes.count()) == (b"", "[]", 0)
    assert "受け取ったファイルは消しました" in desk.page(first)
    again = desk.client.post(desk.address("workbook_again", upload=first.pk))
    assert again.status_code == 400


def test_faulty_cells_are_named_and_stay_out_only_where_that_is_ticked(desk: Desk) -> None:
    upload = desk.upload(_changed(desk, 目標値="123人", 望ましい向き="どちらでも"))
    page = desk.page(upload)
    assert "誤りのあるセルが1か所あります" in page
    assert "望ましい向き" in page
    assert "どちらでも" in page
    refused = desk.accept(upload)
    assert refused.status_code == 400
    assert "誤りのあるセルが1か所あります" in _said(refused)
    assert desk.length == 0
    desk.accept(upload, without_faulty="1")
    assert _first(desk).target.quantity.text == "123人"


def _write(desk: Desk, person: Callable[..., Any], name: str) -> Any:
    """Another officer gives the first indicator another target."""
    other = actor_of(person("officer", desk.draft.municipality, username=name), desk.draft.municipality)
    first = _first(desk)
    target = first.target.model_dump(mode="json", exclude_defaults=True)
    new = first.target.model_copy(update={"quantity": parse_quantity("999人")})
    new = new.model_dump(mode="json", exclude_defaults=True)
    operate(other, desk.draft, [Set(key=first.key, field="target", old=target, new=new)])
    return other


def test_what_somebody_changed_meanwhile_is_shown_with_both_values_and_never_lost(
    desk: Desk, person: Callable[..., Any]
) -> None:
    upload = desk.upload(_changed(desk, 目標値="123人", 資料="サンプルの調べ"))
    _write(desk, person, "hanako")
    page = desk.page(upload)
    for text in ("ほかの変更と重なったところが1か所あります", "999人", "123人", "hanako"):
        assert text in page
    refused = desk.accept(upload)
    assert refused.status_code == 400
    assert "1か所が重なりました" in _said(refused)
    assert desk.length == 1
    stale = desk.accept(upload, without_conflicts="1", seen="")  # as shown before the other wrote
    assert stale.status_code == 400
    seen = str(desk.draft.operations.last().pk)
    taken = desk.accept(upload, without_conflicts="1", seen=seen)
    assert "重なっていた1か所は除きました" in _said(taken)
    assert _first(desk).target.quantity.text == "999人"
    indicator = next(each for each in desk.document.indicators if each.key == _first(desk).indicator)
    assert indicator.source == "サンプルの調べ"


def test_an_older_file_that_would_bring_back_a_value_says_so(desk: Desk, person: Callable[..., Any]) -> None:
    data = _changed(desk, 資料="サンプルの調べ")
    _write(desk, person, "hanako")
    upload = desk.upload(data)
    page = desk.page(upload)
    assert "上書きする変更が1か所あります" in page
    assert page.count("あとから書かれた値") == 1
    assert [each.undoes.partition("（")[0] for each in upload.changes.exclude(undoes="")] == ["hanako"]


def test_what_others_wrote_after_the_workbook_was_taken_out_stays(
    desk: Desk, person: Callable[..., Any]
) -> None:
    documents = reverse("documents", args=["432148", desk.draft.plan.key, "draft"])
    desk.client.post(documents, {"document": "workbook/xlsx"})
    excel = Excel((settings.CONFIG.files / Job.objects.get(kind="workbook").file).read_bytes())
    row = excel.row(SHEET, "指標名", _first(desk).name)
    excel.set(SHEET, row, "資料", "サンプルの調べ")
    _write(desk, person, "hanako")
    upload = desk.upload(excel.save())
    page = desk.page(upload)
    assert "書かれた1か所は" in page
    assert "999人" not in page
    desk.accept(upload)
    assert _first(desk).target.quantity.text == "999人"
    assert "サンプルの調べ" in {each.source for each in desk.document.indicators}
    again = desk.upload(excel.save())
    assert "下書きに取り込む" not in desk.page(again)


@pytest.mark.parametrize("mark", ["e99", "e1", "ex", "x.y", "00000000000000000000000000000000.", "."])
def test_a_word_for_a_state_that_is_none_of_the_draft_is_no_harm(desk: Desk, mark: str) -> None:
    found = written_from(desk.draft, mark)
    assert (found is not None) == (mark == "e1")


def test_read_again_it_is_compared_with_the_draft_as_it_is_now(
    desk: Desk, person: Callable[..., Any]
) -> None:
    upload = desk.upload(_changed(desk, 目標値="123人"))
    _write(desk, person, "hanako")
    desk.client.post(desk.address("workbook_again", upload=upload.pk))
    page = desk.page(upload)
    assert "重なったところ" not in page
    assert "999" in page
    assert page.count("あとから書かれた値") == 1
    desk.accept(upload)
    assert _first(desk).target.quantity.text == "123人"


def test_what_the_draft_says_already_is_no_conflict(desk: Desk) -> None:
    data = _changed(desk, 目標値="123人")
    upload = desk.upload(data)
    made = acts.operations_of(upload)
    operate(desk.actor, desk.draft, made)
    assert "重なったところ" not in desk.page(upload)
    length = desk.length
    assert "書き換えるところはありませんでした" in _said(desk.accept(upload))
    assert desk.length == length


def test_dropped_nothing_is_written_and_the_file_is_gone(desk: Desk) -> None:
    upload = desk.upload(_changed(desk, 目標値="123人"))
    desk.client.post(desk.address("workbook_drop", upload=upload.pk))
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.data), desk.length) == (UploadState.DROPPED, b"", 0)
    assert desk.accept(upload).status_code == 400


def test_what_nobody_looks_at_is_cleared_away(desk: Desk) -> None:
    upload = desk.upload(_changed(desk, 目標値="123人"))
    assert clear_old() == 0
    Upload.objects.update(created_at=timezone.now() - timedelta(days=KEPT_DAYS, seconds=1))
    assert clear_old() == 1
    assert not UploadChange.objects.exists()
    assert desk.client.get(desk.address("workbook_upload", upload=upload.pk)).status_code == 404


def test_a_fault_of_ours_can_be_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_workbook", lambda *_: 1 / 0)
        upload = desk.upload(_changed(desk, 目標値="123人"))
    assert "もう一度試し" in desk.page(upload)
    desk.client.post(desk.address("workbook_again", upload=upload.pk))
    assert "123人" in desk.page(upload)


def test_long_previews_are_paged(desk: Desk) -> None:
    excel = desk.excel()
    sheet = excel.sheet(SHEET)
    column = excel.column(SHEET, "資料")
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value = f"サンプルの資料{row}"
    upload = desk.upload(excel.save())
    many = upload.changes.count()
    UploadChange.objects.bulk_create(
        UploadChange(
            municipality=upload.municipality,
            upload=upload,
            number=many + n,
            item="資料",
            old="[]",
            new='[["x", true]]',
        )
        for n in range(1, 101)
    )
    assert f"1/{(many + 199) // 100}" in desk.page(upload)
    assert "印字に関わらない変更" in desk.page(upload, page="2")


def test_an_empty_workbook_has_the_levels_and_years_of_the_plan(desk: Desk) -> None:
    response = desk.client.get(desk.address("workbook_empty"))
    assert "%E7%A9%BA%E3%81%AE%E6%A7%98%E5%BC%8F" in response["Content-Disposition"]
    headings = [str(cell.value) for cell in Excel(response.content).sheet(SHEET)[1]]
    assert [level.name for level in desk.document.levels] == headings[1 : 1 + len(desk.document.levels)]
    assert any("目標 R8" in heading for heading in headings)
    assert any("実績" in heading for heading in headings)


def test_a_plan_begins_with_a_workbook(desk: Desk) -> None:
    empty = desk.client.get(reverse("plan_empty_workbook", args=["432148"]))
    excel = Excel(empty.content)
    for label, value in {
        "題名": "サンプルの計画",
        "計画期間": "令和8年度～令和12年度",
    }.items():
        excel.set("基本事項", excel.row("基本事項", "項目", label), "内容", value)
    excel.fill("体系", ["階層", "番号の表記", "名称"], [["基本目標", "基本目標１", "サンプルの目標"]])
    form = {"key": "abcdefghij", "title": "下書きの題"}
    address = reverse("plan_from_workbook", args=["432148"])
    for _ in range(2):  # sent twice it begins one plan
        response = desk.client.post(address, {**form, "file": SimpleUploadedFile("新.xlsx", excel.save())})
        assert response.status_code == 302, _said(response)
    upload = Upload.objects.first()
    assert upload is not None
    assert upload.draft.plan.title == "下書きの題"
    desk.draft = upload.draft
    page = desk.page(upload)
    assert "サンプルの目標" in page
    desk.accept(upload)
    document = draft_document(upload.draft)
    assert (document.title, [each.name for each in document.elements]) == (
        "サンプルの計画",
        ["サンプルの目標"],
    )
    assert document.period is not None
    assert (document.period.first.year, document.period.last.year) == (2026, 2030)


def test_while_it_is_read_the_page_says_how_far_it_is(desk: Desk) -> None:
    upload = desk.upload(_changed(desk, 目標値="123人"))
    Upload.objects.update(state=UploadState.READING)
    Job.objects.update(
        state=JobState.RUNNING,
        step=2,
        doing_ja="シートを読んでいます（8枚のうち3枚）",
        seen_at=timezone.now(),
    )
    assert "シートを読んでいます（8枚のうち3枚）" in desk.page(upload)
    progress = desk.address("workbook_progress", upload=upload.pk)
    part = desk.client.get(progress)
    assert '<progress max="4" value="2"' in part.content.decode()
    seen = part.content.decode().partition("seen=")[2].partition('"')[0]
    assert desk.client.get(f"{progress}?seen={seen}").status_code == 204
    assert desk.accept(upload).status_code == 400
    Upload.objects.update(state=UploadState.READY)
    assert desk.client.get(progress)["HX-Refresh"] == "true"


def test_what_would_be_no_plan_as_a_whole_cannot_be_taken_over(desk: Desk) -> None:
    upload = desk.upload(_changed(desk, 目標値="123人", 望ましい向き="どちらでも"))
    Upload.objects.update(whole=False)
    page = desk.page(upload)
    assert "誤りがあるため、取り込めません" in page
    assert "下書きに取り込む" not in page
    assert desk.accept(upload, without_faulty="1").status_code == 400
    assert desk.length == 0


def test_work_that_is_no_document_stands_on_no_page_of_documents(desk: Desk) -> None:
    upload = desk.upload(_changed(desk, 目標値="123人"))
    assert upload.job is not None
    assert desk.client.get(reverse("job", args=["432148", upload.job.pk])).status_code == 404
    documents = reverse("documents", args=["432148", desk.draft.plan.key, "draft"])
    assert "ブックの読み込み" not in desk.client.get(documents).content.decode()

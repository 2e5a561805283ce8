"""The KPI一覧 as Excel, read back."""

from __future__ import annotations

from sosei.reports.content import KpiList, KpiListGroup, KpiListRow
from sosei.reports.xlsx import kpi_list_xlsx
from tests.reports.samples import sample_kpi_list
from tests.reports.test_xlsx import breaks, cells, opened, span


def test_kpi_list() -> None:
    sheet = opened(kpi_list_xlsx(sample_kpi_list()))["KPI一覧"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[2] == ["区分", "指標名", "基準値", "年", "目標値", "年", "Ｒ6", "Ｒ7", "達成率", "担当課"]
    assert [row[0] for row in rows[3:]] == [
        "基本目標１ 安心して働くことができる仕事をつくる",
        "数値目標",
        "施策① 地域企業の生産性革命の実現",
        "KPI",
        "KPI",
        "KPI",
        "基本目標２ 地方とのつながりを築き、新しいひとの流れをつくる",
        "数値目標",
        "施策① 地方移住の推進",
        "KPI",
        None,
        "注",
        "雇用創出数：基準値は令和２年～令和４年度の累計である。",
        "参加者数（延べ、うち市外からの参加者数）：達成率は求めない。",
        "参加者数（延べ、うち市外からの参加者数）：令和７年度は開催していない。",
        None,
        sample_kpi_list().footer,
    ]
    assert span(sheet, "A4") == "A4:J4"


def test_kpi_list_leaves_out_columns_without_a_value() -> None:
    rows = (
        KpiListRow(role="KPI", name="甲", target="1人", notes=("同じ注",)),
        KpiListRow(role="KPI", name="乙", notes=("同じ注",)),
    )
    bare = KpiList(
        title="一覧", municipality="市", years=("Ｒ6",), groups=(KpiListGroup(goal="目標", rows=rows),)
    )
    sheet = opened(kpi_list_xlsx(bare))["KPI一覧"]
    assert [cell.value for cell in sheet[2]] == ["区分", "指標名", "目標値"]
    assert "甲、乙：同じ注" in cells(sheet).values()


def test_kpi_list_without_rows() -> None:
    sheet = opened(kpi_list_xlsx(KpiList(title="一覧", municipality="市")))["KPI一覧"]
    assert set(cells(sheet).values()) == {"一覧　市", "指標名"}


def test_kpi_list_names_the_goal_again_on_every_page() -> None:
    rows = tuple(KpiListRow(role="KPI", name=f"指標{number}") for number in range(100))
    goal = KpiListGroup(goal="目標１", measure="施策①", rows=rows)
    more = KpiListGroup(goal="目標１", measure="施策②", rows=rows)
    sheet = opened(kpi_list_xlsx(KpiList(title="一覧", municipality="市", groups=(goal, more))))["KPI一覧"]
    assert len(breaks(sheet)) >= 4
    for end in breaks(sheet):
        assert sheet.cell(end + 1, 1).value == "目標１（つづき）"
        assert str(sheet.cell(end + 2, 1).value).startswith("施策")

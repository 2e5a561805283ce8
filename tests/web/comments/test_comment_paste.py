"""A block from Excel becomes opinions: columns by their headings, faults by line, nothing entered unseen or twice."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sosei.values import Problem
from sosei.web.comments.opinions import SaidOpinion, living
from sosei.web.comments.paste import MOST_LINES, read
from sosei.web.comments.places import Place
from tests.web.access_samples import BACKEND

GOAL = Place(key="agoal00001", goal="agoal00001", names=("基本目標１ 仕事をつくる",))
MEASURE = Place(key="ameasure01", goal="agoal00001", names=(*GOAL.names, "施策① 農業の支援"))
TWIN = Place(key="ameasure02", goal="agoal00002", names=("基本目標２ 人の流れ", "施策① 移住の支援"))
KPI = Place(key="aplacemnt1", goal="agoal00001", names=(*MEASURE.names, "KPI「新規就農者数」"))
PLACES = (Place(), GOAL, MEASURE, TWIN, KPI)


def one(block: str) -> SaidOpinion:
    (line,) = read(block, PLACES).lines
    assert line.said is not None, line.problem
    return line.said


def test_columns_are_known_by_their_headings_in_any_order() -> None:
    block = (
        "No.\t市の考え方\t該当箇所\tページ\t意見の概要\t修正の有無\t修正の内容\t件数\n"
        '1\t"足します。\n次の年から。"\t農業の支援\t12\t"""若い農家""を増やして"\t一部修正\t文を足す\t３件\n'
    )
    assert one(block) == SaidOpinion(
        record=MEASURE.key,
        goal=GOAL.key,
        place=MEASURE.text,
        page="12",
        summary='"若い農家"を増やして',
        answer="足します。\n次の年から。",
        outcome="partly",
        change="文を足す",
        same=3,
    )


def test_a_lone_quote_takes_no_other_line_with_it() -> None:
    found = read('意見\t回答\n"若い農家を\t増やします\n道路を\t直します\n', PLACES)
    assert [each.summary for each in found.opinions] == ['"若い農家を', "道路を"]


def test_a_block_of_one_column_is_opinions() -> None:
    assert [each.summary for each in read("一\n二\n\n三", PLACES).opinions] == ["一", "二", "三"]


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("基本目標１ 仕事をつくる", GOAL.key),
        ("基本目標１", GOAL.key),
        ("基本目標1　仕事をつくる", GOAL.key),
        ("農業の支援", MEASURE.key),
        ("新規就農者数", KPI.key),
        ('"基本目標１ 仕事をつくる\n施策① 農業の支援"', MEASURE.key),
        ("計画全体", ""),
        ("全体", ""),
        ("", ""),
    ],
)
def test_a_place_is_found_by_name_or_label(cell: str, key: str) -> None:
    (line,) = read(f"該当箇所\t意見\n{cell}\t一", PLACES).lines
    assert line.said is not None
    assert (line.said.record, line.remark) == (key, None)


@pytest.mark.parametrize("cell", ["施策①", "第９章"])  # the first is two places
def test_a_place_that_is_not_clear_is_kept_beside_and_told(cell: str) -> None:
    (line,) = read(f"該当箇所\t意見\n{cell}\t一", PLACES).lines
    assert line.said is not None
    assert line.remark is not None
    assert (line.said.record, line.said.page) == ("", cell)


def test_the_page_that_our_table_prints_is_read_back() -> None:
    said = one('該当箇所\t意見の概要\n"基本目標１ 仕事をつくる\n（12ページ）"\t一')
    assert (said.record, said.page) == (GOAL.key, "12")


def test_who_sent_an_opinion_is_not_taken() -> None:
    pasted = read("番号\t氏名\t意見者の住所\t意見\tメモ\n1\t山田\t九日町\t一\tあ", PLACES)
    assert pasted.ignored == ("氏名", "意見者の住所", "メモ")
    assert pasted.opinions == [SaidOpinion(summary="一")]


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [
        ("修正する", "revised"),
        ("修正なし", "as_drafted"),
        ("記載済み", "included"),
        ("対象外", "outside"),
        ("", ""),
    ],
)
def test_outcomes_are_known_by_usual_words(cell: str, outcome: str) -> None:
    assert one(f"意見\t修正の有無\n一\t{cell}").outcome == outcome


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("意見\t回答\n\t答え", "意見の概要が空"),
        ("意見\t区分\n一\tたぶん", "修正の有無「たぶん」"),
        ("意見\t件数\n一\t多数", "件数「多数」"),
        ("意見\tページ\n一\t" + "1" * 41, "ページが長すぎます"),
        ("意見\tページ\n" + "あ" * 10_001 + "\t1", "意見の概要が長すぎます"),
        ("意見\t回答\n一\t\x07", "使えない文字"),
        ("意見\t回答\n" + "あ" * 200_000 + "\tい", "意見の概要が長すぎます"),
    ],
)
def test_a_line_that_cannot_be_taken_is_told_by_number(block: str, told: str) -> None:
    (line,) = read(block, PLACES).problems
    assert line.number == 2
    assert line.problem is not None
    assert told in line.problem.ja


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("", "貼り付けた内容がありません"),
        ("\t\n \t\n", "貼り付けた内容がありません"),
        ("あ\tい\nう\tえ", "列が分かりません"),
        ("意見の概要\t考え方", "0行"),
        ("一\n" * (MOST_LINES + 1), f"{MOST_LINES + 1}行"),
        ("あ" * 300_001, "長すぎます"),
    ],
)
def test_a_block_that_is_no_table_of_opinions_is_refused(block: str, told: str) -> None:
    with pytest.raises(Problem) as refused:
        read(block, PLACES)
    assert told in refused.value.ja


@pytest.mark.django_db
def test_nothing_is_entered_before_it_was_seen_and_nothing_twice(actor: Any, comment: Any) -> None:
    client = Client()
    client.force_login(actor.user, backend=BACKEND)
    at = reverse("opinions_paste", args=[comment.municipality.code, comment.plan.key, comment.pk])
    block = "意見の概要\t考え方\n<b>一</b>\t答え\n二\t"
    page = client.post(at, {"block": block})
    assert living(comment) == []
    text = page.content.decode()
    assert text.count(f">{block.replace('<', '&lt;').replace('>', '&gt;')}</textarea>") == 2
    for _ in range(2):
        sent = {"block": block, "do": "add", "first": str(page.context["first"])}
        assert client.post(at, sent).status_code == 302
    assert [(row.summary, row.answer) for row in living(comment)] == [("<b>一</b>", "答え"), ("二", "")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"block": "意見\t件数\n一\t多数", "do": "add", "first": str(uuid4())}, 200),
        ({"block": "一", "do": "add", "first": "no key"}, 400),
        ({"block": "", "do": "add", "first": str(uuid4())}, 400),
    ],
)
def test_a_faulty_block_enters_nothing(sent: dict[str, str], status: int, actor: Any, comment: Any) -> None:
    client = Client()
    client.force_login(actor.user, backend=BACKEND)
    at = reverse("opinions_paste", args=[comment.municipality.code, comment.plan.key, comment.pk])
    assert client.post(at, sent).status_code == status
    assert living(comment) == []

"""The pages of public comments: who sees what, forms kept as typed, filters, hostile texts, the way to the document."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sosei.plan.operations import Set
from sosei.plan.walk import placements
from sosei.web.comments import acts, opinions
from sosei.web.comments.models import PublicComment, PublicOpinion
from sosei.web.comments.opinions import SaidOpinion, living
from sosei.web.comments.places import changes_at, place_of, places
from sosei.web.jobs.acts import request_job
from sosei.web.jobs.kinds import Asked
from sosei.web.jobs.models import Job, JobState
from sosei.web.people.roles import Right
from sosei.web.plans.acts import operate
from sosei.web.plans.store import draft_document
from tests.web.access_samples import BACKEND

pytestmark = pytest.mark.django_db

SignedIn = Callable[..., Client]
ANSWERED = SaidOpinion(summary="本数を増やしてほしい。", answer="検討します。", outcome="reference")
HOSTILE = '<script>alert(1)</script>\n=cmd|"/c calc"!A1 {{ 1 }} &amp; 髙﨑葛󠄀'


@pytest.fixture
def client(actor: Any) -> Client:
    client = Client()
    client.force_login(actor.user, backend=BACKEND)
    return client


def address(name: str, comment: Any, *more: Any) -> str:
    return reverse(name, args=[comment.municipality.code, comment.plan.key, comment.pk, *more])


def opinion_form(**typed: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "record": "", "summary": "バスを増やしてほしい。", **typed}


def comment_form(**typed: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "title": "第3期総合戦略（案）への意見募集",
        "since": "令和8年1月5日",
        "until": "R8.2.3",
        **typed,
    }


def entered(comment: Any, actor: Any, said: SaidOpinion = ANSWERED, **more: Any) -> PublicOpinion:
    return opinions.add(actor, comment, uuid4(), replace(said, **more))


def typed_into(page: Any) -> dict[str, Any]:
    """What the form of a page would send as it stands."""
    form = page.context["form"]
    return {field.name: "" if field.value() is None else field.value() for field in form}


def test_a_public_comment_is_entered_as_people_write(client: Client, draft: Any) -> None:
    form = comment_form(
        announced=["広報紙", "ホームページ"],
        announced_other="防災無線",
        sent=["郵送"],
        people="１４人",
        organisations="",
    )
    new = reverse("comment_new", args=[draft.municipality.code, draft.plan.key])
    for _ in range(2):  # a double click
        assert client.post(new, form).status_code == 302
    (made,) = PublicComment.objects.all()
    assert (made.since.isoformat(), made.until.isoformat()) == ("2026-01-05", "2026-02-03")
    assert (made.announced, made.sent) == ("広報紙\nホームページ\n防災無線", "郵送")
    assert (made.people, made.organisations) == (14, None)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"since": "そのうち"}, "since"),
        ({"until": "令和8年1月4日"}, "until"),
        ({"people": "多数"}, "people"),
        ({"people": "-1"}, "people"),
        ({"title": ""}, "title"),
        ({"title": "a\x07"}, "title"),
        ({"sent": ["伝書鳩"]}, "sent"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_kept(
    typed: dict[str, Any], field: str, client: Client, draft: Any
) -> None:
    new = reverse("comment_new", args=[draft.municipality.code, draft.plan.key])
    page = client.post(new, comment_form(remarks="消えては困る備考", **typed))
    assert page.status_code == 400
    assert list(page.context["form"].errors) == [field]
    assert "消えては困る備考" in page.content.decode()
    assert not PublicComment.objects.exists()


def test_without_a_draft_one_is_led_to_begin_it(client: Client, actor: Any, draft: Any) -> None:
    from sosei.web.plans.acts import discard

    discard(actor, draft)
    new = reverse("comment_new", args=[draft.municipality.code, draft.plan.key])
    assert client.get(new).url == reverse("draft", args=[draft.municipality.code, draft.plan.key])


def test_an_opinion_is_entered_and_stands_in_the_table(client: Client, comment: Any, draft: Any) -> None:
    (_, placement), *_ = placements(draft_document(draft))
    form = opinion_form(record=placement.key, page="12", same="３", answer="", outcome="")
    page = client.post(address("opinion_new", comment), form, follow=True)
    (row,) = living(comment)
    assert (row.record, row.page, row.same) == (placement.key, "12", 3)
    assert (
        row.place.split("\n")[-1] == f"{'数値目標' if '数値目標' in row.place else 'KPI'}「{placement.name}」"
    )
    text = page.content.decode()
    for wanted in ("バスを増やしてほしい。", "（12ページ）", "同じ趣旨の意見 計3件", "未記入"):
        assert wanted in text
    assert "意見1を登録しました" in text


def test_the_form_says_that_senders_are_not_kept_and_has_no_field_for_them(
    client: Client, comment: Any
) -> None:
    page = client.get(address("opinion_new", comment))
    assert "氏名・住所・連絡先は記録しません" in page.content.decode()
    names = {field.name for field in PublicOpinion._meta.get_fields()}
    assert not {"name", "address", "sender", "mail"} & names


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"summary": " "}, "summary"),
        ({"record": "nosuchrec0"}, "record"),
        ({"outcome": "revised", "change": ""}, "change"),
        ({"outcome": "maybe"}, "outcome"),
        ({"same": "0"}, "same"),
        ({"summary": "あ" * 10_001}, "summary"),
        ({"answer": "\x1b[31m"}, "answer"),
        ({"operation": str(uuid4())}, "operation"),
    ],
)
def test_an_opinion_that_cannot_be_kept_is_shown_again(
    typed: dict[str, Any], field: str, client: Client, comment: Any
) -> None:
    page = client.post(address("opinion_new", comment), opinion_form(**{"page": "消えない", **typed}))
    assert page.status_code == 400
    assert list(page.context["form"].errors) == [field]
    assert "消えない" in page.content.decode()


def test_the_second_of_two_who_write_sees_both_values_and_may_save_again(
    client: Client, comment: Any, actor: Any
) -> None:
    row = entered(comment, actor)
    at = address("opinion", comment, row.pk)
    typed = typed_into(client.get(at)) | {"answer": "こちらの答え"}
    opinions.change(actor, row, replace(ANSWERED, answer="あちらの答え"), opinions.state_of(row))
    page = client.post(at, typed)
    assert page.status_code == 409
    assert [(each.now, each.typed) for each in page.context["differing"]] == [
        ("あちらの答え", "こちらの答え")
    ]
    assert client.post(at, typed_into(page)).status_code == 302
    row.refresh_from_db()
    assert row.answer == "こちらの答え"


def test_a_stale_form_of_the_comment_itself_shows_both_values(
    client: Client, comment: Any, actor: Any
) -> None:
    at = address("comment_edit", comment)
    typed = typed_into(client.get(at)) | {"people": "4"}
    acts.change(actor, comment, replace(acts.said_of(comment), people=3), acts.state_of(comment))
    page = client.post(at, typed)
    assert [(each.now, each.typed) for each in page.context["differing"]] == [("3", "4")]
    assert client.post(at, typed_into(page)).status_code == 302


def test_a_form_left_alone_changes_nothing(client: Client, comment: Any, actor: Any) -> None:
    rows = [entered(comment, actor, summary=each) for each in "一二三"]
    at = address("opinion", comment, rows[0].pk)
    typed = typed_into(client.get(at))
    opinions.move(actor, rows[0], 1, 3)
    assert client.post(at, typed).status_code == 302
    assert [row.summary for row in living(comment)] == list("二三一")  # the number it showed was not meant


def test_a_number_typed_moves_the_opinion(client: Client, comment: Any, actor: Any) -> None:
    rows = [entered(comment, actor, summary=each) for each in "一二三"]
    at = address("opinion", comment, rows[2].pk)
    client.post(at, typed_into(client.get(at)) | {"number": "１"})
    assert [row.summary for row in living(comment)] == list("三一二")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", "一二三"),
        ("answer=no", "二"),
        ("answer=yes", "一三"),
        ("outcome=changed", "三"),
        ("outcome=undecided", "二"),
        ("outcome=reference", "一"),
        ("goal=whole", "一二"),
        ("outcome=nonsense&answer=perhaps", "一二三"),
        ("answer=yes&goal=nosuchgoal", ""),
    ],
)
def test_opinions_are_filtered(
    asked: str, shown: str, client: Client, comment: Any, actor: Any, draft: Any
) -> None:
    goal = place_of(draft_document(draft), draft_document(draft).elements[0].key)
    assert goal is not None
    entered(comment, actor, summary="一")
    entered(comment, actor, summary="二", answer="", outcome="")
    entered(
        comment,
        actor,
        summary="三",
        outcome="revised",
        change="直す",
        record=goal.key,
        goal=goal.goal,
        place=goal.text,
    )
    page = client.get(f"{address('comment', comment)}?{asked}")
    assert "".join(each.row.summary for each in page.context["rows"]) == shown
    found = client.get(f"{address('comment', comment)}?goal={goal.goal}").context["rows"]
    assert [each.number for each in found] == [3]


@pytest.mark.parametrize("role", ["reader", "council"])
def test_readers_see_the_result_once_it_is_published(
    role: str, signed_in: SignedIn, comment: Any, actor: Any
) -> None:
    entered(comment, actor)
    reader = signed_in(role, comment.municipality)
    listed = reverse("comments", args=[comment.municipality.code, comment.plan.key])
    at = address("comment", comment)
    assert comment.title not in reader.get(listed).content.decode()
    assert reader.get(at).status_code == 403
    acts.publish(actor, comment)
    assert comment.title in reader.get(listed).content.decode()
    page = reader.get(at).content.decode()
    assert ANSWERED.summary in page
    assert "書き換える" not in page
    acts.withdraw(actor, comment)
    assert reader.get(at).status_code == 403


def test_a_removed_comment_is_seen_by_who_may_restore_it(
    client: Client, signed_in: SignedIn, comment: Any
) -> None:
    listed = client.post(address("comment_remove", comment), follow=True)
    assert [each.pk for each in listed.context["removed"]] == [comment.pk]
    at = address("comment", comment)
    assert signed_in("clerk", comment.municipality).get(at).status_code == 404
    assert client.post(address("comment_remove", comment), {"do": "restore"}, follow=True).status_code == 200
    assert PublicComment.objects.get(pk=comment.pk).removed_at is None


def test_a_comment_without_opinions_is_published_and_says_so(client: Client, comment: Any) -> None:
    page = client.post(address("comment_publish", comment), {"do": "publish"}, follow=True)
    assert "意見の提出はありませんでした" in page.content.decode()


def test_what_hinders_publishing_is_told_on_the_page(client: Client, comment: Any, actor: Any) -> None:
    entered(comment, actor, answer="")
    page = client.post(address("comment_publish", comment), {"do": "publish"}, follow=True)
    assert "考え方か修正の有無が書かれていない意見が1件あります" in page.content.decode()


def test_hostile_texts_are_kept_and_shown_as_text(client: Client, comment: Any) -> None:
    typed = opinion_form(summary=HOSTILE, answer=HOSTILE, change=HOSTILE, page=HOSTILE[:20])
    page = client.post(address("opinion_new", comment), typed, follow=True).content.decode()
    (row,) = living(comment)
    assert (row.summary, row.answer, row.change) == (HOSTILE, HOSTILE, HOSTILE)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "葛󠄀" in page


def test_the_answer_is_called_after_the_municipality(client: Client, comment: Any, actor: Any) -> None:
    entered(comment, actor)
    assert "市の考え方" in client.get(address("comment", comment)).content.decode()
    type(actor.municipality).objects.update(name="高森町")
    assert "町の考え方" in client.get(address("comment", comment)).content.decode()


def test_the_draft_and_the_adoption_show_what_is_open(
    client: Client, comment: Any, actor: Any, draft: Any
) -> None:
    entered(comment, actor, answer="")
    args = [draft.municipality.code, draft.plan.key]
    assert comment.title in client.get(reverse("draft", args=args)).content.decode()
    page = client.get(reverse("adopt", args=args)).content.decode()
    assert "考え方が未記入の意見が1件あります" in page


def test_the_change_of_the_draft_is_chosen_from_those_at_the_place(
    client: Client, comment: Any, actor: Any, draft: Any
) -> None:
    document = draft_document(draft)
    first, second = document.elements[:2]
    one, _ = (
        operate(actor, draft, [Set(key=each.key, field="name", old=each.name, new=f"{each.name}改")])[0]
        for each in (first, second)
    )
    assert [key for key, _ in changes_at(draft, first.key)] == [str(one.pk)]
    assert len(changes_at(draft, "")) == 2
    row = entered(comment, actor, record=first.key, goal=first.key, place=first.name)
    at = address("opinion", comment, row.pk)
    typed = typed_into(client.get(at)) | {"operation": str(one.pk)}
    page = client.post(at, typed, follow=True).content.decode()
    assert f"下書きの変更 {one.no}番" in page


def test_an_opinion_on_a_record_that_left_the_draft_keeps_its_place(
    client: Client, comment: Any, actor: Any
) -> None:
    row = entered(comment, actor, record="agonegone1", goal="agonegone1", place="基本目標９ なくなった目標")
    at = address("opinion", comment, row.pk)
    assert client.post(at, typed_into(client.get(at)) | {"answer": "書き直し"}).status_code == 302
    row.refresh_from_db()
    assert (row.record, row.place, row.answer) == ("agonegone1", "基本目標９ なくなった目標", "書き直し")


def test_every_place_has_a_key_of_its_own(draft: Any) -> None:
    found = places(draft_document(draft))
    assert len({place.key for place in found}) == len(found)
    assert found[0].names == ()


@pytest.mark.parametrize(("shape", "ending"), [("pdf-a4", ".pdf"), ("xlsx", ".xlsx")])
def test_the_table_is_made_by_the_worker_and_used_again_until_something_changes(
    shape: str, ending: str, client: Client, comment: Any, actor: Any
) -> None:
    row = entered(comment, actor)
    ask = {"document": f"public-comment/{shape}"}
    page = client.post(address("comment_document", comment), ask, follow=True)
    (job,) = Job.objects.all()
    assert job.state == JobState.DONE, job.problem_ja
    assert (job.rights, job.file_name.endswith(ending)) == (Right.READ_DRAFT.value, True)
    assert comment.title in page.content.decode()
    assert client.get(reverse("job_file", args=[comment.municipality.code, job.pk])).status_code == 200
    client.post(address("comment_document", comment), ask)
    assert Job.objects.count() == 1
    opinions.change(actor, row, replace(ANSWERED, answer="変えた"), opinions.state_of(row))
    client.post(address("comment_document", comment), ask)
    assert Job.objects.count() == 2


def test_readers_get_the_document_of_a_published_result(
    signed_in: SignedIn, comment: Any, actor: Any
) -> None:
    acts.publish(actor, comment)
    reader = signed_in("reader", comment.municipality)
    page = reader.post(
        address("comment_document", comment), {"document": "public-comment/pdf-a4"}, follow=True
    )
    assert page.status_code == 200
    job = Job.objects.get()
    assert job.rights == Right.READ_ADOPTED.value
    assert reader.get(reverse("job_file", args=[comment.municipality.code, job.pk])).status_code == 200


def test_a_document_whose_opinions_changed_before_it_was_made_is_not_made(
    client: Client, comment: Any, actor: Any
) -> None:
    row = entered(comment, actor)
    client.post(address("comment_document", comment), {"document": "public-comment/xlsx"})
    asked = Asked.from_json(json.loads(Job.objects.get().parameters))
    opinions.remove(actor, row)
    Job.objects.all().delete()
    job = request_job(actor, asked)
    assert (job.state, job.problem_ja[:12]) == (JobState.FAILED, "作成を頼んだあとに、意見")
    page = client.get(reverse("job", args=[comment.municipality.code, job.pk])).content.decode()
    assert f'action="{address("comment_document", comment)}"' in page
    assert f'<a href="{address("comment", comment)}">意見募集に戻る</a>' in page


def test_the_page_of_a_plans_documents_makes_no_table_of_opinions(client: Client, comment: Any) -> None:
    at = reverse("documents", args=[comment.municipality.code, comment.plan.key, "current"])
    assert client.post(at, {"document": "public-comment/pdf-a4"}).status_code == 400
    assert "意見募集の結果" not in client.get(at).content.decode()


@pytest.mark.parametrize("name", ["comment_edit", "opinion_new", "opinions_paste"])
def test_no_form_is_shown_where_nothing_can_be_written(
    name: str, client: Client, comment: Any, actor: Any
) -> None:
    assert client.get(address(name, comment)).status_code == 200
    acts.publish(actor, comment)
    page = client.get(address(name, comment), follow=True)
    assert page.redirect_chain[0][0] == address("comment", comment)
    assert "書き換えられません" in page.content.decode()


def test_a_running_comment_says_until_when(client: Client, actor: Any, draft: Any) -> None:
    today = timezone.localdate()
    said = acts.Said(title="募集中のもの", since=today, until=today + timedelta(days=29))
    running = acts.begin(actor, draft, uuid4(), said)
    running.municipality, running.plan = actor.municipality, draft.plan
    page = client.get(address("comment", running)).content.decode()
    assert "募集中" in page
    assert "結果を公表する" not in page

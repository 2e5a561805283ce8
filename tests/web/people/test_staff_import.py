from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from sosei.values import Problem
from sosei.web.journal.models import Act
from sosei.web.people import staff
from sosei.web.people.actor import Refused, actor_of
from sosei.web.people.models import Membership, User
from sosei.web.people.person import checked
from sosei.web.people.staff_csv import read_staff, template
from sosei.web.people.staff_import import accept, changes_of, sealed, unsealed

pytestmark = pytest.mark.django_db

Officer = Callable[[str], Any]
Make = Callable[..., Any]

HEAD = "職員番号（ユーザー名）,氏名,メール,役割,担当課\n"
GOOD = (
    HEAD
    + "s1,山田 一郎,ichiro@example.jp,担当課,財政課\n"
    + "s1,山田 一郎,ichiro@example.jp,担当課長,税務課\n"
    + "s2,𠮷田 花子,,閲覧,\n"
)


@pytest.fixture
def city(officer: Officer, divide: Make) -> Any:
    actor = officer("aso")
    divide(actor.municipality, "財政課", "税務課")
    return actor


def _counts(changes: Any) -> tuple[int, int, int, int]:
    return len(changes.people), len(changes.rows), len(changes.already), len(changes.problems)


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.replace("𠮷", "吉").encode("cp932"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace(HEAD, "Username,Name,E-mail,Role,Division\n").encode(),
        GOOD.replace(HEAD, "ユーザー名,氏名,メールアドレス,役割,担当課\n").encode(),
        GOOD.replace("担当課長", "Division head").replace("閲覧", "reader").encode(),
        GOOD.replace("s1", "ｓ１").replace("財政課", "財政課 ").encode(),
        (GOOD + "x,例（サンプル）,,担当課,どこかの課\n\n,,,,\n").encode(),
        "".join(",".join(line.split(",")[::-1]) + "\n" for line in GOOD.splitlines()).encode(),
    ],
)
def test_a_file_is_read_whatever_its_encoding_and_heads(data: bytes, city: Any) -> None:
    changes = changes_of(city.municipality, data)
    assert _counts(changes) == (2, 3, 0, 0)
    accept(city, data, changes.state)
    first = User.objects.get(username="s1")
    assert (first.name, first.email, first.has_usable_password()) == ("山田 一郎", "ichiro@example.jp", False)
    assert sorted(Membership.objects.filter(user=first).values_list("role", "division__name")) == [
        ("clerk", "財政課"),
        ("head", "税務課"),
    ]


def test_the_second_import_of_the_same_file_changes_nothing(city: Any) -> None:
    data = GOOD.encode()
    accept(city, data, changes_of(city.municipality, data).state)
    again = changes_of(city.municipality, data)
    assert _counts(again) == (0, 0, 3, 0)
    accept(city, data, again.state)
    (act,) = Act.objects.all()
    assert act.action == "staff.imported"
    assert [each["username"] for each in json.loads(act.new)["people"]] == ["s1", "s2"]
    assert json.loads(act.new)["roles"][1] == {"username": "s1", "role": "head", "division": "税務課"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("s1,山田,,市長,", "'市長' is unknown"),
        ("s1,山田,,,", "the role is empty"),
        ("s1,山田,,運用,", "'運用' is unknown"),
        ("s1,山田,,担当課,水道課", 'there is no division "水道課"'),
        ("s1,山田,,担当課,", "needs a division"),
        ("s1,山田,,企画,財政課", "has no division"),
        ("s1,山田,,閲覧,\ns1,山田,,閲覧,", "stand in line 2"),
        ("s1,山田,,担当課,財政課\nS1,山田,,担当課,財 政課", "another name"),
        ("s1,山田,,閲覧,\ns1,川田,,委員,", "another name or mail address in line 2"),
        ("s1,山田,a@,閲覧,", "is no mail address"),
        (f"s1,{'山' * 101},,閲覧,", "use at most 100"),
        ("職員1,山田,,閲覧,", "is no user name"),
        (",山田,,閲覧,", "is no user name"),
        ('s1,"山田,,閲覧,', "a quotation mark is not closed"),
        ("s1,山田,,閲覧,,余り", "this line has 6"),
        ('s1,"山\n田",,閲覧,', "control character"),
        ("s1,山田\0,,閲覧,", "control character"),
        ("officer-432148,別人,,閲覧,", "registered under another name"),
    ],
)
def test_a_wrong_line_is_named_with_one_sentence_and_nothing_is_written(
    line: str, says: str, city: Any
) -> None:
    data = (HEAD + line + "\nok,正しい人,,閲覧,\n").encode()
    changes = changes_of(city.municipality, data)
    assert [says in str(each.problem) for each in changes.problems] == [True]
    assert changes.problems[0].line == 2 + line.count("\ns1") + line.count("\nS1")
    with pytest.raises(Problem, match="mend it and load the file again"):
        accept(city, data, changes.state)
    assert not User.objects.filter(username="ok").exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (HEAD.encode(), "no line below the heads"),
        (template(), "no line below the heads"),
        (b"PK\x03\x04", "Excel workbook"),
        (HEAD.encode("utf-16"), "UTF-16"),
        ("氏名,役割\n山田,閲覧\n".encode(), 'no head "username"'),
        (HEAD.replace("役割", "肩書").encode(), 'the head "肩書" is unknown'),
        (HEAD.replace("メール", "氏名").encode(), 'the head "氏名" stands twice'),
        ((HEAD + "s1,山田,,閲覧,\n" * 2001).encode(), "more than 2,000 lines"),
        (b"a" * (1024 * 1024 + 1), "the file is too large"),
        (bytes(range(256)) * 10, "is unknown"),
    ],
)
def test_what_is_no_staff_file_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(Problem, match=says):
        read_staff(data)


def test_two_thousand_lines_are_taken(city: Any) -> None:
    data = (HEAD + "".join(f"s{n},職員 {n},s{n}@example.jp,担当課,財政課\n" for n in range(2000))).encode()
    changes = changes_of(city.municipality, data)
    accept(city, data, changes.state)
    assert Membership.objects.filter(division__name="財政課").count() == 2000
    assert _counts(changes_of(city.municipality, data)) == (0, 0, 2000, 0)


def test_hostile_text_is_just_text(city: Any) -> None:
    data = (HEAD + "=x,山田,,閲覧,\n" + 's1,"=HYPERLINK(""http://x"")<script>",,閲覧,\n').encode()
    changes = changes_of(city.municipality, data)
    assert _counts(changes) == (1, 1, 0, 1)
    assert changes.rows[0].line.who.name == '=HYPERLINK("http://x")<script>'


def test_what_moved_since_the_preview_is_not_written_over(city: Any) -> None:
    data = GOOD.encode()
    state = changes_of(city.municipality, data).state
    staff.add_person(city, checked("s1", "山田 一郎"), "reader")
    with pytest.raises(Problem, match="changed while you were looking"):
        accept(city, data, state)
    assert not User.objects.filter(username="s2").exists()


def test_somebody_of_another_municipality_is_named_only_to_who_knows_the_name(
    city: Any, person: Make, cities: dict[str, Any]
) -> None:
    other = person("officer", cities["hitoyoshi"], username="h1")
    User.objects.filter(pk=other.pk).update(name="人吉 次郎", email="jiro@example.jp")
    (wrong,) = changes_of(city.municipality, (HEAD + "h1,誰か,,閲覧,\n").encode()).problems
    assert "人吉" not in wrong.problem.ja + wrong.problem.en
    data = (HEAD + "H1,人吉次郎,other@example.jp,閲覧,\n").encode()
    changes = changes_of(city.municipality, data)
    assert (_counts(changes), changes.remarks) == ((0, 1, 0, 0), [])
    accept(city, data, changes.state)
    other.refresh_from_db()
    assert (other.name, other.email) == ("人吉 次郎", "jiro@example.jp")
    assert actor_of(other, city.municipality).roles == {"reader"}


def test_a_known_persons_mail_stays_and_is_remarked(city: Any) -> None:
    staff.add_person(city, checked("s2", "𠮷田 花子", "old@example.jp"), "council")
    data = GOOD.replace("花子,,", "花子,new@example.jp,").encode()
    changes = changes_of(city.municipality, data)
    assert [row.line.who.email for row in changes.remarks] == ["new@example.jp"]
    accept(city, data, changes.state)
    assert User.objects.get(username="s2").email == "old@example.jp"


def test_a_deactivated_person_gets_no_role(city: Any) -> None:
    user = staff.add_person(city, checked("s2", "𠮷田 花子"), "council")
    staff.set_active(city, user, active=False)
    (wrong,) = changes_of(city.municipality, GOOD.encode()).problems
    assert "is deactivated" in str(wrong.problem)


def test_a_preview_comes_back_only_from_who_made_it(city: Any, person: Make, cities: dict[str, Any]) -> None:
    text = sealed(city, GOOD.encode("cp932", "replace"), "state")
    assert unsealed(city, text) == (GOOD.encode("cp932", "replace"), "state")
    others = [
        actor_of(person("officer", city.municipality, username="o"), city.municipality),
        actor_of(person("officer", cities["hitoyoshi"], username="p"), cities["hitoyoshi"]),
    ]
    for actor, sent in ((others[0], text), (others[1], text), (city, text[:-1]), (city, "")):
        with pytest.raises(Problem, match="the preview is too old"):
            unsealed(actor, sent)


def test_only_officers_bring_staff_in(city: Any, person: Make) -> None:
    clerk = actor_of(person("clerk", city.municipality), city.municipality)
    data = GOOD.encode()
    with pytest.raises(Refused):
        accept(clerk, data, changes_of(city.municipality, data).state)


def test_the_empty_form_has_the_heads_and_a_marked_example() -> None:
    text = template().decode("utf-8-sig")
    assert text.splitlines()[0] + "\n" == HEAD
    assert "サンプル" in text.splitlines()[1]

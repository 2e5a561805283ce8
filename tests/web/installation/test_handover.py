"""A municipality goes whole to another installation, and nothing but it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from sosei.plan.writing import digest
from sosei.values import Problem
from sosei.web.installation.faults import faults
from sosei.web.installation.handover import HANDED, export, import_file
from sosei.web.journal.models import Act, Chain
from sosei.web.people.models import Membership, Municipality, User
from sosei.web.plans.models import Edition, PlacementRow
from sosei.web.plans.store import draft_document, edition_bytes
from tests.web.installation.conftest import edit_row, empty_database, quiet, rewrite, rows_of

pytestmark = pytest.mark.django_db(transaction=True)

Cities = dict[str, Any]
Manifest = dict[str, Any]
ASO = "432148"


@pytest.fixture
def exported(two_cities: Cities, tmp_path: Path) -> Path:
    path = tmp_path / "aso.zip"
    export(Municipality.objects.get(code=ASO), path, quiet)
    return path


def _of_aso() -> dict[str, list[dict[str, Any]]]:
    """Every row of the municipality but people and the log's growing end."""
    aso = Municipality.objects.get(code=ASO).pk
    found = rows_of(each.model for each in HANDED if each.model not in ("people.User", "journal.Chain"))
    chain = Chain.objects.get(municipality=aso).pk
    mine = {"journal.Act": ("chain_id", chain), "journal.Checkpoint": ("chain_id", chain)}
    mine["people.Municipality"] = ("id", aso)
    return {
        label: [
            row
            for row in rows
            if row[mine.get(label, ("municipality_id", aso))[0]] == mine.get(label, ("", aso))[1]
        ]
        for label, rows in found.items()
    }


def test_every_row_and_byte_arrives_as_it_was(exported: Path) -> None:
    before = _of_aso()
    edition = Edition.objects.get(municipality__code=ASO)
    data, placed = edition_bytes(edition), PlacementRow.objects.filter(edition=edition).count()
    draft = draft_document(edition.plan.drafts.get(is_open=True))
    empty_database()
    made, told = import_file(exported, {}, quiet)
    assert (made.code, told.editions) == (ASO, 1)
    arrived = Edition.objects.get()
    assert (arrived.pk, edition_bytes(arrived), digest(data)) == (edition.pk, data, arrived.sha256)
    assert PlacementRow.objects.count() == placed
    assert draft_document(arrived.plan.drafts.get(is_open=True)) == draft
    after = _of_aso()
    after["journal.Act"] = [row for row in after["journal.Act"] if row["action"] != "municipality.imported"]
    assert after == before
    assert list(faults()) == []


def test_a_table_of_population_arrives_and_is_in_use(exported: Path) -> None:
    from sosei.web.population.facts import facts_of

    empty_database()
    made, _ = import_file(exported, {}, quiet)
    facts = facts_of(Municipality.objects.get(code=made.code))
    assert facts.known is not None
    assert facts.known.census is not None
    assert facts.known.census.totals == {2015: 27018.5}
    assert facts.tables["census"].by.name == "officer-432148（サンプル）"


def test_nothing_of_another_municipality_goes_along(
    exported: Path, archive_copy: Callable[[Path], Any]
) -> None:
    everything = b"".join(archive_copy(exported).values())
    for other in ("人吉市", "432032", "officer-432032"):
        assert other.encode() not in everything


def test_people_come_with_name_and_role_but_no_way_to_sign_in(exported: Path) -> None:
    User.objects.filter(username="clerk-aso").update(email="clerk@example.jp")
    exported.unlink()
    export(Municipality.objects.get(code=ASO), exported, quiet)
    empty_database()
    import_file(exported, {}, quiet)
    roles = set(Membership.objects.values_list("user__username", "role"))
    assert roles == {("officer-432148", "officer"), ("clerk-aso", "clerk")}
    for user in User.objects.all():
        assert not user.has_usable_password()
        assert user.must_change_password
        assert not user.is_operator
    assert User.objects.get(username="clerk-aso").email == "clerk@example.jp"
    only_named = User.objects.get(username="operator-none")
    assert (only_named.is_active, only_named.email) == (False, "")
    assert Act.objects.filter(user=only_named).exists()


def test_a_municipality_that_is_here_is_refused(exported: Path) -> None:
    with pytest.raises(Problem, match="is here already"):
        import_file(exported, {}, quiet)


def test_a_login_of_somebody_else_is_named_and_can_be_changed(
    exported: Path, person: Callable[..., Any]
) -> None:
    empty_database()
    here = person("operator", username="Clerk-Aso")
    with pytest.raises(Problem, match=r"clerk-aso.*--rename-login clerk-aso=NEW"):
        import_file(exported, {}, quiet)
    assert list(User.objects.all()) == [here]
    import_file(exported, {"clerk-aso": "clerk.aso"}, quiet)
    assert Membership.objects.get(role="clerk").user.username == "clerk.aso"


def test_a_person_who_is_here_already_stays_as_here(exported: Path) -> None:
    """The same identity, from a municipality handed over before: name and password are this installation's."""
    officer = User.objects.get(username="officer-432148")
    empty_database()
    kept = User.objects.create_user("renamed", "a password of here", id=officer.pk, name="今の氏名")
    import_file(exported, {}, quiet)
    kept.refresh_from_db()
    assert (kept.username, kept.name) == ("renamed", "今の氏名")
    assert kept.check_password("a password of here")
    assert Membership.objects.get(role="officer").user == kept


def test_rows_that_point_outside_the_file_are_refused(exported: Path, cities: Cities, tmp_path: Path) -> None:
    """A file made by hand cannot write into another municipality, nor make anybody an operator."""
    other = Municipality.objects.get(code="432032")
    other_plan = other.plans.get()

    def row(label: str, **values: object) -> Callable[[dict[str, bytes], Manifest], object]:
        return lambda parts, _: edit_row(parts, label, lambda found: found.update(values))

    cases = {
        "a division elsewhere": row("people.Division", municipality_id=str(other.pk)),
        "a plan elsewhere": row("plans.Plan", municipality_id=str(other.pk)),
        "an edition of another plan": row("plans.Edition", plan_id=str(other_plan.pk)),
        "a role for nobody": row("people.Membership", user_id=str(uuid4())),
        "the installation's log": row("journal.Chain", municipality_id=None),
        "another code": row("people.Municipality", code="432130"),
        "undone by nothing": row("plans.DraftOperation", undoes_id=str(uuid4())),
        "a broken log": row("journal.Act", subject="別の対象"),
        "changed bytes": lambda parts, _: parts.update(
            {name: data.replace("阿蘇".encode(), "阿曽".encode(), 1) for name, data in parts.items() if "plans.edition" in name and name.startswith("files/")}
        ),
        "another kind": lambda _, manifest: manifest.update(format="sosei-backup"),
        "older tables": lambda _, manifest: manifest["migrations"].__setitem__(0, ["account", "0001_initial"]),
        "two municipalities": lambda parts, manifest: (
            parts.update({"rows/people.municipality.jsonl": parts["rows/people.municipality.jsonl"] * 2}),
            manifest["rows"].update({"people.Municipality": 2}),
        ),
    }  # fmt: skip
    aso = Municipality.objects.get(code=ASO)
    empty_database()
    for number, (case, change) in enumerate(cases.items()):
        bad = rewrite(exported, tmp_path / f"{number}.zip", change)
        with pytest.raises(Problem) as told:
            import_file(bad, {}, quiet)
        assert "\n" not in told.value.ja, case
        assert not Municipality.objects.filter(pk=aso.pk).exists(), case

    grabbing = {"is_operator": True, "password": "pbkdf2_sha256$1$a$b", "must_change_password": False}
    bad = rewrite(exported, tmp_path / "operator.zip", row("people.User", **grabbing))
    import_file(bad, {}, quiet)
    assert not User.objects.filter(is_operator=True).exists()
    assert not any(user.has_usable_password() for user in User.objects.all())

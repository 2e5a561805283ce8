"""A proposal from the clerk to the draft: states and roles as tables, the draft untouched until the officer."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from sosei.plan.indicator import Placement
from sosei.plan.model import Element
from sosei.plan.operations import Refusal, Set
from sosei.plan.walk import index
from sosei.values import Problem
from sosei.web.journal.models import Act
from sosei.web.people.actor import Refused
from sosei.web.people.models import Membership
from sosei.web.plans import acts
from sosei.web.plans.reasons import given_reasons
from sosei.web.plans.undoing import redo_last, undo_last
from sosei.web.proposals import asking, deciding, proposing
from sosei.web.proposals.fresh import sign
from sosei.web.proposals.models import Proposal
from sosei.web.proposals.standing import standing
from sosei.web.proposals.states import ProposalState, Step, after, may
from sosei.web.proposals.stored import main_of, operations_of
from sosei.web.proposals.typed import Why, added, removed

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(hall: Any) -> Any:
    """The hall with an open request, the asked division and one placement of its own with a target."""
    hall.request = hall.ask()
    hall.mine = hall.asked(hall.request)
    hall.place = hall.node(Placement, has="target")
    return hall


def _target(hall: Any) -> str:
    hall.draft.refresh_from_db()
    text: str = index(hall.document)[hall.place.key].target.quantity.text  # type: ignore[attr-defined]
    return text


def test_what_is_proposed_leaves_the_draft_alone_until_it_is_accepted(case: Any) -> None:
    before = _target(case)
    proposal = case.sent(case.mine, case.place, "target", "1,234人")
    assert (proposal.state, proposal.sent_at is None) == (ProposalState.SENT, False)
    assert _target(case) == before
    assert not case.draft.operations.exists()
    deciding.accept(case.actor("officer"), proposal)
    assert _target(case) == "1,234人"
    assert given_reasons(case.draft)[case.place.key, "target"].text == "実情に合わせる"


# state x step: the state after it, or "-" where it is refused
TABLE = {
    "drafted": "drafted returned sent withdrawn - - -",
    "returned": "drafted - - withdrawn - - -",
    "sent": "- - - withdrawn accepted declined -",
    "accepted": "- - - - - - sent",
    "declined": "- - - - - - sent",
    "withdrawn": "- - - - - - -",
}


@pytest.mark.parametrize("state", TABLE)
def test_every_step_from_every_state(state: str) -> None:
    for step, wanted in zip(Step, TABLE[state].split(), strict=True):
        if wanted == "-":
            assert not may(ProposalState(state), step)
            with pytest.raises(Problem):
                after(ProposalState(state), step)
        else:
            assert after(ProposalState(state), step) == wanted


def _bring_to(hall: Any, state: str) -> Proposal:
    proposal = hall.propose(hall.mine, hall.place, "target", "1,234人")
    if state == "returned":
        proposing.hand_back(hall.actor("head"), proposal, "根拠を書いてください")
    elif state == "withdrawn":
        proposing.withdraw(hall.actor("clerk"), proposal)
    elif state != "drafted":
        proposing.send(hall.actor("clerk"), hall.mine)
        if state == "accepted":
            deciding.accept(hall.actor("officer"), proposal)
        elif state == "declined":
            deciding.decline(hall.actor("officer"), proposal, "来年度に検討します")
    proposal.refresh_from_db()
    assert proposal.state == state
    return proposal


def _do(hall: Any, who: str, step: str, proposal: Proposal) -> None:
    actor = hall.actor(who)
    match step:
        case "write":
            proposing.write(actor, hall.mine, hall.written(hall.place, "target", "999人"))
        case "hand_back":
            proposing.hand_back(actor, proposal, "根拠を書いてください")
        case "send":
            proposing.send(actor, hall.mine)
        case "withdraw":
            proposing.withdraw(actor, proposal)
        case "accept":
            deciding.accept(actor, proposal)
        case "decline":
            deciding.decline(actor, proposal, "来年度に検討します")
        case "take_back":
            deciding.take_back(actor, proposal)


# who x step on a fresh proposal of the division (decisions: on one that was sent)
ROLES = {
    "write": {"clerk", "head", "officer"},
    "hand_back": {"head"},
    "send": {"clerk", "head", "officer"},
    "withdraw": {"clerk", "head", "officer"},
    "decline": {"officer"},
    "accept": {"officer"},
}


@pytest.mark.parametrize("who", ["officer", "clerk", "head", "other-clerk", "other-head", "headquarters"])
def test_who_may_do_what(case: Any, who: str) -> None:
    for step, allowed in ROLES.items():
        Proposal.objects.all().delete()
        proposal = _bring_to(case, "sent" if step in ("accept", "decline") else "drafted")
        if who in allowed:
            _do(case, who, step, proposal)
        else:
            with pytest.raises(Refused):
                _do(case, who, step, proposal)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("returned", "send"),
        ("returned", "accept"),
        ("drafted", "accept"),
        ("drafted", "decline"),
        ("declined", "withdraw"),
        ("accepted", "withdraw"),
        ("accepted", "decline"),
        ("withdrawn", "accept"),
        ("withdrawn", "decline"),
        ("declined", "accept"),
    ],
)
def test_a_step_that_is_not_open_says_so_and_changes_nothing(case: Any, state: str, step: str) -> None:
    proposal = _bring_to(case, state)
    operations = case.draft.operations.count()
    with pytest.raises(Problem):
        _do(case, "officer", step, proposal)
    proposal.refresh_from_db()
    assert (proposal.state, case.draft.operations.count()) == (state, operations)


@pytest.mark.parametrize("step", ["send", "accept", "withdraw"])
def test_the_same_button_twice_does_it_once(case: Any, step: str) -> None:
    proposal = _bring_to(case, "sent" if step == "accept" else "drafted")
    _do(case, "officer", step, proposal)
    acts_before = Act.objects.count()
    _do(case, "officer", step, proposal)
    assert Act.objects.count() == acts_before


def test_the_same_form_twice_proposes_once(case: Any) -> None:
    written = case.written(case.place, "target", "1,234人")
    first = proposing.write(case.actor("clerk"), case.mine, written)
    again = proposing.write(case.actor("clerk"), case.mine, written)
    assert first.pk == again.pk
    assert case.mine.proposals.count() == 1


def test_what_was_handed_back_is_written_anew_and_sent(case: Any) -> None:
    proposal = _bring_to(case, "returned")
    assert proposal.note == "根拠を書いてください"
    _do(case, "clerk", "write", proposal)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.note) == (ProposalState.DRAFTED, "")
    assert proposing.send(case.actor("head"), case.mine) == 1


def test_a_division_proposes_for_its_own_only(case: Any) -> None:
    foreign = next(
        each
        for each in index(case.document).values()
        if isinstance(each, Element) and each.key in case.own_keys(case.other) - case.own_keys()
    )
    with pytest.raises(Problem, match="its own measures"):
        proposing.write(case.actor("clerk"), case.mine, case.written(foreign, "name", "別の名"))
    assert not case.mine.proposals.exists()


@pytest.mark.parametrize("reason", ["", "　 \n", "x" * 1001, "\x07"])
def test_a_proposal_has_its_reason(case: Any, reason: str) -> None:
    with pytest.raises(Problem):
        proposing.write(
            case.actor("clerk"), case.mine, case.written(case.place, "target", "9人", reason=reason)
        )
    assert not case.mine.proposals.exists()


def test_a_role_counts_on_its_days_only(case: Any) -> None:
    Membership.objects.filter(user=case.users["clerk"]).update(until=date(2020, 1, 1))
    with pytest.raises(Refused):
        case.propose(case.mine, case.place, "target", "1,234人")


def test_an_officer_enters_for_a_division_and_it_says_so(case: Any) -> None:
    proposal = case.sent(case.mine, case.place, "target", "1,234人", who="officer")
    case.mine.refresh_from_db()
    assert proposal.for_division
    assert case.mine.for_division
    mine = case.propose(case.mine, case.place, "name", "別の名", who="clerk")
    assert not mine.for_division


def test_no_change_is_an_answer_and_can_be_taken_back(case: Any) -> None:
    clerk = case.actor("clerk")
    proposing.answer_no_change(clerk, case.mine)
    case.mine.refresh_from_db()
    assert (case.mine.no_change, case.mine.answered_at is None) == (True, False)
    proposing.take_back_no_change(clerk, case.mine)
    case.mine.refresh_from_db()
    assert (case.mine.no_change, case.mine.answered_at) == (False, None)
    case.propose(case.mine, case.place, "target", "1,234人")
    with pytest.raises(Problem, match="stand against"):
        proposing.answer_no_change(clerk, case.mine)


def test_nothing_to_send_says_what_to_do(case: Any) -> None:
    with pytest.raises(Problem, match="no change"):
        proposing.send(case.actor("clerk"), case.mine)


def test_a_closed_request_takes_no_answers_but_decisions(case: Any) -> None:
    proposal = _bring_to(case, "sent")
    asking.close_request(case.actor("officer"), case.request)
    for act in (
        lambda: case.propose(case.mine, case.place, "name", "別の名"),
        lambda: proposing.withdraw(case.actor("clerk"), proposal),
        lambda: proposing.answer_no_change(case.actor("clerk"), case.asked(case.request, case.own)),
    ):
        with pytest.raises(Problem, match="is closed"):
            act()
    deciding.accept(case.actor("officer"), proposal)
    assert _target(case) == "1,234人"


def test_one_open_request_a_draft(case: Any) -> None:
    officer = case.actor("officer")
    with pytest.raises(Problem, match="is open; close it first"):
        case.ask()
    asking.close_request(officer, case.request)
    second = case.ask()
    with pytest.raises(Problem, match="is open; close it first"):
        asking.reopen_request(officer, case.request)
    asking.close_request(officer, second)
    asking.reopen_request(officer, case.request)
    case.request.refresh_from_db()
    assert case.request.is_asking


def test_a_division_that_wrote_stays_asked(case: Any) -> None:
    case.propose(case.mine, case.place, "target", "1,234人")
    wish = asking.Asking(key=uuid4(), title="件名", text="", due=case.request.due, divisions=[case.other])
    with pytest.raises(Problem, match="stays among those asked"):
        asking.change_request(case.actor("officer"), case.request, wish)
    wish = asking.Asking(key=uuid4(), title="件名", text="", due=date(2030, 4, 1), divisions=[case.own])
    asking.change_request(case.actor("officer"), case.request, wish)
    case.request.refresh_from_db()
    assert (case.request.title, case.request.due) == ("件名", date(2030, 4, 1))
    assert [each.division_id for each in case.request.asked.all()] == [case.own.pk]


def _officer_writes(hall: Any, text: str) -> None:
    node = index(hall.document)[hall.place.key]
    old = node.model_dump(mode="json", exclude_defaults=True)["target"]
    new = {**old, "quantity": {**old["quantity"], "text": text}}
    acts.operate(hall.actor("second"), hall.draft, [Set(key=node.key, field="target", old=old, new=new)])
    hall.draft.refresh_from_db()


def test_a_value_that_moved_is_refused_then_written_over_by_choice(case: Any) -> None:
    proposal = _bring_to(case, "sent")
    _officer_writes(case, "555人")
    with pytest.raises(Refusal):
        deciding.accept(case.actor("officer"), proposal)
    main = main_of(proposal, operations_of(proposal))
    seen = sign(index(case.document), main)
    _officer_writes(case, "556人")
    with pytest.raises(Refusal):  # it moved again after it was looked at
        deciding.accept(case.actor("officer"), proposal, over=seen)
    assert _target(case) == "556人"
    deciding.accept(case.actor("officer"), proposal, over=sign(index(case.document), main))
    assert _target(case) == "1,234人"


def test_several_are_accepted_each_by_itself(case: Any) -> None:
    first = _bring_to(case, "sent")
    second = case.sent(case.mine, case.place, "name", "新しい名前")
    _officer_writes(case, "555人")
    done, refused = deciding.accept_several(case.actor("officer"), [first, second])
    assert [each.pk for each in done] == [second.pk]
    assert [each.pk for each, _ in refused] == [first.pk]
    assert index(case.document)[case.place.key].name == "新しい名前"  # type: ignore[attr-defined]


@pytest.mark.parametrize("door", ["proposal", "draft", "undo and redo"])
def test_an_acceptance_lives_as_long_as_its_operation(case: Any, door: str) -> None:
    proposal = _bring_to(case, "sent")
    before = _target(case)
    officer = case.actor("officer")
    deciding.accept(officer, proposal)
    if door == "proposal":
        deciding.take_back(officer, proposal)
    elif door == "draft":
        acts.undo(officer, case.draft.operations.latest("no"))
    else:
        undo_last(officer, case.draft)
        assert standing(proposal).state is ProposalState.SENT
        redo_last(officer, case.draft)
        proposal.refresh_from_db()
        assert standing(proposal).state is ProposalState.ACCEPTED
        assert _target(case) == "1,234人"
        deciding.take_back(officer, proposal)
    proposal.refresh_from_db()
    assert standing(proposal).state is ProposalState.SENT
    assert _target(case) == before
    deciding.accept(officer, proposal)
    proposal.refresh_from_db()
    assert standing(proposal).state is ProposalState.ACCEPTED
    assert _target(case) == "1,234人"


def test_what_another_officer_accepted_is_that_officers_to_take_back(case: Any) -> None:
    proposal = _bring_to(case, "accepted")
    with pytest.raises(Problem, match="by the officer who made it"):
        deciding.take_back(case.actor("second"), proposal)


def _bare(**typed: str) -> dict[str, str]:
    return {"name": "新しい指標", "unit": "件", "target.quantity": "200件", **typed}


def test_a_new_indicator_comes_with_its_place_and_goes_by_undo(case: Any) -> None:
    element = case.node(Element)
    count = len(case.document.indicators)
    written = added(case.document, "kpi", element, _bare(), (), Why(key=uuid4(), reason="新しく測る"))
    proposal = proposing.write(case.actor("clerk"), case.mine, written)
    proposing.send(case.actor("clerk"), case.mine)
    proposal.refresh_from_db()
    officer = case.actor("officer")
    deciding.accept(officer, proposal)
    placement = index(case.document)[written.about[0]]
    assert isinstance(placement, Placement)
    assert placement.target is not None
    assert placement.target.quantity.text == "200件"
    assert len(case.document.indicators) == count + 1
    deciding.take_back(officer, proposal)
    assert len(case.document.indicators) == count


def test_a_new_project_and_taking_one_out(case: Any) -> None:
    measure = next(
        each
        for each in index(case.document).values()
        if isinstance(each, Element) and each.key in case.own_keys() and each.children
    )
    written = added(
        case.document, "project", measure, {"name": "新規事業"}, (), Why(key=uuid4(), reason="始める")
    )
    coming = proposing.write(case.actor("clerk"), case.mine, written)
    project = next(each for each in measure.children if each.key in case.own_keys())
    going = proposing.write(
        case.actor("clerk"), case.mine, removed(case.document, project, Why(key=uuid4(), reason="終える"))
    )
    proposing.send(case.actor("clerk"), case.mine)
    deciding.accept_several(case.actor("officer"), [coming, going])
    known = index(case.document)
    assert project.key not in known
    assert known[written.about[0]].name == "新規事業"  # type: ignore[attr-defined]


def test_two_proposals_of_one_new_division_add_it_once(case: Any) -> None:
    rows = [case.sent(case.mine, case.node(Element, at=at), "divisions", "未来創造課") for at in (0, 1)]
    deciding.accept_several(case.actor("officer"), rows)
    (division,) = [each for each in case.document.divisions if each.name == "未来創造課"]
    for at in (0, 1):
        assert index(case.document)[rows[at].key].divisions == (division.key,)  # type: ignore[attr-defined]


def test_two_proposals_at_one_record_do_not_refuse_each_other(case: Any) -> None:
    """Each takes away how the source had its own field, in one list of the record."""
    read = Set(key=case.place.key, field="as_read", new={"target": "I20人", "name": "利用者 数"})
    acts.operate(case.actor("officer"), case.draft, [read])
    rows = [
        case.sent(case.mine, index(case.document)[case.place.key], field, text)
        for field, text in (("target", "5人"), ("name", "別の名前"))
    ]
    done, refused = deciding.accept_several(case.actor("officer"), rows)
    assert (len(done), refused) == (2, [])
    assert index(case.document)[case.place.key].as_read == {}


def test_everything_is_logged(case: Any) -> None:
    proposal = _bring_to(case, "accepted")
    deciding.take_back(case.actor("officer"), proposal)
    deciding.decline(case.actor("officer"), proposal, "見送り")
    asking.close_request(case.actor("officer"), case.request)
    asking.reopen_request(case.actor("officer"), case.request)
    codes = set(Act.objects.values_list("action", flat=True))
    assert codes >= {
        "request.opened",
        "request.answered",
        "request.closed",
        "request.reopened",
        "proposal.written",
        "proposal.accepted",
        "proposal.decision_taken_back",
        "proposal.declined",
    }


def test_an_adopted_draft_keeps_what_was_decided(case: Any) -> None:
    proposal = _bring_to(case, "accepted")
    case.draft.refresh_from_db()
    adoption = acts.Adoption(title="改訂", on=date(2026, 4, 1), length=case.draft.length)
    acts.adopt(case.actor("officer"), case.draft, adoption)
    proposal.refresh_from_db()
    assert standing(proposal).state is ProposalState.ACCEPTED
    for act in (
        lambda: deciding.take_back(case.actor("officer"), proposal),
        lambda: case.propose(case.mine, case.place, "name", "別の名"),
    ):
        with pytest.raises(Problem):
            act()

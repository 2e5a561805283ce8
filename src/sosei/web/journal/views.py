"""The log's pages: acts newest first, one act, the chain's state, CSV out.

An officer reads the own municipality's log, an operator any municipality's (who looks after the machine
must be able to see what was done on it) and the installation's own.  Old and new values of acts on plans,
drafts and documents are shown to those who may read drafts: an operator sees who did what to which plan and
when, not what stands in it, on the page and in the CSV alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from sosei.web.journal.actions import ACTIONS, NOUNS, holds_content, noun_of, words_of
from sosei.web.journal.acts import check, export, last_check, sees_content
from sosei.web.journal.log import Log
from sosei.web.journal.models import Act
from sosei.web.journal.selection import Selection, page_of
from sosei.web.journal.showing import LONG, lines
from sosei.web.people.models import User
from sosei.web.people.roles import Right
from sosei.web.site.language import say
from sosei.web.site.page import operator_page, page
from sosei.web.site.spreadsheet import csv_lines

# Who acts without being a person, as the log names it in Japanese.
_NOBODY = {"コマンド": "Command line", "自動処理": "Automatic", "サインイン前": "Before signing in"}


@dataclass(frozen=True)
class Shown:
    """An act as a page shows it."""

    act: Act
    address: str

    @property
    def words(self) -> str:
        """What was done."""
        return say(*words_of(self.act.action))

    @property
    def who(self) -> str:
        """The person as named then, or what acted by itself."""
        who = self.act.who
        return say(who, _NOBODY.get(who, who)) if self.act.user_id is None else who


def _list(request: HttpRequest, log: Log) -> HttpResponse:
    """Acts newest first, filtered, by pages, with the chain's state."""
    selection = Selection.of(request.GET)
    found = page_of(selection.among(log.chain), request.GET) if log.chain else None
    return render(
        request,
        "journal/list.html",
        {
            "section": "operator" if log.municipality is None else "journal",
            "log": log,
            "selection": selection,
            "page": found,
            "shown": [Shown(act, log.address("act", no=act.no)) for act in found.acts] if found else [],
            "choices": _choices(),
            "people": _people(log),
            "checked": last_check(log.chain) if log.chain else None,
        },
    )


def _act(request: HttpRequest, log: Log, no: int) -> HttpResponse:
    """One act with its old and new values."""
    chain = log.chain
    act = chain.acts.filter(no=no).select_related("user").first() if chain else None
    if chain is None or act is None:
        raise Http404
    hidden = holds_content(act.action) and not sees_content(request.actor)
    return render(
        request,
        "journal/act.html",
        {
            "section": "operator" if log.municipality is None else "journal",
            "log": log,
            "shown": Shown(act, ""),
            "lines": () if hidden else lines(act.old, act.new),
            "hidden": hidden and (act.old or act.new),
            "long": LONG,
            "older": log.address("act", no=no - 1) if no > chain.first else None,
            "newer": log.address("act", no=no + 1) if no < chain.length else None,
        },
    )


def _check(request: HttpRequest, log: Log) -> HttpResponse:
    """Verify the chain, say what was found, back to the list."""
    if log.chain is None:
        return redirect(log.address())
    found = check(request.actor, log.chain)
    say_it = messages.error if found.broken else messages.success
    say_it(request, say(found.ja, found.en))
    return redirect(log.address())


def _csv(request: HttpRequest, log: Log) -> HttpResponse:
    """The chosen acts as CSV, sent while it is read."""
    rows = export(request.actor, Selection.of(request.POST))
    place = log.municipality.name if log.municipality else say("運用", "installation")
    name = f"{say('操作ログ', 'log')}_{place}_{timezone.localdate():%Y%m%d}.csv"
    return StreamingHttpResponse(
        csv_lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


@page(Right.READ_LOG)
def journal(request: HttpRequest) -> HttpResponse:
    """A municipality's log."""
    return _list(request, Log(request.municipality))


@page(Right.READ_LOG)
def journal_act(request: HttpRequest, no: int) -> HttpResponse:
    """One act of a municipality's log."""
    return _act(request, Log(request.municipality), no)


@require_POST
@page(Right.READ_LOG)
def journal_check(request: HttpRequest) -> HttpResponse:
    """Verify a municipality's chain."""
    return _check(request, Log(request.municipality))


@require_POST
@page(Right.READ_LOG)
def journal_csv(request: HttpRequest) -> HttpResponse:
    """A municipality's log as CSV."""
    return _csv(request, Log(request.municipality))


@operator_page
def operator_log(request: HttpRequest) -> HttpResponse:
    """The installation's own log."""
    return _list(request, Log(None))


@operator_page
def operator_log_act(request: HttpRequest, no: int) -> HttpResponse:
    """One act of the installation's log."""
    return _act(request, Log(None), no)


@require_POST
@operator_page
def operator_log_check(request: HttpRequest) -> HttpResponse:
    """Verify the installation's chain."""
    return _check(request, Log(None))


@require_POST
@operator_page
def operator_log_csv(request: HttpRequest) -> HttpResponse:
    """The installation's log as CSV."""
    return _csv(request, Log(None))


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The actions to choose from, by what they are done to."""
    return [
        (say(*words), [(code, say(*ACTIONS[code])) for code in ACTIONS if noun_of(code) == noun])
        for noun, words in NOUNS.items()
    ]


def _people(log: Log) -> list[str]:
    """Names to offer in the field for the person: who has a role there, or operates."""
    if log.municipality is None:
        people = User.objects.filter(is_operator=True)
    else:
        people = User.objects.filter(memberships__municipality=log.municipality).distinct()
    return [user.name for user in people.order_by("name")[:200]]

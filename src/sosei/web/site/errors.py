"""Pages for what cannot be shown."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sosei.values import Problem


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: the address is wrong, or the person does not belong there."""
    problem = Problem(
        "このページはありません。アドレスが違うか、見る権限がありません。最初のページからたどってください",
        "there is no such page, or it is not yours to see; start again from the first page",
    )
    return render(request, "site/problem.html", {"problem": problem, "status": 404}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: more typed or pasted than one form may send, or something that no form of ours sends."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
        problem = Problem(
            f"一度に送れるのは文字で{most}MBまでです。戻って、何回かに分けて送ってください。保存は行われていません",
            f"one form may send at most {most} MB of text; go back and send it in parts; nothing was saved",
        )
    else:
        problem = Problem(
            "送られた内容を受け付けられませんでした。画面を読み込み直し、もう一度送ってください",
            "what was sent cannot be accepted; load the page again and send it once more",
        )
    return render(request, "site/problem.html", {"problem": problem, "status": 400}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403: an account is to be changed and there is nothing left by which the person could confirm who it is."""
    problem = Problem(
        "本人の確認ができません。いったんサインアウトし、サインインし直してから5分以内にもう一度操作してください",
        "we cannot confirm that it is you; sign out, sign in and do it again within five minutes",
    )
    return render(request, "site/problem.html", {"problem": problem, "status": 403}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; nothing was saved."""
    problem = Problem(
        "処理の途中で誤りが起きました。保存は行われていません。続く場合は運用の担当者に時刻を添えて知らせてください",
        "something went wrong on our side and nothing was saved; if it goes on, tell the operator the time",
    )
    return render(request, "site/problem.html", {"problem": problem, "status": 500}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: a form sent from an old page or another site."""
    problem = Problem(
        "画面が古くなったため送信を受け付けませんでした。戻って画面を読み込み直し、もう一度送ってください",
        "the form was out of date and was not accepted; go back, load the page again and send it once more",
    )
    return render(request, "site/problem.html", {"problem": problem, "status": 403}, status=403)

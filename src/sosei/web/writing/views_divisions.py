"""Taking divisions of the municipality into the plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sosei.web.plans.models import Draft
from sosei.web.site.language import say
from sosei.web.writing.division_list import take
from sosei.web.writing.opened import writing_page
from sosei.web.writing.record_layout import part_address


@writing_page
@require_POST
def take_divisions(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Add the divisions ``division`` (several) of the municipality's own list."""
    count = take(request.actor, draft, request.POST.getlist("division")[:1000])
    if count:
        messages.success(request, say(f"{count}課を加えました", f"{count} divisions were added"))
    else:
        messages.info(request, say("加える課を選んでください", "Choose the divisions to add"))
    return redirect(part_address(draft, "divisions"))

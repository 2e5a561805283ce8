from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sosei.formats.workbook import plan_workbook
from sosei.web.plans.store import draft_document
from tests.formats.workbook.books import Excel

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Desk:
    """A planning officer of 阿蘇市 with a draft of a revision."""

    client: Client
    actor: Any
    draft: Any

    def address(self, name: str, **more: Any) -> str:
        plan = self.draft.plan
        return reverse(name, kwargs={"code": plan.municipality.code, "plan": plan.key, **more})

    @property
    def document(self) -> Any:
        return draft_document(self.draft)

    @property
    def length(self) -> int:
        self.draft.refresh_from_db()
        return int(self.draft.length)

    def excel(self) -> Excel:
        """The draft as a workbook, open."""
        return Excel(plan_workbook(self.document))

    def taken_out(self) -> Excel:
        """The same, with the word that says which state of the draft it is."""
        last = self.draft.operations.last()
        return Excel(plan_workbook(self.document, mark=f"{self.draft.pk.hex}.{last.pk.hex if last else ''}"))

    def send(self, data: bytes, name: str = "計画.xlsx") -> Any:
        """The response to a file that is handed in."""
        return self.client.post(self.address("workbook"), {"file": SimpleUploadedFile(name, data)})

    def upload(self, data: bytes) -> Any:
        """The upload that a file becomes."""
        from sosei.web.workbooks.models import Upload

        response = self.send(data)
        assert response.status_code == 302, response.content.decode()
        return Upload.objects.get(pk=response["Location"].rstrip("/").rpartition("/")[2])

    def page(self, upload: Any, **query: str) -> str:
        response = self.client.get(self.address("workbook_upload", upload=upload.pk), query)
        assert response.status_code == 200
        return str(response.content.decode())

    def accept(self, upload: Any, **typed: str) -> Any:
        return self.client.post(self.address("workbook_accept", upload=upload.pk), typed, follow=True)


@pytest.fixture
def desk(adopted: Callable[[str], Any]) -> Desk:
    from sosei.web.people.actor import actor_of
    from sosei.web.plans.acts import begin_revision

    edition = adopted("aso")
    actor = actor_of(edition.adopted_by, edition.municipality, "192.0.2.1")
    client = Client()
    client.force_login(edition.adopted_by, backend=BACKEND)
    return Desk(client, actor, begin_revision(actor, edition.plan))

"""An officer at もとの表: files handed in, looked at, taken over; figures are invented (サンプル)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MIFUNE = ("434418", "御船町")
"""A municipality of the made files of which nothing comes along with the program."""


@dataclass
class Desk:
    """A planning officer of a municipality."""

    client: Client
    city: Any
    actor: Any

    def address(self, name: str, **more: Any) -> str:
        return reverse(name, kwargs={"code": self.city.code, **more})

    def send(self, place: str, data: bytes, name: str = "表.csv") -> Any:
        """The response to a file that is handed in."""
        form = {"file": SimpleUploadedFile(name, data)}
        return self.client.post(self.address("population_table_load", place=place), form)

    def upload(self, place: str, data: bytes, name: str = "表.csv") -> Any:
        """The upload that a file becomes, read."""
        return self.of(self.send(place, data, name))

    def of(self, response: Any) -> Any:
        from sosei.web.population.models import PopulationUpload

        assert response.status_code == 302, response.content.decode()
        return PopulationUpload.objects.get(pk=response["Location"].rstrip("/").rpartition("/")[2])

    def page(self, name: str, **more: Any) -> str:
        response = self.client.get(self.address(name, **more))
        assert response.status_code == 200
        return str(response.content.decode())

    def preview(self, upload: Any) -> Any:
        from sosei.web.population.table_preview import preview

        return preview(upload, "ja")

    def accept(self, upload: Any, **typed: str) -> Any:
        return self.client.post(
            self.address("population_upload_accept", upload=upload.pk), typed, follow=True
        )

    def take(self, place: str, data: bytes, name: str = "表.csv", **typed: str) -> Any:
        """The table that a file becomes."""
        upload = self.upload(place, data, name)
        assert upload.state == "ready", upload.problem_ja
        if self.preview(upload).origin.how == "entered":
            typed.setdefault("source", "本市『人口の表』（サンプル）")
        response = self.accept(upload, **typed)
        assert response.redirect_chain, response.content.decode()
        return self.used(place)

    def used(self, place: str) -> Any:
        """The table in use at a place."""
        from sosei.web.population.models import PopulationTable

        return PopulationTable.objects.filter(municipality=self.city, place=place, replaced_at=None).first()

    @property
    def known(self) -> Any:
        from sosei.web.population.facts import facts_of

        return facts_of(self.city).known


def sit_down(city: Any, user: Any) -> Desk:
    """The desk of ``user``."""
    from sosei.web.people.actor import actor_of

    client = Client()
    client.force_login(user, backend=BACKEND)
    return Desk(client, city, actor_of(user, city, "192.0.2.1"))

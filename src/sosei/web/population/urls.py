"""Addresses of a municipality's population, below ``/<code>/population/``."""

from __future__ import annotations

from django.urls import path

from sosei.web.population import document_views, views

urlpatterns = [
    path("", views.overview, name="population"),
    path("files/<slug:name>.<slug:form>", views.file, name="population_file"),
    path("documents/", document_views.documents, name="population_documents"),
]

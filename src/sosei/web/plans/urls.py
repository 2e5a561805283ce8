"""Addresses of a municipality's plans, editions and drafts."""

from __future__ import annotations

from django.urls import path

from sosei.web.jobs import documents
from sosei.web.plans import (
    views,
    views_adopt,
    views_draft,
    views_editions,
    views_reasons,
    views_registry,
    views_undo,
)

_PLAN = "plans/<str:plan>"

urlpatterns = [
    path("", views.home, name="municipality"),
    path("plans/new/", views.new, name="plan_new"),
    path("plans/new/empty/", views.empty, name="plan_empty"),
    path(f"{_PLAN}/editions/", views_editions.editions, name="editions"),
    path(f"{_PLAN}/compare/", views_editions.compare, name="compare"),
    path(f"{_PLAN}/revision/", views_draft.draft, name="draft"),
    path(f"{_PLAN}/revision/begin/", views_draft.begin, name="draft_begin"),
    path(f"{_PLAN}/revision/load/", views_draft.load, name="draft_load"),
    path(f"{_PLAN}/revision/undo/", views_draft.undo, name="draft_undo"),
    path(f"{_PLAN}/revision/undo-last/", views_undo.undo_last, name="draft_undo_last"),
    path(f"{_PLAN}/revision/redo-last/", views_undo.redo_last, name="draft_redo_last"),
    path(f"{_PLAN}/revision/discard/", views_draft.discard, name="draft_discard"),
    path(f"{_PLAN}/revision/reopen/", views_draft.reopen, name="draft_reopen"),
    path(f"{_PLAN}/revision/reasons/", views_reasons.reasons, name="draft_reasons"),
    path(f"{_PLAN}/revision/adopt/", views_adopt.adopt, name="adopt"),
    path(f"{_PLAN}/<version:version>/documents/", documents.documents, name="documents"),
    path(f"{_PLAN}/<version:version>/table.csv", documents.table, name="table_csv"),
    path(f"{_PLAN}/<version:version>/plan.json", documents.plan_file, name="plan_file"),
    path("indicators/", views_registry.registry, name="registry"),
    path("indicators/<str:key>/", views_registry.registry_indicator, name="registry_indicator"),
]

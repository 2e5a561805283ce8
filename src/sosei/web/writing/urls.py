"""Addresses of the writing pages, below ``/<code>/plans/<plan>/revision/write/``."""

from __future__ import annotations

from django.urls import path

from sosei.web.writing import views_preview, views_record, views_save, views_structure

urlpatterns = [
    path("records/<str:key>/", views_record.record, name="write_record"),
    path("save/", views_save.save_fields, name="write_save"),
    path("findings/", views_save.findings, name="write_findings"),
    path("names/<str:offers>/", views_save.names, name="write_names"),
    path("preview/", views_preview.preview, name="write_preview"),
    path("add/", views_structure.add, name="write_add"),
    path("move/", views_structure.move, name="write_move"),
    path("remove/<str:key>/", views_structure.remove, name="write_remove"),
]

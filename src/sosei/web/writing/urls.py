"""Addresses of the writing pages, below ``/<code>/plans/<plan>/revision/write/``."""

from __future__ import annotations

from django.urls import path

from sosei.web.writing import (
    views_element,
    views_preview,
    views_record,
    views_save,
    views_structure,
    views_tree,
    views_tree_acts,
)

urlpatterns = [
    path("", views_tree.write, name="write"),
    path("tree/branch/<str:key>/", views_tree.branch, name="write_branch"),
    path("tree/add/", views_tree.add, name="write_tree_add"),
    path("tree/step/", views_tree.step, name="write_tree_step"),
    path("tree/renumber/", views_tree_acts.renumber, name="write_tree_renumber"),
    path("tree/move/<str:key>/", views_tree_acts.move, name="write_tree_move"),
    path("tree/remove/<str:key>/", views_tree_acts.remove, name="write_tree_remove"),
    path("elements/<str:key>/", views_element.element, name="write_element"),
    path("records/<str:key>/", views_record.record, name="write_record"),
    path("save/", views_save.save_fields, name="write_save"),
    path("findings/", views_save.findings, name="write_findings"),
    path("names/<str:offers>/", views_save.names, name="write_names"),
    path("preview/", views_preview.preview, name="write_preview"),
    path("add/", views_structure.add, name="write_add"),
    path("move/", views_structure.move, name="write_move"),
    path("remove/<str:key>/", views_structure.remove, name="write_remove"),
]

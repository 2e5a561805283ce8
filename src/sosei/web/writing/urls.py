"""Addresses of the writing pages, below ``/<code>/plans/<plan>/revision/write/``."""

from __future__ import annotations

from django.urls import path

from sosei.web.writing import (
    doubts,
    views_divisions,
    views_element,
    views_levels,
    views_notes,
    views_parts,
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
    path("levels/", views_levels.levels, name="write_levels"),
    path("parts/<str:collection>/", views_parts.part, name="write_part"),
    path("divisions/take/", views_divisions.take_divisions, name="write_divisions_take"),
    path("notes/new/", views_notes.new, name="write_note_new"),
    path("notes/renumber/", views_notes.renumber, name="write_notes_renumber"),
    path("notes/<str:key>/hang/", views_notes.hang, name="write_note_hang"),
    path("notes/<str:key>/unhang/", views_notes.unhang, name="write_note_unhang"),
    path("doubts/", doubts.confirm_doubt, name="write_confirm"),
    path("records/<str:key>/", views_record.record, name="write_record"),
    path("save/", views_save.save_fields, name="write_save"),
    path("findings/", views_save.findings, name="write_findings"),
    path("names/<str:offers>/", views_save.names, name="write_names"),
    path("preview/", views_preview.preview, name="write_preview"),
    path("add/", views_structure.add, name="write_add"),
    path("move/", views_structure.move, name="write_move"),
    path("remove/<str:key>/", views_structure.remove, name="write_remove"),
]

"""Addresses of the writing pages, below ``/<code>/plans/<plan>/revision/write/``."""

from __future__ import annotations

from django.urls import path

from sosei.web.writing import (
    doubts,
    views_divisions,
    views_element,
    views_grid,
    views_indicator,
    views_indicator_acts,
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
    path("elements/<str:key>/grid/", views_grid.grid, name="write_grid"),
    path("elements/<str:key>/indicators/new/", views_indicator_acts.new, name="write_indicator_new"),
    path("placements/<str:key>/", views_indicator.placement, name="write_placement"),
    path("placements/<str:key>/move/", views_indicator_acts.move, name="write_placement_move"),
    path("placements/<str:key>/remove/", views_indicator_acts.remove, name="write_placement_remove"),
    path("indicators/", views_indicator.indicators, name="write_indicators"),
    path("indicators/<str:key>/", views_indicator.indicator, name="write_indicator"),
    path(
        "indicators/<str:key>/continue/",
        views_indicator_acts.continue_as_new,
        name="write_indicator_continue",
    ),
    path("heard/", views_indicator_acts.heard, name="write_heard"),
    path("grid-findings/", views_grid.findings, name="write_grid_findings"),
    path("records/<str:key>/", views_record.record, name="write_record"),
    path("save/", views_save.save_fields, name="write_save"),
    path("findings/", views_save.findings, name="write_findings"),
    path("names/<str:offers>/", views_save.names, name="write_names"),
    path("preview/", views_preview.preview, name="write_preview"),
    path("add/", views_structure.add, name="write_add"),
    path("move/", views_structure.move, name="write_move"),
    path("remove/<str:key>/", views_structure.remove, name="write_remove"),
]

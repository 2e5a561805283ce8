"""Addresses of a draft's workbooks and pasted blocks, below the municipality's code."""

from __future__ import annotations

from django.urls import path

from sosei.web.workbooks import views, views_paste, views_upload

_DRAFT = "plans/<str:plan>/revision"

urlpatterns = [
    path("plans/new/workbook/", views.begin, name="plan_from_workbook"),
    path("plans/new/workbook.xlsx", views.usual_empty, name="plan_empty_workbook"),
    path(f"{_DRAFT}/workbook/", views.workbook, name="workbook"),
    path(f"{_DRAFT}/workbook/empty.xlsx", views.empty, name="workbook_empty"),
    path(f"{_DRAFT}/workbook/<uuid:upload>/", views_upload.upload, name="workbook_upload"),
    path(f"{_DRAFT}/workbook/<uuid:upload>/progress/", views_upload.progress, name="workbook_progress"),
    path(f"{_DRAFT}/workbook/<uuid:upload>/accept/", views_upload.accept, name="workbook_accept"),
    path(f"{_DRAFT}/workbook/<uuid:upload>/again/", views_upload.again, name="workbook_again"),
    path(f"{_DRAFT}/workbook/<uuid:upload>/drop/", views_upload.drop, name="workbook_drop"),
    path(f"{_DRAFT}/paste/", views_paste.paste, name="paste"),
]

"""Addresses of a municipality's log, below its code."""

from __future__ import annotations

from django.urls import path

from sosei.web.journal import views

urlpatterns = [
    path("", views.journal, name="journal"),
    path("check/", views.journal_check, name="journal_check"),
    path("csv/", views.journal_csv, name="journal_csv"),
    path("<int:no>/", views.journal_act, name="journal_act"),
]

"""Addresses of the installation's own pages."""

from __future__ import annotations

from django.urls import path

from sosei.web.journal import views as journal
from sosei.web.operator import views

urlpatterns = [
    path("", views.home, name="operator"),
    path("log/", journal.operator_log, name="operator_log"),
    path("log/check/", journal.operator_log_check, name="operator_log_check"),
    path("log/csv/", journal.operator_log_csv, name="operator_log_csv"),
    path("log/<int:no>/", journal.operator_log_act, name="operator_log_act"),
]

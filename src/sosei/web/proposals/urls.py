"""Addresses of change requests, below ``/<code>/plans/<plan>/requests/``."""

from __future__ import annotations

from django.urls import path

from sosei.web.proposals import views_answer, views_asking, views_deciding, views_write

_ONE = "<uuid:change_request>"
_DIVISION = f"{_ONE}/divisions/<uuid:division>"

urlpatterns = [
    path("", views_asking.requests, name="change_requests"),
    path("new/", views_asking.new, name="change_request_new"),
    path(f"{_ONE}/", views_deciding.change_request, name="change_request"),
    path(f"{_ONE}/change/", views_asking.change, name="change_request_change"),
    path(f"{_ONE}/close/", views_asking.close, name="change_request_close"),
    path(f"{_ONE}/reopen/", views_asking.reopen, name="change_request_reopen"),
    path(f"{_ONE}/accept/", views_deciding.accept, name="proposals_accept"),
    path(f"{_ONE}/proposals/<uuid:proposal>/", views_deciding.proposal, name="proposal"),
    path(f"{_ONE}/table/", views_deciding.table, name="proposals_table"),
    path(f"{_ONE}/table.csv", views_deciding.table_csv, name="proposals_csv"),
    path(f"{_DIVISION}/", views_answer.answer, name="answer"),
    path(f"{_DIVISION}/do/", views_answer.do, name="answer_do"),
    path(f"{_DIVISION}/record/", views_write.record, name="answer_record"),
    path(f"{_DIVISION}/write/", views_write.write, name="answer_write"),
    path(f"{_DIVISION}/heard/", views_write.heard, name="answer_heard"),
    path(f"{_DIVISION}/add/", views_write.add, name="answer_add"),
    path(f"{_DIVISION}/remove/", views_write.remove, name="answer_remove"),
]

"""Addresses of a plan's public comments, below the plan's."""

from __future__ import annotations

from django.urls import path

from sosei.web.comments import views, views_opinions, views_paste

_ONE = "<uuid:comment>"
_OPINION = f"{_ONE}/opinions/<uuid:opinion>"

urlpatterns = [
    path("", views.comments, name="comments"),
    path("new/", views.new, name="comment_new"),
    path(f"{_ONE}/", views.comment, name="comment"),
    path(f"{_ONE}/edit/", views.edit, name="comment_edit"),
    path(f"{_ONE}/publish/", views.publish, name="comment_publish"),
    path(f"{_ONE}/remove/", views.remove, name="comment_remove"),
    path(f"{_ONE}/document/", views.document, name="comment_document"),
    path(f"{_ONE}/opinions/new/", views_opinions.add, name="opinion_new"),
    path(f"{_ONE}/opinions/paste/", views_paste.paste, name="opinions_paste"),
    path(f"{_OPINION}/", views_opinions.edit, name="opinion"),
    path(f"{_OPINION}/move/", views_opinions.move, name="opinion_move"),
    path(f"{_OPINION}/remove/", views_opinions.remove, name="opinion_remove"),
]

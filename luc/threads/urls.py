"""Addresses of the room, under /trao-doi/."""

from django.urls import path

from luc.threads import pages

app_name = "threads"
urlpatterns = [
    path("", pages.threads, name="list"),
    path("<int:thread>/", pages.thread, name="thread"),
    path("ke-hoach/<int:plan>/moi/", pages.new, name="new"),
]

"""Addresses of the room."""

from django.urls import path

from luc.papers import pages

app_name = "papers"
urlpatterns = [
    path("tep/<int:file>/", pages.file, name="file"),
    path("van-ban-phap-ly/", pages.legal, name="legal"),
]

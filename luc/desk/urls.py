"""Addresses of the room."""

from django.urls import path

from luc.desk import pages

app_name = "desk"
urlpatterns = [
    path("", pages.home, name="home"),
    path("lanh-dao/", pages.brief_page, name="brief"),
]

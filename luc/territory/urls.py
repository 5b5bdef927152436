"""Addresses of the room."""

from django.urls import path

from luc.territory import pages

app_name = "territory"
urlpatterns = [
    path("don-vi/", pages.units, name="units"),
    path("don-vi/<int:unit>/", pages.unit, name="unit"),
]

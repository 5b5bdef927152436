"""Addresses of signed papers."""

from django.urls import path

from luc.issuing.signed import pages

app_name = "signed"
urlpatterns = [
    path("soan-thao/phien-ban/<int:version>/da-ky/", pages.upload, name="upload"),
    path("soan-thao/da-ky/<int:signed>/", pages.signed, name="signed"),
    path("soan-thao/da-ky/<int:signed>/bo/", pages.drop, name="drop"),
]

"""Addresses of the letters."""

from django.urls import path

from luc.issuing.letters import pages, wording_pages

app_name = "letters"
urlpatterns = [
    path("ky-bao-cao/<int:cycle>/cong-van/", pages.of_round, name="of_round"),
    path("cong-van/giao-viec/<int:plan>/<int:party>/", pages.assignments, name="assignments"),
    path("cong-van/loi-van/<int:regime>/<slug:letter>/", wording_pages.settled, name="wording"),
    path("bao-cao/da-gui/<int:submission>/van-ban/", pages.own_report, name="own_report"),
]

"""Addresses of supply and demand."""

from django.urls import path

from luc.industry.supply import pages

urlpatterns = [
    path("", pages.demands, name="demands"),
    path("them/", pages.add, name="add_demand"),
    path("<int:demand>/", pages.demand, name="demand"),
    path("<int:demand>/tinh/", pages.work_out, name="work_out"),
]

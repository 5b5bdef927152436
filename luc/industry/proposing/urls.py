"""Addresses of proposals."""

from django.urls import path

from luc.industry.proposing import pages

urlpatterns = [
    path("", pages.proposals, name="proposals"),
    path("them/", pages.add, name="add_proposal"),
    path("<int:proposal>/", pages.proposal, name="proposal"),
    path("<int:proposal>/sua/", pages.edit, name="edit_proposal"),
    path("<int:proposal>/nhac/", pages.follow, name="follow_proposal"),
    path("<int:proposal>/cong-khai/", pages.publish, name="publish_proposal"),
]

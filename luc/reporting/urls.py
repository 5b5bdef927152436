"""Addresses of the room."""

from django.urls import path

from luc.reporting.pages import consolidation, cycles, sending, submissions, writing

app_name = "reporting"
urlpatterns = [
    path("ky-bao-cao/", cycles.cycles, name="cycles"),
    path("ky-bao-cao/mo/<int:regime>/", cycles.opening, name="opening"),
    path("ky-bao-cao/<int:cycle>/", cycles.board, name="board"),
    path("ky-bao-cao/<int:cycle>/chap-nhan/", cycles.accept, name="accept_many"),
    path("ky-bao-cao/<int:cycle>/khep/", cycles.close, name="close"),
    path("ky-bao-cao/<int:cycle>/tong-hop/", consolidation.consolidation, name="consolidation"),
    path("ky-bao-cao/<int:cycle>/du-thao/", consolidation.official_drafts, name="papers"),
    path("ky-bao-cao/du-thao/<int:draft>/", consolidation.draft_file, name="draft_file"),
    path("bao-cao/", writing.own, name="own"),
    path("bao-cao/<int:report>/", writing.form, name="form"),
    path("bao-cao/<int:report>/xem-lai/", sending.review, name="review"),
    path("bao-cao/<int:report>/minh-chung/", writing.evidence, name="evidence"),
    path("bao-cao/<int:report>/minh-chung/<int:evidence>/", writing.download_evidence, name="evidence_file"),
    path(
        "bao-cao/<int:report>/minh-chung/<int:evidence>/bo/", writing.remove_evidence, name="evidence_remove"
    ),
    path("bao-cao/da-gui/<int:submission>/", submissions.submission, name="submission"),
    path("bao-cao/da-gui/<int:submission>/tep/<int:file>/", submissions.file, name="submission_file"),
    path("bao-cao/da-gui/<int:submission>/tra-lai/", submissions.give_back, name="give_back"),
    path("bao-cao/da-gui/<int:submission>/chap-nhan/", submissions.accept, name="accept"),
]

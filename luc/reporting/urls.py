"""Addresses of the room."""

from django.urls import path

from luc.reporting.pages import (
    approving,
    asking,
    consolidation,
    correcting,
    cycles,
    excel,
    grid,
    opening,
    sending,
    steering,
    submissions,
    writing,
)

app_name = "reporting"
urlpatterns = [
    path("ky-bao-cao/", cycles.cycles, name="cycles"),
    path("ky-bao-cao/mo/<int:regime>/", opening.opening, name="opening"),
    path("ky-bao-cao/<int:cycle>/", cycles.board, name="board"),
    path("ky-bao-cao/<int:cycle>/so-lieu/", grid.figures, name="grid"),
    path("ky-bao-cao/<int:cycle>/so-lieu/excel/", grid.sheet, name="grid_sheet"),
    path("ky-bao-cao/<int:cycle>/so-lieu/excel/mang-ve/", grid.bring, name="grid_bring"),
    path("ky-bao-cao/<int:cycle>/bieu/", asking.asking, name="asking"),
    path("ky-bao-cao/<int:cycle>/chap-nhan/", cycles.accept, name="accept_many"),
    path("ky-bao-cao/<int:cycle>/khep/", cycles.close, name="close"),
    path("ky-bao-cao/<int:cycle>/tong-hop/", consolidation.consolidation, name="consolidation"),
    path("ky-bao-cao/<int:cycle>/du-thao/", consolidation.official_drafts, name="papers"),
    path("ky-bao-cao/du-thao/<int:draft>/", consolidation.draft_file, name="draft_file"),
    path("bao-cao/", writing.own, name="own"),
    path("bao-cao/<int:report>/", writing.form, name="form"),
    path("bao-cao/<int:report>/xem-lai/", sending.review, name="review"),
    path("bao-cao/<int:report>/khong-phat-sinh/", writing.nil, name="nil"),
    path("bao-cao/<int:report>/excel/", excel.bring, name="excel"),
    path("bao-cao/<int:report>/excel/bieu/", excel.form, name="excel_form"),
    path("bao-cao/<int:report>/excel/ghi/", excel.confirm, name="excel_confirm"),
    path("bao-cao/<int:report>/minh-chung/", writing.evidence, name="evidence"),
    path("bao-cao/<int:report>/minh-chung/<int:evidence>/", writing.download_evidence, name="evidence_file"),
    path(
        "bao-cao/<int:report>/minh-chung/<int:evidence>/bo/", writing.remove_evidence, name="evidence_remove"
    ),
    path("bao-cao/da-gui/<int:submission>/", submissions.submission, name="submission"),
    path("bao-cao/da-gui/<int:submission>/tep/<int:file>/", submissions.file, name="submission_file"),
    path("bao-cao/da-gui/<int:submission>/tra-lai/", submissions.give_back, name="give_back"),
    path("bao-cao/da-gui/<int:submission>/chap-nhan/", submissions.accept, name="accept"),
    path("bao-cao/da-gui/<int:submission>/so-sanh/<int:other>/", submissions.compare, name="compare"),
    path("bao-cao/da-gui/<int:submission>/rut-lai/", correcting.take_back, name="take_back"),
    path("bao-cao/da-gui/<int:submission>/de-nghi-sua/", correcting.ask, name="ask"),
    path("bao-cao/da-gui/<int:submission>/mo-lai/", correcting.reopen, name="reopen"),
    path("bao-cao/de-nghi-sua/<int:asking>/", correcting.answer, name="answer_request"),
    path("bao-cao/trinh/<int:presentation>/", approving.presentation, name="presentation"),
    path("bao-cao/trinh/<int:presentation>/xac-nhan/", approving.confirm, name="confirm"),
    path("bao-cao/trinh/<int:presentation>/chuyen-lai/", approving.pass_back, name="pass_back"),
    path("bao-cao/trinh/<int:presentation>/rut/", approving.withdraw, name="withdraw"),
    path("ky-bao-cao/<int:cycle>/chap-nhan-het/", steering.accept_clear, name="accept_clear"),
    path("ky-bao-cao/<int:cycle>/mo-lai/", steering.reopen_cycle, name="reopen_cycle"),
    path("ky-bao-cao/don-vi/<int:obligation>/", steering.obligation, name="obligation"),
    path("ky-bao-cao/don-vi/<int:obligation>/cho-gui/", steering.open_once_more, name="open_once_more"),
    path("ky-bao-cao/don-vi/<int:obligation>/bao-cao-thay/", steering.stand_in, name="stand_in"),
]

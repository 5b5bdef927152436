"""Addresses of the room."""

from django.urls import path

from luc.requests.pages import approving, asking, changing, correcting, results, submissions, writing

app_name = "requests"
urlpatterns = [
    path("", asking.overview, name="list"),
    path("moi/", asking.new, name="new"),
    path("<int:asked>/soan/", asking.edit, name="edit"),
    path("<int:asked>/dinh-kem/", asking.attach, name="attach"),
    path("<int:asked>/xem-truoc/", asking.preview, name="preview"),
    path("<int:asked>/bo/", asking.drop, name="drop"),
    path("<int:asked>/van-ban/", asking.paper, name="paper"),
    path("<int:asked>/", results.summary, name="results"),
    path("<int:asked>/bang/", results.table, name="table"),
    path("<int:asked>/ket-qua.xlsx", results.workbook, name="workbook"),
    path("<int:asked>/ket-qua.docx", results.paper, name="results_paper"),
    path("<int:asked>/chap-nhan/", results.accept, name="accept_many"),
    path("<int:asked>/noi-dung/", changing.content, name="content"),
    path("<int:asked>/doi-han/", changing.due, name="due"),
    path("<int:asked>/them-don-vi/", changing.more, name="more"),
    path("<int:asked>/khep/", changing.close, name="close"),
    path("<int:asked>/mo-lai/", changing.reopen, name="reopen_request"),
    path("cau-hoi/<int:question>/sua/", changing.correct, name="correct"),
    path("tra-loi/<int:reply>/", writing.form, name="form"),
    path("tra-loi/<int:reply>/xem-lai/", writing.review, name="review"),
    path("tra-loi/<int:reply>/tep/<int:question>/", writing.files, name="files"),
    path("tra-loi/<int:reply>/tep/tai/<int:attachment>/", writing.download, name="file"),
    path("tra-loi/<int:reply>/tep/bo/<int:attachment>/", writing.remove, name="remove_file"),
    path("trinh/<int:presentation>/", approving.presentation, name="presentation"),
    path("trinh/<int:presentation>/xac-nhan/", approving.confirm, name="confirm"),
    path("trinh/<int:presentation>/chuyen-lai/", approving.pass_back, name="pass_back"),
    path("trinh/<int:presentation>/rut/", approving.withdraw, name="withdraw"),
    path("da-gui/<int:submission>/", submissions.submission, name="submission"),
    path("da-gui/<int:submission>/tep/<int:file>/", submissions.file, name="submission_file"),
    path("da-gui/<int:submission>/tra-lai/", submissions.give_back, name="give_back"),
    path("da-gui/<int:submission>/chap-nhan/", submissions.accept, name="accept"),
    path("da-gui/<int:submission>/rut-lai/", correcting.take_back, name="take_back"),
    path("da-gui/<int:submission>/mo-lai/", correcting.reopen, name="reopen"),
    path("da-gui/<int:submission>/de-nghi-sua/", correcting.ask, name="ask"),
    path("de-nghi-sua/<int:asking>/", correcting.answer, name="answer_request"),
]

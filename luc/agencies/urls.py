"""Addresses of the room."""

from django.urls import path

from luc.agencies.pages import accounts, delegations, invitations, lists, parties, people

app_name = "agencies"
urlpatterns = [
    path("co-quan/", parties.parties, name="parties"),
    path("co-quan/them/", parties.add, name="add"),
    path("co-quan/<int:party>/", parties.party, name="party"),
    path("co-quan/<int:party>/sua/", parties.edit, name="edit"),
    path("co-quan/<int:party>/sua-ten/", parties.rename, name="rename"),
    path("co-quan/<int:party>/ten-khac/", parties.add_name, name="add_name"),
    path("co-quan/<int:party>/ket-thuc/", parties.end, name="end"),
    path("co-quan/<int:party>/sua-ket-thuc/", parties.correct_end, name="correct_end"),
    path("co-quan/<int:party>/chuyen-viec/", parties.hand_on, name="hand_on"),
    path("co-quan/<int:party>/thanh-vien/", parties.add_member, name="add_member"),
    path("co-quan/<int:party>/thanh-vien/<int:member>/bo/", parties.end_member, name="end_member"),
    path("co-quan/duyet-truoc-khi-gui/", delegations.usual, name="usual_approval"),
    path("co-quan/<int:party>/duyet-truoc-khi-gui/", delegations.approval, name="approval"),
    path("co-quan/<int:party>/uy-quyen/", delegations.delegated, name="delegations"),
    path("uy-quyen/<int:membership>/ket-thuc/", delegations.end_delegation, name="end_delegation"),
    path("con-nguoi/", people.people, name="people"),
    path("con-nguoi/trao-vai-tro/", people.grant, name="grant"),
    path("con-nguoi/vai-tro/<int:membership>/ket-thuc/", people.end_role, name="end_role"),
    path("con-nguoi/tai-khoan/<int:user>/", accounts.account, name="account"),
    path("con-nguoi/tai-khoan/<int:user>/dat-lai-mat-khau/", accounts.reset, name="account_reset"),
    path("con-nguoi/tai-khoan/<int:user>/khoa/", accounts.lock, name="account_lock"),
    path("con-nguoi/tai-khoan/<int:user>/mo/", accounts.unlock, name="account_unlock"),
    path("con-nguoi/tai-khoan/<int:user>/bo-buoc-hai/", accounts.drop, name="account_drop"),
    path("con-nguoi/moi/", invitations.invite, name="invite"),
    path("con-nguoi/moi/<int:invitation>/thu-hoi/", invitations.withdraw, name="withdraw"),
    path("con-nguoi/moi/danh-sach/", lists.upload, name="list"),
    path("con-nguoi/moi/danh-sach/mau/", lists.sheet, name="list_sheet"),
    path("con-nguoi/moi/danh-sach/xac-nhan/", lists.confirm, name="list_confirm"),
    path("vai-tro-cua-toi/", people.myself, name="myself"),
    path("loi-moi/<str:secret>/", invitations.accept, name="accept"),
]

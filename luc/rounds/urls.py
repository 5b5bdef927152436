"""Addresses of the room."""

from django.urls import path

from luc.rounds.boards import pages as boards
from luc.rounds.reminders.pages import cycle, own, working

app_name = "rounds"
urlpatterns = [
    path("theo-doi/cac-ky/", boards.last_rounds, name="over_time"),
    path("theo-doi/ky/<int:cycle>/ban-do/", boards.cycle_map, name="map"),
    path("ky-bao-cao/<int:cycle>/nhac/", cycle.remind, name="remind"),
    path("ky-bao-cao/<int:cycle>/nhac/lich/", cycle.policy, name="policy"),
    path("ky-bao-cao/<int:cycle>/nhac/lich/theo-lich-chung/", cycle.usual, name="usual"),
    path("ky-bao-cao/<int:cycle>/nhac/da-gui/", cycle.sent, name="sent"),
    path("ky-bao-cao/<int:cycle>/nhac/da-gui/<int:party>/", cycle.sent_to, name="sent_to"),
    path("nghia-vu/<int:obligation>/", own.obligation, name="obligation"),
    path("nghia-vu/ky/<int:cycle>/", own.cycle, name="cycle"),
    path("nhac-viec/", own.mine, name="mine"),
    path("nhac-viec/thu-khong-toi/", working.bounces, name="bounces"),
    path("nhac-viec/lich-han/", own.make_feed, name="make_feed"),
    path("nhac-viec/lich-han/bo/", own.revoke_feed, name="revoke_feed"),
    path("nhac-viec/lich-chung/", working.usual_policy, name="usual_policy"),
    path("lich-lam-viec/", working.calendar, name="calendar"),
    path("lich-lam-viec/xac-nhan/", working.confirm_day, name="confirm_day"),
    path("lich-lam-viec/<int:day>/bo/", working.unsay_day, name="unsay_day"),
    path("lich-han/<str:secret>.ics", own.feed, name="feed"),
]

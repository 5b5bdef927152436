"""Addresses of the room, under /ke-hoach/."""

from django.urls import path

from luc.plans.pages import amendments, compare, plan, receiving, review, upload

app_name = "plans"
urlpatterns = [
    path("", plan.plans, name="list"),
    path("tai-len/", upload.upload, name="upload"),
    path("ra-soat/", upload.readings, name="readings"),
    path("ra-soat/<int:reading>/", review.review, name="review"),
    path("ra-soat/<int:reading>/thong-qua/", review.adopt, name="adopt"),
    path("ra-soat/<int:reading>/bo/", review.discard, name="discard"),
    path("ra-soat/<int:reading>/chap-nhan/", review.accept, name="accept"),
    path("ra-soat/<int:reading>/tao-don-vi/", review.create_missing, name="create_missing"),
    path("ra-soat/<int:reading>/bao-cao-thay/", review.through, name="through"),
    path("ra-soat/<int:reading>/khung/", review.frame, name="frame"),
    path("ra-soat/<int:reading>/ten-co-quan/", review.meaning, name="meaning"),
    path("ra-soat/<int:reading>/don-vi-moi/", review.new_party, name="new_party"),
    path("ra-soat/<int:reading>/quan-he/", compare.relation, name="relation"),
    path("ra-soat/<int:reading>/so-sanh/", compare.compare, name="compare"),
    path("ra-soat/<int:reading>/so-sanh/quyet-dinh/", compare.decide, name="decide"),
    path("ra-soat/<int:reading>/so-sanh/ghep/", compare.pair, name="pair"),
    path("ra-soat/<int:reading>/so-sanh/cau/", compare.place, name="place"),
    path("ra-soat/<int:reading>/ap-dung/", compare.apply, name="apply"),
    path("ra-soat/<int:reading>/<slug:section>/da-xem/", review.check_section, name="check_section"),
    path("ra-soat/<int:reading>/muc/<slug:key>/da-xem/", review.check, name="check"),
    path("ra-soat/<int:reading>/<slug:section>/", review.section, name="section"),
    path("ra-soat/<int:reading>/<slug:section>/them/", review.add, name="add"),
    path("ra-soat/<int:reading>/muc/<slug:key>/sua/", review.correct, name="correct"),
    path("ra-soat/<int:reading>/muc/<slug:key>/bo/", review.drop, name="drop"),
    path("ra-soat/<int:reading>/muc/<slug:key>/lay-lai/", review.restore, name="restore"),
    path("ra-soat/<int:reading>/muc/<slug:key>/phu-luc/", review.covered, name="covered"),
    path("ra-soat/<int:reading>/muc/<slug:key>/chon/<slug:kind>/", review.party, name="choose"),
    path("<int:plan>/", plan.overview, name="plan"),
    path("<int:plan>/chi-tieu/", plan.targets, name="targets"),
    path("<int:plan>/nhiem-vu/", plan.tasks, name="tasks"),
    path("<int:plan>/nhiem-vu/<int:task>/", plan.task, name="task"),
    path("<int:plan>/don-vi/", plan.parties, name="parties"),
    path("<int:plan>/don-vi/<int:party>/", plan.party, name="party"),
    path("<int:plan>/da-nhan/", receiving.receipts, name="receipts"),
    path("<int:plan>/nhan/<int:party>/", receiving.acknowledge, name="acknowledge"),
    path("<int:plan>/ke-hoach-nam/<int:party>/<int:year>/", receiving.yearly, name="yearly"),
    path("<int:plan>/van-ban/", plan.paper, name="paper"),
    path("<int:plan>/sua-doi/", amendments.amendments, name="amendments"),
    path("<int:plan>/sua-doi/<int:amendment>/", amendments.amendment, name="amendment"),
    path("<int:plan>/dinh-chinh/<slug:key>/", amendments.rectify, name="rectify"),
]

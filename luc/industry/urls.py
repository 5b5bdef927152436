"""Addresses of the room."""

from django.urls import include, path

from luc.industry.catalogue.mapping import pages as mapping
from luc.industry.confirming import pages as confirming
from luc.industry.pages import officer, own, public, registering

app_name = "industry"
urlpatterns = [
    path("dang-ky-doanh-nghiep/", registering.register, name="register"),
    path("dang-ky-doanh-nghiep/<str:key>/", registering.begin, name="begin"),
    path("anh-hang-hoa/<int:picture>/<str:size>/", public.picture, name="picture"),
    path("tai-lieu-hang-hoa/<int:sheet>/", public.sheet, name="sheet"),
    path("gop-y-doanh-nghiep/<int:public_enterprise>/", public.suggest, name="suggest"),
    path("doanh-nghiep-cua-toi/", own.own, name="own"),
    path("doanh-nghiep-cua-toi/<int:own_enterprise>/lien-he/", own.contact, name="contact"),
    path(
        "doanh-nghiep-cua-toi/<int:own_enterprise>/lien-he/rut/",
        own.withdraw_contact,
        name="withdraw_contact",
    ),
    path("ho-so-doanh-nghiep/<int:enterprise>/", own.desk, name="desk"),
    path("ho-so-doanh-nghiep/<int:enterprise>/khai/<str:part>/", own.part, name="part"),
    path("ho-so-doanh-nghiep/<int:enterprise>/xem-truoc/", own.preview, name="preview"),
    path("ho-so-doanh-nghiep/<int:enterprise>/gui/", own.hand_in, name="hand_in"),
    path("ho-so-doanh-nghiep/<int:enterprise>/xac-nhan/", confirming.confirm, name="confirm"),
    path("ho-so-doanh-nghiep/<int:enterprise>/rut/", own.withdraw, name="withdraw"),
    path("ho-so-doanh-nghiep/<int:enterprise>/hang-hoa/", own.add_offer, name="add_offer"),
    path("hang-hoa-cua-toi/<int:offer>/", own.offer, name="offer"),
    path("hang-hoa-cua-toi/<int:offer>/khai/<str:part>/", own.offer_part, name="offer_part"),
    path("hang-hoa-cua-toi/<int:offer>/danh-muc/", mapping.choose, name="offer_item"),
    path("hang-hoa-cua-toi/<int:offer>/anh/", own.add_picture, name="add_picture"),
    path("hang-hoa-cua-toi/<int:offer>/anh/<int:picture>/bo/", own.remove_picture, name="remove_picture"),
    path("hang-hoa-cua-toi/<int:offer>/tai-lieu/", own.add_sheet, name="add_sheet"),
    path("hang-hoa-cua-toi/<int:offer>/tai-lieu/<int:sheet>/bo/", own.remove_sheet, name="remove_sheet"),
    path("hang-hoa-cua-toi/<int:offer>/rut/", own.withdraw_offer, name="withdraw_offer"),
    path("doanh-nghiep/", officer.enterprises, name="enterprises"),
    path("doanh-nghiep/nhap-tep/", include("luc.industry.importing.urls")),
    path("doanh-nghiep/cung-cau/", include("luc.industry.supply.urls")),
    path("doanh-nghiep/xac-nhan/", include("luc.industry.confirming.urls")),
    path("doanh-nghiep/them/", officer.add, name="add"),
    path("doanh-nghiep/cho-kiem-tra/", officer.queue, name="queue"),
    path("doanh-nghiep/gop-y/", officer.suggestions, name="suggestions"),
    path("doanh-nghiep/gop-y/<int:suggestion>/", officer.settle, name="settle"),
    path("doanh-nghiep/<int:entry>/kiem-tra/", officer.check, name="check"),
    path("doanh-nghiep/<int:entry>/gop/", officer.merge, name="merge"),
    path("danh-muc-hang-hoa/de-xuat/", include("luc.industry.proposing.urls")),
    path("danh-muc-hang-hoa/", include("luc.industry.catalogue.urls")),
    path("khu-cum-cong-nghiep/", officer.parks, name="parks"),
]

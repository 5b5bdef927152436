"""Addresses of the room."""

from django.urls import path

from luc.issuing.pages import drafts, editing, opinions, outlines, refreshing, versions, written

app_name = "issuing"
urlpatterns = [
    path("soan-thao/", drafts.drafts, name="list"),
    path("soan-thao/moi/<int:cycle>/", drafts.new, name="new"),
    path("ky-bao-cao/<int:cycle>/du-thao/", written.papers, name="papers"),
    path("ky-bao-cao/du-thao/<int:draft>/", written.paper_file, name="paper_file"),
    path("soan-thao/de-cuong/<int:regime>/", outlines.outline, name="outline"),
    path("soan-thao/<int:paper>/", editing.draft, name="draft"),
    path("soan-thao/<int:paper>/them/", editing.add, name="add"),
    path("soan-thao/<int:paper>/the-thuc/", drafts.head, name="head"),
    path("soan-thao/<int:paper>/bo/", drafts.drop, name="drop"),
    path("soan-thao/<int:paper>/lay-lai/", refreshing.refresh, name="refresh"),
    path("soan-thao/<int:paper>/phien-ban/", versions.versions, name="versions"),
    path("soan-thao/<int:paper>/y-kien/", opinions.opinions, name="opinions"),
    path("soan-thao/doan/<int:block>/", editing.block, name="block"),
    path("soan-thao/doan/<int:block>/so/", editing.figure, name="figure"),
    path("soan-thao/doan/<int:block>/viec/", editing.move, name="move"),
    path("soan-thao/doan/<int:block>/trao-doi/", editing.comment, name="comment"),
    path("soan-thao/trao-doi/<int:comment>/xong/", editing.resolve, name="resolve"),
    path("soan-thao/phien-ban/<int:version>/", versions.version, name="version"),
    path("soan-thao/phien-ban/<int:version>/tep/", versions.make_file, name="make_file"),
    path("soan-thao/phien-ban/<int:version>/lay-y-kien/", opinions.ask, name="ask"),
    path("soan-thao/tep/<int:written>/", versions.file, name="file"),
    path("soan-thao/y-kien/<int:remark>/", opinions.settle, name="settle"),
    path("gop-y/", opinions.asked, name="asked"),
    path("gop-y/<int:opinion>/", opinions.give, name="give"),
]

"""Addresses of the API. Those of its operations are named by the operations."""

from django.urls import path

from luc.exchange.answering import opened
from luc.exchange.api import nothing, openapi, patterns

app_name = "exchange"
urlpatterns = [
    path("openapi.json", opened(openapi), name="openapi"),
    *patterns(),
    path("<anything:api_rest>", opened(nothing), name="nothing"),
]

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "luc.site"
    label = "luc_site"

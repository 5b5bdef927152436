from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "luc.demonstration"

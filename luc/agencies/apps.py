from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "luc.agencies"

    def ready(self) -> None:
        from luc.agencies import acts
        from luc.agencies.models import Role
        from luc.kernel import rights

        rights.register(acts.ACTS)
        rights.register_roles(dict(Role.choices))

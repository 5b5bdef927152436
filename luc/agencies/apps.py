from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    name = "luc.agencies"

    def ready(self) -> None:
        from luc.agencies import acts
        from luc.agencies.models import Role
        from luc.kernel import rights
        from luc.kernel.navigation import REGISTERS, navigate

        rights.register(acts.ACTS)
        rights.register_roles({role.value: role.label for role in Role})
        navigate(70, _("Cơ quan"), "/co-quan/", "agencies.view", REGISTERS)
        navigate(75, _("Con người"), "/con-nguoi/", "agencies.see_people", REGISTERS)

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class KernelConfig(AppConfig):
    name = "luc.kernel"
    verbose_name = "Nền"

    def ready(self) -> None:
        from luc.kernel import acts, jobs, rights, writing
        from luc.kernel.health import beat, ground  # noqa: F401  registers what the doctor looks at

        rights.register(acts.ACTS)
        jobs.regularly(beat.beat)
        connection_created.connect(writing.stand_guard)
        pre_migrate.connect(writing.lift_guard)
        post_migrate.connect(writing.set_guard)

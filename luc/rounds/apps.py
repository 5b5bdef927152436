from importlib import import_module

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "luc.rounds"

    def import_models(self) -> None:
        """The models of the room, and those of its reminders."""
        super().import_models()
        import_module("luc.rounds.reminders.models")

    def ready(self) -> None:
        from luc.kernel import jobs, rights
        from luc.rounds import acts, health, moving  # noqa: F401  registers what the doctor looks at
        from luc.rounds.reminders import running

        rights.register(acts.ACTS)
        jobs.regularly(running.look, every=running.EVERY)
        jobs.regularly(moving.look, every=moving.EVERY)

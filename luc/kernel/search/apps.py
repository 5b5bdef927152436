from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "luc.kernel.search"
    verbose_name = "Tìm kiếm"

    def ready(self) -> None:
        from luc.kernel.search import health  # noqa: F401  registers what the doctor looks at

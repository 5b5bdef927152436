"""`luc load`: reference data from files into the database. Repeatable; says what is absent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from luc.kernel.reference import load_all
from luc.papers import legal
from luc.territory import loading


class Command(BaseCommand):
    help = "Nạp dữ liệu nền: đơn vị hành chính qua thời gian, danh mục văn bản pháp lý. Chạy lại được."

    def handle(self, **_options: Any) -> None:
        """Load every reference file. Raises CommandError for a missing or broken file."""
        try:
            units = loading.load(settings.REFDATA)
            papers = legal.load(settings.REFDATA)
            others = load_all(settings.REFDATA)
            loading.remember(settings.REFDATA)
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"Không nạp được dữ liệu nền từ {settings.REFDATA}: {error!r}") from error
        self.stdout.write(
            f"Đơn vị hành chính: {units.units}; quan hệ kế thừa: {units.successions};"
            f" ghi mới hoặc sửa: {units.written}; bỏ: {units.removed}."
        )
        if units.in_use:
            self.stdout.write(
                f"{units.in_use} đơn vị hành chính không còn trong tệp nhưng đang được dùng nên được giữ lại."
            )
        self.stdout.write(f"Văn bản pháp lý: {papers.papers}; ghi mới hoặc sửa: {papers.written}.")
        for line in others:
            self.stdout.write(line)
        if not units.outlines:
            self.stdout.write(
                f"Chưa có ranh giới ({settings.REFDATA / 'boundaries'}): các trang không có bản đồ."
            )
        if not units.with_communes:
            self.stdout.write(
                f"Chưa có bảng chuyển đổi xã, phường ({settings.REFDATA / 'succession'}):"
                " chương trình vẫn chạy, nhưng không biết xã cũ nhập vào xã nào;"
                " kế hoạch cũ của tỉnh đã sáp nhập sẽ hỏi người dùng ràng buộc những xã nào."
            )

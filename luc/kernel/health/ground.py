"""What the ground floor looks after: database, release, history, worker, disk, clock, secrets, settings."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min
from django_scopes import scopes_disabled

from luc.kernel.backup import release
from luc.kernel.chains import EVERY, check_chains
from luc.kernel.health.beat import is_alive, last_beat
from luc.kernel.health.findings import Finding, bad, good, looks_after, warn
from luc.kernel.models import ChainHead, Change, Job
from luc.kernel.time import now

LITTLE, NEARLY_NONE = 2_000_000_000, 300_000_000  # bytes free
THIS_MACHINE = {"127.0.0.1", "localhost", "[::1]"}


@looks_after("Cơ sở dữ liệu")
def database(everything: bool) -> Iterator[Finding]:
    """Reachable, of this release, and durable as set."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('synchronous_commit'), current_setting('fsync')")
            if set(cursor.fetchone()) & {"off"}:
                yield bad(
                    "PostgreSQL tắt fsync hoặc synchronous_commit: mất điện là mất dữ liệu; hãy bật lại."
                )
        elif everything:
            cursor.execute("PRAGMA quick_check(1)")
            if (found := cursor.fetchone()[0]) != "ok":
                yield bad(f"Tệp SQLite hỏng ({found}); hãy dừng Lục và khôi phục bản sao lưu gần nhất.")
    yield good(f"Vào được ({connection.display_name}).")
    stands = release.of_database()
    if stands.unknown:
        yield bad("Dữ liệu do bản Lục mới hơn tạo ra; hãy cài lại bản mới hơn.")
    elif stands.missing:
        yield bad(f"Dữ liệu ở bản cũ hơn {len(stands.missing)} bước; hãy chạy: luc upgrade --backup THƯ_MỤC")


@looks_after("Nhật ký thay đổi")
def chains(everything: bool) -> Iterator[Finding]:
    """Every chain whole when it was last verified, and that not long ago."""
    if everything:
        check_chains(older_than=timedelta(0))
    heads = list(ChainHead.objects.all())
    broken = [head for head in heads if head.broken]
    for head in broken:
        yield bad(
            f"Chuỗi nhật ký của đơn vị quản trị số {head.tenant_id or 0} không liền ở dòng {head.broken[0]}: "
            "dữ liệu đã bị sửa ngoài chương trình; hãy giữ nguyên máy và so với bản sao lưu."
        )
    old = [head for head in heads if head.checked_at is None or now() - head.checked_at > EVERY * 4]
    if old and not everything:
        yield warn(f"{len(old)} chuỗi nhật ký lâu chưa được kiểm; hãy chạy: luc doctor --all")
    if not broken:
        yield good(f"{len(heads)} chuỗi, không thấy chỗ đứt.")


@looks_after("Bộ chạy việc")
def worker(_: bool) -> Iterator[Finding]:
    """A worker lives, and nothing waits for long."""
    last = last_beat()
    if is_alive():
        yield good("Đang chạy.")
    elif last is None:
        yield bad("Chưa chạy lần nào; hãy chạy luc serve, hoặc luc worker cạnh luc web.")
    else:
        yield bad(f"Im lặng từ {last:%H:%M %d/%m/%Y}; hãy khởi động lại luc-worker.")
    with scopes_disabled():
        waits = Job.objects.filter(state=Job.State.QUEUED).aggregate(since=Min("created_at"))["since"]
        failed = Job.objects.filter(
            state=Job.State.FAILED, lost__gt=0, finished_at__gt=now() - timedelta(days=7)
        )
        if waits and now() - waits > timedelta(minutes=15):
            yield warn(
                f"Có việc chờ từ {waits:%H:%M %d/%m/%Y}; hãy xem bộ chạy việc có đang bận hay đã dừng."
            )
        if count := failed.count():
            yield warn(
                f"{count} việc làm bộ chạy việc dừng giữa chừng trong tuần; hãy xem nhật ký của luc-worker."
            )


@looks_after("Ổ đĩa")
def disk(_: bool) -> Iterator[Finding]:
    """Room for what comes in."""
    free = shutil.disk_usage(settings.HOME).free
    words = f"Còn trống {free / 1e9:.1f} GB ở {settings.HOME}"
    if free < NEARLY_NONE:
        yield bad(f"{words}: sắp không lưu được nữa; hãy dọn hoặc mở rộng ổ đĩa ngay.")
    elif free < LITTLE:
        yield warn(f"{words}; hãy dọn hoặc mở rộng ổ đĩa.")
    else:
        yield good(f"{words}.")


@looks_after("Giờ của máy")
def clock(_: bool) -> Iterator[Finding]:
    """Not before what has already been written."""
    last = Change.objects.aggregate(last=Max("at"))["last"]
    if last and last > now() + timedelta(minutes=2):
        yield bad(
            f"Đồng hồ chậm: nhật ký đã có dòng lúc {last:%H:%M %d/%m/%Y}; hãy chỉnh giờ (timedatectl set-ntp true)."
        )
    else:
        yield good(f"{now():%H:%M %d/%m/%Y}, giờ Việt Nam.")


@looks_after("Khóa bí mật")
def secret(_: bool) -> Iterator[Finding]:
    """Long, of many letters, and nobody else's to read."""
    key, file = settings.SECRET_KEY, Path(settings.HOME) / "secret"
    if len(key) < 40 or len(set(key)) < 12:
        yield bad("LUC_SECRET quá ngắn hoặc quá đơn giản; hãy bỏ biến này đi để Lục tự tạo khóa.")
    elif file.exists() and file.stat().st_mode & 0o077:
        yield bad(f"Người khác đọc được {file}; hãy chạy: chmod 600 {file}")
    else:
        yield good("Đủ dài, chỉ chủ máy đọc được.")


@looks_after("Thiết lập")
def configuration(_: bool) -> Iterator[Finding]:
    """As an installation for people, not for a developer."""
    outside = [host for host in settings.ALLOWED_HOSTS if host not in THIS_MACHINE]
    if settings.DEBUG:
        yield bad("LUC_DEBUG đang bật: trang lỗi lộ mã nguồn; hãy bỏ biến này đi.")
    if "*" in outside:
        yield bad("LUC_HOSTS nhận mọi tên máy; hãy ghi đúng tên người dùng gõ vào trình duyệt.")
    if settings.DEMONSTRATION and outside:
        yield warn("Đây là bản trình diễn với mật khẩu in sẵn; đừng để máy khác vào được.")
    if outside and not settings.SECURE:
        yield warn(
            "Chưa dùng HTTPS: mật khẩu đi qua mạng không mã hóa; hãy đặt sau proxy TLS và LUC_HTTPS=true."
        )
    if settings.SECURE and not settings.CSRF_TRUSTED_ORIGINS:
        yield warn("LUC_HTTPS bật mà LUC_ORIGINS trống; hãy đặt LUC_ORIGINS=https://TÊN-MÁY.")
    if not settings.DEBUG and not outside:
        yield good("Chỉ máy này vào được.")


@looks_after("Thư điện tử")
def mail(_: bool) -> Iterator[Finding]:
    """Whether anything is sent."""
    if settings.SENDS_MAIL:
        yield good(f"Gửi qua {settings.EMAIL_HOST}.")
    elif not settings.DEMONSTRATION:
        yield warn(
            "Chưa có máy chủ thư: nhắc hạn chỉ hiện trên trang; hãy đặt LUC_MAIL (docs/operators/mail.md)."
        )


@looks_after("Phông chữ, tệp giao diện")
def looks(_: bool) -> Iterator[Finding]:
    """Collected, with the typeface of pages."""
    collected = Path(settings.STATIC_ROOT)
    if not (collected / "staticfiles.json").exists():
        yield bad("Chưa gom tệp giao diện; hãy chạy: luc collectstatic --noinput")
    elif not any(collected.glob("fonts/*")):
        yield warn(
            "Không có phông Be Vietnam Pro, trang dùng phông của máy; hãy chạy: python -m luc.site.assets"
        )
    else:
        yield good("Đủ.")

"""Pictures that strangers bring: judged by their content, made anew without anything but the picture itself."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from luc.kernel.errors import Refused

LARGEST = 12 * 1024 * 1024  # bytes of what a phone sends
MOST_DOTS = 50_000_000
SMALLEST = 200  # dots of the shorter side
FORMATS = ("JPEG", "PNG", "WEBP")
LARGE, SMALL = 1600, 400
MEDIA_TYPE = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Made:
    """A picture made anew, large and small, as JPEG."""

    large: bytes
    small: bytes
    width: int
    height: int


def make(data: bytes) -> Made:
    """The picture in some bytes, turned upright, on white, without metadata (place, camera, time).

    Raises Refused: no picture, too large, too small.
    """
    if len(data) > LARGEST:
        raise _wrong(_("Ảnh lớn hơn %(mb)d MB. Hãy chọn ảnh nhỏ hơn.") % {"mb": LARGEST // 1024 // 1024})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # broken metadata is thrown away anyhow
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > MOST_DOTS:
                raise _wrong(_("Ảnh quá lớn (hơn 50 triệu điểm ảnh). Hãy chọn ảnh nhỏ hơn."))
            if min(picture.size) < SMALLEST:
                raise _wrong(_("Ảnh quá nhỏ: cạnh ngắn cần ít nhất %(n)d điểm ảnh.") % {"n": SMALLEST})
            picture.draft("RGB", (LARGE, LARGE))  # a JPEG is read small at once
            upright = ImageOps.exif_transpose(picture)
            plain = _on_white(upright)
    except Refused:
        raise
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        Image.DecompressionBombError,
    ) as error:
        raise _wrong(_("Tệp này không phải ảnh JPEG, PNG hoặc WebP đọc được.")) from error
    large = _within(plain, LARGE)
    return Made(_jpeg(large), _jpeg(_within(plain, SMALL)), large.width, large.height)


def _on_white(picture: Image.Image) -> Image.Image:
    """The dots alone in a new picture: nothing of what the file carried beside them comes along."""
    clean = Image.new("RGB", picture.size, "white")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        clean.paste(seen, mask=seen.getchannel("A"))
    else:
        clean.paste(picture.convert("RGB"))
    return clean


def _within(picture: Image.Image, side: int) -> Image.Image:
    smaller = picture.copy()
    smaller.thumbnail((side, side))
    return smaller


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()


def _wrong(words: str) -> Refused:
    return Refused(words, {"file": words})

"""Looks into the packed streams of a PDF before anything unpacks them whole, and refuses a bomb."""

from __future__ import annotations

import re
import zlib

from vanban.reading.errors import UnreadableFile

MAX_STREAM = 32 * 1024 * 1024
MAX_ALL = 400 * 1024 * 1024

MAX_DRAWN = 100_000  # pieces of words that one stream draws; a page drawn letter by letter has five thousand
MAX_SHAPES = 400_000

_STREAM = re.compile(rb"stream\r?\n")
_PACKED = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_DRAWS_WORDS = re.compile(rb"T[jJ]\b")
_DRAWS_SHAPE = re.compile(rb"\s(?:[SsFBb]|[fBb]\*)(?=\s)")
_TOO_DENSE = "Tệp PDF có trang quá dày đặc nên không đọc: hãy chia nhỏ tệp."
_HEAD = 2000  # bytes before a stream in which its dictionary stands
_CHUNK, _PIECE = 1024 * 1024, 64 * 1024


def check(data: bytes) -> None:
    """Raises UnreadableFile where a stream of the file, a picture apart, unpacks to more than a page can need."""
    total = 0
    _refuse_dense(len(_DRAWS_WORDS.findall(data)), len(_DRAWS_SHAPE.findall(data)) / 4)
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - _HEAD) : match.start()].rpartition(b" obj")[2]
        filters = len(_PACKED.findall(head))
        if not filters or data[match.start() - 3 : match.start()] == b"end" or _PICTURE.search(head):
            continue
        size = _unpacked(data, match.end())
        total += size
        if filters > 1 or size > MAX_STREAM or total > MAX_ALL:
            raise UnreadableFile("Tệp PDF nén quá mức (dung lượng sau khi giải nén quá lớn) nên không đọc.")


def _unpacked(data: bytes, start: int) -> int:
    """How long a packed stream is when unpacked, as far as it matters; 0 where it is packed otherwise."""
    unpacker = zlib.decompressobj()
    view = memoryview(data)
    size, words, shapes = 0, 0, 0
    rest: bytes | memoryview = b""
    try:
        while not unpacker.eof and (rest or start < len(data)) and size <= MAX_STREAM:
            if not rest:
                rest, start = view[start : start + _PIECE], start + _PIECE
            found = unpacker.decompress(rest, _CHUNK)
            rest = unpacker.unconsumed_tail
            size += len(found)
            if len(found) > _PIECE:
                words += len(_DRAWS_WORDS.findall(found))
                shapes += len(_DRAWS_SHAPE.findall(found))
                _refuse_dense(words, shapes)
    except zlib.error:
        return size
    return size


def _refuse_dense(words: int, shapes: float) -> None:
    """Raises UnreadableFile where a page would need more memory than there may be."""
    if words > MAX_DRAWN or shapes > MAX_SHAPES:
        raise UnreadableFile(_TOO_DENSE)

"""Looks into the packed streams of a PDF before anything unpacks them whole, and refuses a bomb."""

from __future__ import annotations

import re
import zlib

from vanban.reading.errors import UnreadableFile

MAX_STREAM = 32 * 1024 * 1024
MAX_ALL = 400 * 1024 * 1024

_STREAM = re.compile(rb"stream\r?\n")
_PACKED = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_HEAD = 2000  # bytes before a stream in which its dictionary stands
_CHUNK = 1024 * 1024


def check(data: bytes) -> None:
    """Raises UnreadableFile where a stream of the file, a picture apart, unpacks to more than a page can need."""
    total = 0
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
    size, place = 0, start
    try:
        while not unpacker.eof and place < len(data) and size <= MAX_STREAM:
            piece = unpacker.unconsumed_tail or view[place : place + _CHUNK // 16]
            place += 0 if unpacker.unconsumed_tail else _CHUNK // 16
            size += len(unpacker.decompress(piece, _CHUNK))
    except zlib.error:
        return size
    return size

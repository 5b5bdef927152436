"""Files in an S3-compatible store, over real HTTP: kept by hash, verified when read, told when it is gone."""

from __future__ import annotations

import hashlib
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from luc.kernel.health.outage import StoreGone
from luc.papers import storing
from luc.site.files import storage
from tests.crash.load import Told, Writer
from tests.server import ROOT, Server, free_port

MOTO = ROOT / ".tools" / "moto" / "bin" / "moto_server"


@dataclass
class Bucket:
    """A server with one bucket."""

    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"s3+http://key:secret%2Fword@127.0.0.1:{self.port}/luc/tep?region=vn-1"

    def start(self) -> None:
        assert MOTO.exists(), "make .tools/moto/.built"
        self.process = subprocess.Popen(
            [MOTO, "-H", "127.0.0.1", "-p", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while True:
            try:
                self.put("luc", b"")
            except urllib.error.HTTPError:
                raise
            except urllib.error.URLError:
                assert time.monotonic() < until, "no S3 server"
                time.sleep(0.1)
            else:
                return

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def put(self, path: str, data: bytes) -> None:
        """From outside, as somebody with the key would."""
        self._ask(path, data, "PUT")

    def get(self, path: str) -> bytes:
        return self._ask(path, None, "GET")

    def _ask(self, path: str, data: bytes | None, method: str) -> bytes:
        signed = "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}", data, {"Authorization": signed}, method=method
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:
            found: bytes = answer.read()
            return found


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    made = Bucket(free_port())
    made.start()
    yield made
    made.stop()


@pytest.fixture
def kept_there(bucket: Bucket, settings: Settings) -> Bucket:
    settings.STORAGES = {**settings.STORAGES, "default": storage(bucket.address)}
    return bucket


def test_bytes_are_kept_under_their_hash_and_come_back(kept_there: Bucket) -> None:
    data = b"%PDF-1.4 " + bytes(range(256)) * 4000
    kept = storing.keep(7, data)
    assert storing.keep(7, data) == kept
    assert storing.read(kept.path, kept.sha256) == data
    assert kept_there.get(f"luc/tep/{kept.path}") == data


def test_what_is_missing_or_changed_is_damaged_and_can_be_kept_anew(kept_there: Bucket) -> None:
    data = b"as it came in"
    sha256 = hashlib.sha256(data).hexdigest()
    with pytest.raises(storing.Damaged, match="missing"):
        storing.read(f"8/{sha256[:2]}/{sha256}", sha256)
    kept = storing.keep(8, data)
    kept_there.put(f"luc/tep/{kept.path}", b"something else")
    with pytest.raises(storing.Damaged, match="changed"):
        storing.read(kept.path, kept.sha256)
    storing.keep(8, data)
    assert storing.read(kept.path, kept.sha256) == data


def test_a_store_that_does_not_answer_is_gone_not_empty(settings: Settings) -> None:
    address = f"s3+http://key:secret@127.0.0.1:{free_port()}/luc"
    settings.STORAGES = {**settings.STORAGES, "default": storage(address)}
    with pytest.raises(StoreGone) as gone:
        storing.read("1/aa/aabb", "aabb")
    assert "secret" not in str(gone.value)
    with pytest.raises(StoreGone):
        storing.keep(1, b"x")


@pytest.mark.parametrize(
    "wrong", ["ftp://a:b@c/d", "s3://host/bucket", "s3://key:secret@host", "s3://key:secret@/b"]
)
def test_a_wrong_address_is_named(wrong: str) -> None:
    with pytest.raises(ValueError, match="LUC_FILES"):
        storage(wrong)


def test_a_folder_is_a_folder(tmp_path: Path) -> None:
    assert storage(str(tmp_path))["OPTIONS"] == {"location": tmp_path}


@pytest.mark.crash
def test_people_attach_files_that_are_backed_up_and_restored_into_a_folder(tmp_path: Path) -> None:
    bucket = Bucket(free_port())
    bucket.start()
    server = Server(tmp_path / "home", more={"LUC_FILES": bucket.address})
    try:
        server.story("round")
        server.luc("collectstatic", "--noinput", "-v0")
        server.start_web()
        told = Told()
        clerk = Writer(server, "clerk_finance", told)
        clerk.add_file(1)
        assert not (server.home / "files").exists()
        made = server.attempt("backup", str(tmp_path / "one.zip"))
        assert made.returncode == 2  # the story's plan names a paper that was never there
        bucket.stop()
        data = b"%PDF-1.4\n" + b"2" * 3000
        answer = clerk.person.post(f"{clerk.form}minh-chung/", {}, {"file": ("2.pdf", data)})
        assert answer.status == 503
        assert "Kho tệp chưa trả lời" in answer.page
    finally:
        server.kill()
        bucket.stop()
    other = Server(tmp_path / "other")
    other.luc("restore", str(tmp_path / "one.zip"))
    (name, sha256) = next(iter(told.files.items()))
    found = [file.read_bytes() for file in (other.home / "files").rglob(sha256)]
    assert [hashlib.sha256(data).hexdigest() for data in found] == [sha256], name

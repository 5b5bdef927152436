"""Old office files (.doc, .odt, .rtf) through LibreOffice, where it is installed: converted to .docx, then read."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from vanban.reading.errors import UnreadableFile

MAX_SECONDS = 12
_PROGRAM = "soffice"
# no macros, no links to other files or hosts, a proxy where nothing listens
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value>
</prop><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value>
</prop></item><item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse">
<value>2</value></prop><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop><prop oor:name="ooInetHTTPSProxyName"
 oor:op="fuse"><value>127.0.0.1</value></prop><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value>
</prop></item></oor:items>
"""


def is_installed() -> bool:
    """Whether LibreOffice can be called."""
    return shutil.which(_PROGRAM) is not None


def as_docx(data: bytes, suffix: str) -> bytes:
    """A .doc, .odt or .rtf file as .docx.

    Raises UnreadableFile where LibreOffice is not installed, takes too long, or cannot read the file.
    """
    if not is_installed():
        raise UnreadableFile(f"Máy này chưa đọc được tệp {suffix}: hãy lưu thành .docx rồi tải lại.")
    return converted(data, suffix, ".docx")


def converted(data: bytes, suffix: str, to: str) -> bytes:
    """A file converted by LibreOffice in a folder and with settings of its own, without network where it can be."""
    with tempfile.TemporaryDirectory(prefix="vanban-") as name:
        folder = Path(name)
        (folder / f"tep{suffix}").write_bytes(data)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        words = [
            *_without_network(),
            *(_PROGRAM, "--headless", "--norestore", "--nologo", "--nolockcheck"),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--convert-to", to.lstrip("."), "--outdir", str(folder / "out"), str(folder / f"tep{suffix}")),
        ]
        _run(words, folder, suffix)
        made = folder / "out" / f"tep{to}"
        if not made.is_file():
            raise UnreadableFile(f"Tệp {suffix} bị hỏng hoặc có mật khẩu nên không đọc được.")
        return made.read_bytes()


def _run(words: list[str], folder: Path, suffix: str) -> None:
    proxy = "http://127.0.0.1:9"
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "LANG", "LC_ALL"}}
    environment = {**kept, "HOME": str(folder), "http_proxy": proxy, "https_proxy": proxy}
    with subprocess.Popen(  # noqa: S603 - a fixed program; the file's name is ours
        words,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(MAX_SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, 9)
            raise UnreadableFile(
                f"Chuyển tệp {suffix} quá lâu nên dừng lại: hãy lưu thành .docx rồi tải lại."
            ) from error


@cache
def _without_network() -> tuple[str, ...]:
    """The words before a command that take the network from it, where the system lets us."""
    words = ("unshare", "--map-root-user", "--net")
    if shutil.which(words[0]) is None:
        return ()
    tried = subprocess.run([*words, "true"], capture_output=True, check=False)  # noqa: S603
    return words if tried.returncode == 0 else ()

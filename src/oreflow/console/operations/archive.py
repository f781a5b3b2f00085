"""The form of a backup: a tar.gz of plain files with a manifest that names each one's size and SHA-256.

`database.sqlite3` or `tables/<name>.copy`, `attachments/<first two>/<sha256>`,
`attachments/imports/<sha256>`, `secret.key` if asked for,
`manifest.json` last. A backup is written beside its name and renamed when whole; none is overwritten.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import secrets
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from oreflow.core.provenance import Text

from .errors import BackupRefused, BadBackup

FORMAT = 1
MANIFEST = "manifest.json"
ENDINGS = (".tar.gz", ".tgz")
_CHUNK = 1024 * 1024
_ALLOWED = re.compile(
    r"database\.sqlite3|tables/[a-z0-9_]{1,63}\.copy|attachments/imports/[0-9a-f]{64}"
    r"|attachments/([0-9a-f]{2})/\1[0-9a-f]{62}|secret\.key|manifest\.json"
)
Sink = Callable[[str, IO[bytes]], None]


class Writer:
    """Adds files to a backup and remembers their size and hash."""

    def __init__(self, tar: tarfile.TarFile, moment: float) -> None:
        self.tar, self.moment = tar, moment
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> str:
        """Add a file; return its SHA-256, of the very bytes that were written."""
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            reader = _Hashing(file)
            self.tar.addfile(self._info(name, size), reader)
        digest = reader.digest.hexdigest()
        self.files[name] = {"size": size, "sha256": digest}
        return digest

    def close(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Write the manifest."""
        manifest = {"format": FORMAT, **facts, "files": self.files}
        content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        self.tar.addfile(self._info(MANIFEST, len(content)), io.BytesIO(content))
        return manifest

    def _info(self, name: str, size: int) -> tarfile.TarInfo:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, int(self.moment), 0o600
        return info


class _Hashing:
    """A file that hashes what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read and hash."""
        chunk = self.file.read(size)
        self.digest.update(chunk)
        return chunk


def refuse_name(target: Path) -> None:
    """Refuse a name that stands already or whose form is not written."""
    if not target.name.endswith(ENDINGS):
        raise BackupRefused(
            Text(
                f"备份文件名应以 .tar.gz 结尾，不是“{target.name}”。", f"A backup ends in .tar.gz, not “{target.name}”."
            )
        )
    if target.exists():
        raise BackupRefused(
            Text(
                f"{target} 已存在；备份从不覆盖文件。请换一个名字。",
                f"{target} exists; a backup never overwrites a file. Choose another name.",
            )
        )
    if not target.parent.is_dir():
        raise BackupRefused(
            Text(f"没有目录 {target.parent}。请先建立它。", f"There is no folder {target.parent}. Make it first.")
        )


@contextmanager
def written(target: Path, moment: float) -> Iterator[Writer]:
    """A backup being written: it has its name only when it is whole and on the disk."""
    refuse_name(target)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6, format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar, moment)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, target)  # unlike a rename, this never replaces a file that came meanwhile
        except FileExistsError:
            refuse_name(target)
    finally:
        draft.unlink(missing_ok=True)


def read_through(path: Path, sink: Sink | None = None) -> dict[str, Any]:
    """Read a backup to its end, hand each file to `sink`, and return the manifest that all of them agree with.

    Raises
    ------
    BadBackup
        For anything that is no whole backup: what was handed out must then be thrown away.
    """
    seen: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(path, mode="r|gz") as tar:
            for member in tar:
                if manifest is not None or not _is_ours(member) or member.name in seen:
                    raise BadBackup(
                        path, Text(f"其中的“{member.name}”不属于备份", f"“{member.name}” is no part of one")
                    )
                content = tar.extractfile(member)
                assert content is not None  # noqa: S101 - a regular file always has content
                if member.name == MANIFEST:
                    manifest = json.loads(content.read())
                else:
                    seen[member.name] = _hand_out(member, content, sink)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise BadBackup(path, Text(f"文件不完整或不是备份（{error}）", f"it is no whole backup ({error})")) from error
    return _agreed(path, manifest, seen)


def _is_ours(member: tarfile.TarInfo) -> bool:
    return member.isreg() and _ALLOWED.fullmatch(member.name) is not None


def _hand_out(member: tarfile.TarInfo, content: IO[bytes], sink: Sink | None) -> dict[str, Any]:
    reader = _Hashing(content)
    if sink:
        sink(member.name, reader)  # type: ignore[arg-type]
    while reader.read(_CHUNK):
        pass
    return {"size": member.size, "sha256": reader.digest.hexdigest()}


def _agreed(path: Path, manifest: dict[str, Any] | None, seen: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise BadBackup(path, Text("没有清单", "it has no manifest"))
    if manifest.get("format") != FORMAT:
        raise BadBackup(path, Text("由更新的程序写成", "a newer program wrote it"))
    for name in sorted({*seen, *manifest["files"]}):
        if seen.get(name) != manifest["files"].get(name):
            raise BadBackup(path, Text(f"“{name}”与清单不符", f"“{name}” does not agree with the manifest"))
    return manifest

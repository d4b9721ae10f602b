"""`huyuan photos`: the verdict on photo files, without a database."""

from hashlib import file_digest
from json import dumps
from pathlib import Path
from typing import Any

import click

from media.photos.actions import Photos
from media.photos.decoding import Decoders
from media.photos.errors import PhotoRefused, PhotoTooLarge
from media.photos.model import Photo


@click.group("photos")
def photos_group() -> None:
    """照片：按内容判定、读取。 / Photos: judged and read by their content."""


@photos_group.command("read")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
def read_command(files: tuple[Path, ...]) -> None:
    """逐个判定照片，每个文件输出一行 JSON。

    One JSON line a file: the verdict with its reason, and what EXIF says of time and place.
    """
    missing = False
    with Decoders(1) as decoders:
        reader = Photos(decoders)
        for file in files:
            try:
                line = _judge(reader, file)
            except (OSError, ValueError) as error:
                missing = True
                why = getattr(error, "strerror", None) or str(error)
                line = _rejected(
                    "no_file", f"无法读取文件：{why}。", f"The file cannot be read: {why}."
                )
            shown = str(file).encode("utf-8", "replace").decode()
            click.echo(dumps({"file": shown} | line, ensure_ascii=False))
    if missing:
        raise SystemExit(1)


def _judge(reader: Photos, file: Path) -> dict[str, Any]:
    with file.open("rb") as opened:
        data = opened.read(reader.limits.size + 1)
        opened.seek(0)
        digest = file_digest(opened, "sha256").hexdigest()
        size = opened.tell()
    try:
        if size > reader.limits.size:
            raise PhotoTooLarge(size=size, limit=reader.limits.size)
        return _accepted(reader.read(data))
    except PhotoRefused as refused:
        return _rejected(refused.slug, refused.sentence("zh"), refused.sentence("en"), digest)


def _accepted(photo: Photo) -> dict[str, Any]:
    zh, en = "已完整解码", "Decoded whole"
    if not photo.complete:
        zh, en = "像素已解码，文件末尾有损坏", "The pixels are decoded, the file's tail is damaged"
    if photo.position and not photo.datum_declared:
        zh += "；坐标系未声明，按接收机的 WGS-84 记录"
        en += "; no datum is declared: taken as the receiver's WGS-84"
    position = photo.position and {
        "lon": photo.position.lon,
        "lat": photo.position.lat,
        "altitude": photo.position.altitude,
        "datum": photo.position.datum,
        "source": photo.position.source,
    }
    return {
        "verdict": "accepted",
        "reason": f"{zh}。 / {en}.",
        "format": photo.format,
        "width": photo.width,
        "height": photo.height,
        "sha256": photo.sha256,
        "captured_at": photo.captured_at,
        "position": position,
        "flags": list(photo.flags),
    }


def _rejected(slug: str, zh: str, en: str, digest: str | None = None) -> dict[str, Any]:
    return {
        "verdict": "rejected",
        "reason": f"{slug}: {zh} / {en}",
        "format": None,
        "width": None,
        "height": None,
        "sha256": digest,
        "captured_at": None,
        "position": None,
        "flags": [],
    }

"""`huyuan evidence`: is everything still as it was, who signed that, and a case for outsiders."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from json import JSONDecodeError, dumps, loads
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from media.checkpoints.actions import Checkpoints
from media.checkpoints.jobs import checkpoint
from media.checkpoints.model import Checkpoint
from media.custody.model import SERVICE, BadPlace, Reason
from media.evidence.bundle import files_of
from media.evidence.model import chain_of
from media.evidence.walk import verify_all
from media.refusals import NotFound
from service.rooms import Rooms

Opened = Callable[[], AbstractContextManager[Rooms]]
"""Opens the database and gives the rooms; closes it behind."""

WHY = {
    Reason.ALTERED: ("记录内容被改动", "the entry was altered"),
    Reason.MISSING: ("此处记录缺失", "an entry is missing here"),
    Reason.UNLINKED: ("与前一条记录不衔接", "it does not follow the entry before"),
    Reason.TAIL_CUT: ("链尾被截断", "the chain's tail was cut off"),
    Reason.HEAD_ALTERED: ("链头与记录不符", "the chain's head does not fit its entries"),
    Reason.HEAD_MISSING: ("链头缺失", "the chain has no head"),
    Reason.RECORD_ALTERED: ("证据信息与入库记录不符", "the evidence is not as it was received"),
    Reason.RECORD_MISSING: ("证据已不存在", "the evidence is gone"),
    Reason.BYTES_ALTERED: ("照片内容被改动", "the photo's bytes were altered"),
    Reason.BYTES_MISSING: ("照片内容缺失", "the photo's bytes are gone"),
    Reason.REWRITTEN: ("与已签名的检查点不符", "it is not what a signed checkpoint covers"),
    Reason.CHECKPOINT_UNLINKED: ("检查点前后不衔接", "a checkpoint does not follow the one before"),
    Reason.CHECKPOINT_UNSIGNED: ("检查点签名无效", "a checkpoint's signature is not valid"),
    Reason.CHECKPOINT_ALTERED: ("检查点与所含记录不符", "a checkpoint does not fit what it covers"),
    Reason.CHECKPOINT_MISSING: ("缺少已导出的检查点", "an exported checkpoint is not there"),
    Reason.KEY_UNKNOWN: ("公钥来历不明", "nothing vouches for a public key"),
}

PARTS = {
    "chains": "监管链 / chains",
    "checkpoints": "检查点 / checkpoints",
    "originals": "原图 / originals",
}


def make_evidence_group(opened: Opened) -> click.Group:
    """Return the group `evidence`, whose commands work on what `opened` opens."""

    @click.group("evidence")
    def evidence_group() -> None:
        """证据：核验、签名、导出。 / Evidence: verification, signatures, export."""

    @evidence_group.command("verify")
    @click.option("--checkpoint", "kept", type=click.Path(exists=True, path_type=Path))
    def verify_command(kept: Path | None) -> None:
        """核验全部监管链、检查点与原图；每处问题输出一行 JSON，有问题时以 1 结束。

        Walk every chain, checkpoint and original; one JSON line for each bad place, and end with 1.
        --checkpoint FILE: what `evidence checkpoints` wrote and was kept elsewhere.
        """
        verify(opened, read_exported(kept) if kept else None)

    @evidence_group.command("checkpoint")
    def checkpoint_command() -> None:
        """立即签署一个检查点。 / Sign a checkpoint now."""
        with opened() as rooms:
            made = rooms.checkpoints.make(now=rooms.clock(), even_if_idle=True)
            click.echo(dumps(line_of_checkpoint(made)) if made else "")

    @evidence_group.command("checkpoints")
    def checkpoints_command() -> None:
        """导出全部检查点，每行一个 JSON：请存放于他处。 / Every checkpoint, to keep elsewhere."""
        with opened() as rooms:
            for each in rooms.checkpoints.every():
                click.echo(dumps(line_of_checkpoint(each)))

    @evidence_group.command("key")
    @click.argument("what", type=click.Choice(["create", "rotate", "list"]))
    def key_command(what: str) -> None:
        """签名密钥：创建、更换、列出公钥。 / The signing key: create, rotate, list public keys."""
        with opened() as rooms:
            for key in keys_after(what, rooms.checkpoints, rooms):
                line = {"id": key.id, "made_at": str(key.made_at), "pem": key.public_pem}
                click.echo(dumps(line))

    @evidence_group.command("export")
    @click.argument("case_id")
    @click.option("--to", "folder", type=click.Path(path_type=Path), required=True)
    @click.option("--why", required=True, help="导出理由，记入监管链 / goes into the chain")
    def export_command(case_id: str, folder: Path, why: str) -> None:
        """导出一案的原图、记录、监管链与检查点，供外部核验。 / A case, for outsiders to verify."""
        with opened() as rooms:
            count = export(rooms, case_id, folder, why)
        told = f"已写入 {folder}：{count} 个文件 / {count} files written"
        click.echo(f"{told}；python3 docs/evidence/verify.py {folder}", err=True)

    return evidence_group


def verify(opened: Opened, exported: Mapping[int, str] | None) -> None:
    """Print a line for each bad place, and end with 1 if there is any."""
    bad = 0
    console = Console(stderr=True)
    with (
        opened() as rooms,
        Progress(console=console, transient=True, disable=not console.is_terminal) as shown,
    ):
        tasks = {part: shown.add_task(words, total=None) for part, words in PARTS.items()}
        for place in verify_all(
            rooms.custody,
            rooms.evidence,
            rooms.checkpoints,
            others=(rooms.layers,),
            exported=exported,
            on_progress=lambda part, done, total: shown.update(
                tasks[part], completed=done, total=total
            ),
        ):
            bad += 1
            click.echo(dumps(line_of(place), ensure_ascii=False))
    words = f"发现 {bad} 处问题 / {bad} bad places" if bad else "全部完好 / everything is whole"
    click.echo(words, err=True)
    if bad:
        raise SystemExit(1)


def read_exported(file: Path) -> dict[int, str]:
    """Return the digests of exported checkpoints by number; end the command for another file."""
    try:
        lines = [loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
        return {int(line["number"]): str(line["digest"]) for line in lines}
    except (JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as bad:
        raise click.ClickException(
            f"{file} 不是 huyuan evidence checkpoints 的输出"
            f" / {file} is not what huyuan evidence checkpoints wrote"
        ) from bad


def keys_after(what: str, checkpoints: Checkpoints, rooms: Rooms) -> list[Any]:
    if what == "create":
        return [checkpoints.create_key(now=rooms.clock())]
    if what == "rotate":
        return [checkpoints.rotate_key(now=rooms.clock())]
    return list(checkpoints.keys())


def export(rooms: Rooms, case_id: str, folder: Path, why: str) -> int:
    """Write a case's files into a new folder; return how many."""
    if folder.exists():
        raise click.ClickException(f"{folder} 已存在 / {folder} is there already")
    chain, photos = rooms.evidence.export(case_id, actor=SERVICE, now=rooms.clock(), why=why)
    checkpoint(rooms.checkpoints, rooms.clock)
    try:
        inclusion = rooms.checkpoints.prove(chain_of(case_id))
    except NotFound:
        inclusion = None
    count = 0
    for name, data in files_of(case_id, chain, photos, inclusion):
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(data)
        count += 1
    return count


def line_of_checkpoint(made: Checkpoint) -> dict[str, Any]:
    return {
        "number": made.id,
        "digest": made.digest(),
        "message": made.message().decode(),
        "signature": made.signature,
    }


def line_of(place: BadPlace) -> dict[str, str | int | None]:
    zh, en = WHY[place.reason]
    return {
        "chain": place.chain,
        "sequence": place.sequence,
        "id": place.id,
        "reason": place.reason,
        "why": f"{zh} / {en}",
    }

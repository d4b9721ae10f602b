"""`huyuan evidence`: is everything that was recorded and received still as it was?"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from json import dumps

import click
from rich.console import Console
from rich.progress import Progress

from media.custody.actions import Custody
from media.custody.model import BadPlace, Reason
from media.evidence.actions import EvidenceRoom, verify_all

Opened = Callable[[], AbstractContextManager[tuple[Custody, EvidenceRoom]]]
"""Opens the database and gives the two rooms; closes it behind."""

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
}

PARTS = {"chains": "监管链 / chains", "originals": "原图 / originals"}


def make_evidence_group(opened: Opened) -> click.Group:
    """Return the group `evidence`, whose commands work on what `opened` opens."""

    @click.group("evidence")
    def evidence_group() -> None:
        """证据：核验。 / Evidence: verification."""

    @evidence_group.command("verify")
    def verify_command() -> None:
        """核验全部监管链与原图；每处问题输出一行 JSON，有问题时以 1 结束。

        Walk every chain and every original; one JSON line for each bad place, and end with 1.
        """
        bad = 0
        console = Console(stderr=True)
        with (
            opened() as (custody, room),
            Progress(console=console, transient=True, disable=not console.is_terminal) as shown,
        ):
            tasks = {part: shown.add_task(words, total=None) for part, words in PARTS.items()}
            for place in verify_all(
                custody,
                room,
                lambda part, done, total: shown.update(tasks[part], completed=done, total=total),
            ):
                bad += 1
                click.echo(dumps(line_of(place), ensure_ascii=False))
        words = f"发现 {bad} 处问题 / {bad} bad places" if bad else "全部完好 / everything is whole"
        click.echo(words, err=True)
        if bad:
            raise SystemExit(1)

    return evidence_group


def line_of(place: BadPlace) -> dict[str, str | int | None]:
    zh, en = WHY[place.reason]
    return {
        "chain": place.chain,
        "sequence": place.sequence,
        "id": place.id,
        "reason": place.reason,
        "why": f"{zh} / {en}",
    }

"""The folder that proves a case to an outsider: what is in it, by name and bytes.

`sha256sum -c SHA256SUMS` and `openssl pkeyutl -verify` suffice to check it; docs/evidence/verify.py
checks the chain and the Merkle proof as well. Names are made here and never come from input.
"""

from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from json import dumps
from typing import Any

from media.checkpoints.actions import Inclusion
from media.custody.actions import canonical
from media.custody.model import Entry
from media.days import SHANGHAI
from media.evidence.model import Evidence

SUMS = "SHA256SUMS"
File = tuple[str, bytes]


def files_of(
    case_id: str,
    entries: Iterable[Entry],
    photos: Iterable[tuple[Evidence, bytes]],
    inclusion: Inclusion | None,
) -> Iterator[File]:
    """Yield each file's name and bytes, the list of their hashes last."""
    sums: dict[str, str] = {}

    def put(name: str, data: bytes) -> File:
        sums[name] = sha256(data).hexdigest()
        return name, data

    shown: list[tuple[Evidence, str]] = []
    records = []
    for number, (evidence, data) in enumerate(photos, 1):
        name = f"originals/{number:04}.{evidence.format.lower()}"
        shown.append((evidence, name))
        records.append({**asdict(evidence), "file": name})
        yield put(name, data)
    chain = list(entries)
    yield put("chain.jsonl", b"".join(_line(entry) for entry in chain))
    yield put("records.jsonl", b"".join(_json(record) + b"\n" for record in records))
    if inclusion is not None:
        yield from (put(*file) for file in _checkpoint_files(inclusion))
    yield put("index.html", _page(case_id, chain, shown, inclusion).encode())
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    yield SUMS, listed.encode()


def _checkpoint_files(inclusion: Inclusion) -> Iterator[File]:
    checkpoint = inclusion.checkpoint
    yield "checkpoint.message", checkpoint.message()
    yield "checkpoint.sig", b64decode(checkpoint.signature)
    yield "checkpoint.pem", inclusion.public_pem.encode()
    if inclusion.stamp is not None:
        yield "checkpoint.tsr", b64decode(inclusion.stamp)
    head = {"chain": inclusion.chain, "sequence": inclusion.sequence, "hash": inclusion.hash}
    yield "proof.json", _json({"head": head, "steps": inclusion.steps, "root": checkpoint.root})


def _line(entry: Entry) -> bytes:
    """Return an entry as canonical JSON with its hash behind: what is hashed can be cut out."""
    said = canonical(entry).decode()
    return f'{{"entry":{said},"hash":"{entry.hash}"}}\n'.encode()


def _json(value: Mapping[str, Any]) -> bytes:
    return dumps(value, ensure_ascii=False, sort_keys=True, default=_plain).encode()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    raise TypeError(type(value).__name__)


def _page(
    case_id: str,
    chain: list[Entry],
    shown: list[tuple[Evidence, str]],
    inclusion: Inclusion | None,
) -> str:
    rows = "".join(
        f"<tr><td>{each.sequence}<td>{_moment(each.at)}<td>{escape(each.verb)}"
        f"<td>{escape(each.name)}（{escape(each.unit)}）<td>{escape(each.why or '')}"
        f"<td><code>{escape(each.hash[:16])}…</code>"
        for each in chain
    )
    pictures = "".join(
        f'<figure><a href="{name}"><img src="{name}" alt="{name}" loading="lazy"></a>'
        f"<figcaption>{name}<br>{_moment(each.received_at)} 接收 / received<br>"
        f"<code>{escape(each.sha256)}</code></figcaption></figure>"
        for each, name in shown
    )
    signed = (
        f"检查点 {inclusion.checkpoint.id}，{_moment(inclusion.checkpoint.at)}，"
        f"覆盖至第 {inclusion.sequence} 条 / covers up to entry {inclusion.sequence}"
        if inclusion
        else "尚无覆盖本案的检查点 / no checkpoint covers this case yet"
    )
    stamped = (
        "；<code>openssl ts -verify -data checkpoint.message -in checkpoint.tsr"
        " -CAfile 时间戳机构根证书.pem</code>"
        if inclusion and inclusion.stamp
        else ""
    )
    return f"""<!doctype html>
<html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>证据包 {escape(case_id)}</title>
<style>body{{font:16px/1.6 sans-serif;margin:1rem auto;max-width:60rem;padding:0 1rem}}
table{{border-collapse:collapse;width:100%;display:block;overflow-x:auto}}
td,th{{border:1px solid #999;padding:.3rem;text-align:left;vertical-align:top}}
figure{{display:inline-block;width:18rem;margin:.5rem;vertical-align:top}}
img{{max-width:100%}}code{{overflow-wrap:anywhere}}</style>
<h1>证据包 / Evidence of case {escape(case_id)}</h1>
<p>{escape(signed)}</p>
<p>核验方法：<code>sha256sum -c {SUMS}</code>；
<code>openssl pkeyutl -verify -pubin -inkey checkpoint.pem -rawin -in checkpoint.message
-sigfile checkpoint.sig</code>；<code>python3 verify.py 本文件夹</code>{stamped}</p>
<h2>全程记录 / History</h2>
<table><tr><th>#<th>时间<th>事项<th>何人<th>理由<th>哈希{rows}</table>
<h2>原图 / Originals</h2>{pictures}
</html>
"""


def _moment(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"

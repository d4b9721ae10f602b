"""What the chain keeps of a piece of evidence: one hash over all of it that may not change."""

from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from json import dumps
from typing import Any

from media.custody.model import Entry, Reason
from media.evidence.errors import EvidenceDamaged
from media.evidence.model import RECEIVED, SINCE, Evidence, chain_of

MAY_CHANGE = {"entry_id", "disclosed", "seal", "revision", "schema_version"}


def seal(evidence: Evidence) -> str:
    """Return the SHA-256 of the evidence's canonical JSON, without what may change."""
    kept = {
        name: value
        for name, value in asdict(evidence).items()
        if name not in MAY_CHANGE and SINCE.get(name, 0) <= evidence.schema_version
    }
    canonical = dumps(
        kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return sha256(canonical.encode()).hexdigest()


def facts_of(evidence: Evidence) -> dict[str, Any]:
    """Return what the chain's entry on the receipt says."""
    return {
        "evidence_id": evidence.id,
        "subject_kind": evidence.subject_kind,
        "subject_id": evidence.subject_id,
        "item_id": evidence.item_id,
        "sha256": evidence.sha256,
        "size": evidence.size,
        "seal": seal(evidence),
    }


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    raise TypeError(f"{type(value).__name__} cannot be sealed")


def fault_of_record(evidence: Evidence, entry: Entry | None) -> Reason | None:
    """Return why the evidence does not fit the chain's entry on its receipt, None when it does."""
    if entry is None:
        return Reason.RECORD_ALTERED
    fits = entry.verb == RECEIVED and entry.chain == chain_of(evidence.case_id)
    return None if fits and entry.facts == facts_of(evidence) else Reason.RECORD_ALTERED


def fault_of_bytes(evidence: Evidence, data: bytes | None) -> Reason | None:
    """Return why the bytes are not the original, None when they are."""
    if data is None:
        return Reason.BYTES_MISSING
    return None if sha256(data).hexdigest() == evidence.sha256 else Reason.BYTES_ALTERED


def whole(evidence: Evidence, data: bytes | None) -> bytes:
    """Return the bytes. Raises EvidenceDamaged where they are not the original."""
    fault = fault_of_bytes(evidence, data)
    if data is None or fault is not None:
        raise EvidenceDamaged(id=evidence.id, reason=(fault or Reason.BYTES_MISSING).value)
    return data

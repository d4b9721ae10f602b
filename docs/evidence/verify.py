"""Verify an exported case without the service: Python's standard library and openssl only.

    python3 verify.py FOLDER [--key SHA-256 of the public key that you kept elsewhere]

Prints what fits and what does not, and ends with 0 only if everything fits. It shares no code with
the service: it was written from docs/evidence.md.
"""

import argparse
import hashlib
import json
import pathlib
import re
import subprocess
import sys

NEEDED = {"chain.jsonl", "records.jsonl", "index.html"}


def hexdigest(data):
    return hashlib.sha256(data).hexdigest()


def check_sums(folder):
    listed = {}
    for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split("  ", 1)
        listed[name] = digest
    here = {
        str(path.relative_to(folder)).replace("\\", "/")
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    for name in sorted(here - set(listed)):
        yield f"{name}: not in SHA256SUMS"
    for name in sorted(NEEDED - set(listed)):
        yield f"{name}: missing in SHA256SUMS"
    for name, digest in sorted(listed.items()):
        if name.startswith("/") or ".." in name.split("/"):
            yield f"{name}: leads out of the folder"
        elif name not in here:
            yield f"{name}: missing"
        elif hexdigest((folder / name).read_bytes()) != digest:
            yield f"{name}: altered"


def read_chain(folder):
    """Return the entries with the bytes that each hash covers."""
    entries = []
    for line in (folder / "chain.jsonl").read_bytes().splitlines():
        found = re.fullmatch(rb'\{"entry":(\{.*\}),"hash":"([0-9a-f]{64})"\}', line)
        if not found:
            return None
        entries.append((json.loads(found.group(1)), found.group(1), found.group(2).decode()))
    return entries


def check_chain(entries):
    previous = "0" * 64
    for number, (entry, said, digest) in enumerate(entries, 1):
        if hexdigest(said) != digest:
            yield f"entry {number}: altered"
        if entry["sequence"] != number or entry["previous"] != previous:
            yield f"entry {number}: does not follow the one before"
        previous = digest


def check_photos(folder, entries):
    """Every photo that the chain received is there, with the hash that it was received with."""
    received = {}
    gone = set()
    for entry, _, _ in entries:
        if entry["verb"] == "evidence_received":
            received[entry["facts"]["evidence_id"]] = entry["facts"]["sha256"]
        if entry["verb"] == "evidence_deleted":
            gone.add(entry["facts"]["evidence_id"])
    shown = {}
    for line in (folder / "records.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        shown[record["id"]] = record
    for id_ in sorted(set(received) - set(shown) - gone):
        yield f"photo {id_}: received, not in this folder"
    for id_, record in sorted(shown.items()):
        path = folder / record["file"]
        if id_ not in received:
            yield f"photo {id_}: the chain never received it"
        elif record["sha256"] != received[id_]:
            yield f"photo {id_}: its record is not what was received"
        elif not path.is_file() or hexdigest(path.read_bytes()) != received[id_]:
            yield f"photo {id_}: its bytes are not what was received"


def check_checkpoint(folder, entries, known):
    if not (folder / "checkpoint.message").is_file():
        yield "no checkpoint: nothing outside of the database vouches for this chain"
        return
    message = (folder / "checkpoint.message").read_bytes()
    checkpoint = json.loads(message)
    run = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(folder / "checkpoint.pem")]
    run += ["-rawin", "-in", str(folder / "checkpoint.message")]
    run += ["-sigfile", str(folder / "checkpoint.sig")]
    if subprocess.run(run, capture_output=True, check=False).returncode != 0:
        yield "checkpoint: the signature is not valid"
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-in", str(folder / "checkpoint.pem"), "-outform", "DER"],
        capture_output=True,
        check=False,
    ).stdout
    if hexdigest(der) != checkpoint["key_id"]:
        yield "checkpoint: signed by another key than it names"
    if known and hexdigest(der) != known:
        yield "checkpoint: the key is not the one that you know"
    proof = json.loads((folder / "proof.json").read_bytes())
    head = proof["head"]
    said = json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    held = hashlib.sha256(b"\x00" + said).digest()
    for side, other in proof["steps"]:
        beside = bytes.fromhex(other)
        pair = beside + held if side == "left" else held + beside
        held = hashlib.sha256(b"\x01" + pair).digest()
    if held.hex() != checkpoint["root"] or proof["root"] != checkpoint["root"]:
        yield "checkpoint: the proof does not lead to the signed root"
    place = head["sequence"]
    if entries and head["chain"] != entries[0][0]["chain"]:
        yield "checkpoint: the proof is of another case"
    if not 0 < place <= len(entries) or entries[place - 1][2] != head["hash"]:
        yield f"entry {place}: is not what the checkpoint covers"


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("folder", type=pathlib.Path)
    asked.add_argument("--key", help="SHA-256 of the public key's DER, kept elsewhere")
    given = asked.parse_args()
    entries = None
    try:
        bad = list(check_sums(given.folder))
        entries = read_chain(given.folder)
        if not entries:
            bad.append("chain.jsonl: cannot be read")
        else:
            bad += check_chain(entries)
            bad += check_photos(given.folder, entries)
            bad += check_checkpoint(given.folder, entries, given.key)
    except (OSError, ValueError, KeyError, TypeError) as broken:
        bad = [f"the folder cannot be read: {type(broken).__name__}: {broken}"]
    for line in bad:
        print("BAD", line)
    if not bad:
        print(f"OK {len(entries)} entries: hashes, links, photos, signature and root fit")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()

"""F42: a case for outsiders, verified by a second program that shares no code with the service."""

import json
import shutil
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from media.checkpoints.actions import Checkpoints
from media.checkpoints.store import INDEXES, CheckpointStore
from media.photos.drawing import draw_photo
from service.cli.evidence import make_evidence_group
from service.database import ensure_indexes

PROGRAM = Path(__file__).parents[2] / "docs" / "evidence" / "verify.py"


@pytest.fixture
def case(database, transact, custody, room, keep, tmp_path, noon):
    """A case of three photos, exported; the folder, and what ran the command."""
    ensure_indexes(database, INDEXES)
    checkpoints = Checkpoints(CheckpointStore(database), transact, tmp_path / "checkpoint.key")
    checkpoints.create_key(now=noon)
    for number in range(3):
        keep(draw_photo(f"gate {number}", noon, 116.4, 39.9, posts=number + 1))
    rooms = SimpleNamespace(
        custody=custody, evidence=room, checkpoints=checkpoints, clock=lambda: noon
    )
    group = make_evidence_group(lambda: nullcontext(rooms))
    folder = tmp_path / "case"
    done = CliRunner().invoke(group, ["export", "c1", "--to", str(folder), "--why", "复议机关调取"])
    assert done.exit_code == 0, done.output
    return SimpleNamespace(folder=folder, group=group, checkpoints=checkpoints, custody=custody)


def verify(folder, *more):
    run = [sys.executable, "-I", str(PROGRAM), str(folder), *more]
    return subprocess.run(run, capture_output=True, text=True, check=False, timeout=60)


def test_a_genuine_export_verifies_with_standard_tools_and_with_the_second_program(case):
    sums = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=case.folder, capture_output=True, check=False
    )
    asked = "openssl pkeyutl -verify -pubin -inkey checkpoint.pem -rawin -in checkpoint.message"
    signed = subprocess.run(
        [*asked.split(), "-sigfile", "checkpoint.sig"],
        cwd=case.folder,
        capture_output=True,
        check=False,
    )
    done = verify(case.folder)

    assert (sums.returncode, signed.returncode) == (0, 0)
    assert done.returncode == 0, done.stdout
    known = case.checkpoints.keys()[0].id
    assert verify(case.folder, "--key", known).returncode == 0
    assert verify(case.folder, "--key", "0" * 64).returncode == 1


def test_the_export_itself_is_on_record_and_a_folder_is_never_written_over(case):
    last = case.custody.history("case:c1")[-1]
    again = CliRunner().invoke(case.group, ["export", "c1", "--to", str(case.folder), "--why", "x"])
    unknown = CliRunner().invoke(
        case.group, ["export", "none", "--to", f"{case.folder}-2", "--why", "x"]
    )

    assert (last.verb, last.why) == ("case_exported", "复议机关调取")
    assert again.exit_code == 1
    assert unknown.exit_code != 0
    assert not Path(f"{case.folder}-2").exists()


def test_the_page_says_who_did_what_and_runs_nothing(case):
    page = (case.folder / "index.html").read_text("utf-8")

    assert "evidence_received" in page
    assert "case_exported" in page
    assert "<script" not in page
    assert page.count("<img") == 3


def lines(folder, name):
    return (folder / name).read_text("utf-8").splitlines(keepends=True)


def write(folder, name, text):
    (folder / name).write_text(text, "utf-8")


def put_right(folder):
    """Reckon the sums anew, as a forger would."""
    import hashlib

    names = sorted(line.split("  ", 1)[1].strip() for line in lines(folder, "SHA256SUMS"))
    told = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names
        if (folder / name).exists()
    ]
    write(folder, "SHA256SUMS", "".join(told))


def in_chain(old, new):
    def change(folder):
        text = (folder / "chain.jsonl").read_text("utf-8")
        assert old in text
        write(folder, "chain.jsonl", text.replace(old, new, 1))

    return change


def without_line(name, number):
    def change(folder):
        kept = lines(folder, name)
        del kept[number]
        write(folder, name, "".join(kept))

    return change


def swapped(folder):
    one, two, *rest = lines(folder, "chain.jsonl")
    write(folder, "chain.jsonl", "".join([two, one, *rest]))


def twice(folder):
    told = lines(folder, "chain.jsonl")
    write(folder, "chain.jsonl", "".join([*told, told[-1]]))


def flipped(name):
    def change(folder):
        path = next(folder.glob(name))
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

    return change


def gone(name):
    def change(folder):
        next(folder.glob(name)).unlink()

    return change


def exchanged(folder):
    one, two, *_ = sorted((folder / "originals").iterdir())
    kept = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(kept)


def record(**changed):
    def change(folder):
        first, *rest = lines(folder, "records.jsonl")
        told = json.dumps({**json.loads(first), **changed})
        write(folder, "records.jsonl", "".join([told + "\n", *rest]))

    return change


def proof(**changed):
    def change(folder):
        told = json.loads((folder / "proof.json").read_text("utf-8"))
        told["head"].update(changed.get("head", {}))
        told["steps"] = changed.get("steps", told["steps"])
        write(folder, "proof.json", json.dumps(told))

    return change


def in_message(old, new):
    def change(folder):
        text = (folder / "checkpoint.message").read_text("utf-8")
        assert old in text
        write(folder, "checkpoint.message", text.replace(old, new, 1))

    return change


def other_key(folder):
    make = "openssl genpkey -algorithm ed25519 -out other.key"
    for run in (make, "openssl pkey -in other.key -pubout -out checkpoint.pem"):
        subprocess.run(run.split(), cwd=folder, check=True, capture_output=True)
    sign = "openssl pkeyutl -sign -inkey other.key -rawin -in checkpoint.message"
    subprocess.run([*sign.split(), "-out", "checkpoint.sig"], cwd=folder, check=True)
    (folder / "other.key").unlink()


def stranger(folder):
    (folder / "originals" / "9999.jpeg").write_bytes(b"x")


CHANGES = {
    "a verb": in_chain("evidence_received", "evidence_disclosed"),
    "a name": in_chain("检查员", "他人"),
    "a time": in_chain("2026-03-02", "2026-03-01"),
    "a hash": in_chain('"hash":"', '"hash":"0'),
    "an entry taken out": without_line("chain.jsonl", 1),
    "the last entry cut off": without_line("chain.jsonl", -1),
    "entries swapped": swapped,
    "an entry twice": twice,
    "a bit of a photo": flipped("originals/0001.*"),
    "a photo gone": gone("originals/0002.*"),
    "photos exchanged": exchanged,
    "a photo slipped in": stranger,
    "a record's hash": record(sha256="0" * 64),
    "a record's file": record(file="originals/0003.jpeg"),
    "a record of nothing": record(id="unknown"),
    "a record gone": without_line("records.jsonl", 0),
    "the root": in_message('"root":"', '"root":"0'),
    "the checkpoint's time": in_message("2026", "2025"),
    "the signature": flipped("checkpoint.sig"),
    "another key": other_key,
    "the proof's place": proof(head={"sequence": 1}),
    "the proof's case": proof(head={"chain": "case:other"}),
    "the proof's way": proof(steps=[["left", "0" * 64]]),
    "no checkpoint": gone("checkpoint.message"),
}


@pytest.mark.parametrize("told", CHANGES)
def test_f42_each_change_is_found_even_with_the_sums_put_right(case, tmp_path, told):
    forged = tmp_path / "forged"
    shutil.copytree(case.folder, forged)
    CHANGES[told](forged)

    plain = verify(forged)
    put_right(forged)
    knowing = verify(forged, "--key", case.checkpoints.keys()[0].id)

    assert plain.returncode == 1, plain.stdout
    assert knowing.returncode == 1, knowing.stdout
    assert "Traceback" not in knowing.stderr


def test_the_sums_alone_do_not_open_a_way_out_of_the_folder(case):
    write(case.folder, "SHA256SUMS", f"{'0' * 64}  ../../etc/passwd\n")

    assert "leads out of the folder" in verify(case.folder).stdout

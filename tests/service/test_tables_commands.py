"""`huyuan import` and `huyuan export` on a real MongoDB."""

import json
from contextlib import contextmanager
from uuid import uuid4

import pytest
from click.testing import CliRunner

from service.cli.tables import export_tables, import_tables
from tests.service.sheets import row, text_of


@pytest.fixture
def run(stage, monkeypatch):
    @contextmanager
    def connected():
        yield stage.rooms

    monkeypatch.setattr("service.cli.tables.connected", connected)

    def act(command, *words):
        return CliRunner().invoke(command, [str(word) for word in words])

    return act


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_file_is_checked_then_written_then_unchanged(run, tmp_path):
    file = tmp_path / "k.csv"
    file.write_bytes(text_of([row()]))

    checked = run(import_tables, "kindergartens", file)
    written = run(import_tables, "kindergartens", file, "--apply")
    again = run(import_tables, "kindergartens", file, "--apply")

    assert [done.exit_code for done in (checked, written, again)] == [0, 0, 0]
    assert lines(checked)[-1]["counts"]["new"] == 1
    assert lines(written)[-1]["status"] == "applied"
    assert lines(again)[-1]["counts"]["unchanged"] == 1


def test_bad_rows_are_told_and_nothing_is_written_unless_they_are_skipped(run, tmp_path, stage):
    good, bad = row(), row(name="")
    file = tmp_path / f"{uuid4().hex}.csv"
    file.write_bytes(text_of([good, bad]))

    refused = run(import_tables, "kindergartens", file, "--apply")
    skipped = run(import_tables, "kindergartens", file, "--apply", "--skip-bad")

    told = lines(refused)
    assert refused.exit_code == 1
    assert told[0]["troubles"][0]["column"] == "name"
    assert told[-1]["status"] == "checked"
    assert skipped.exit_code == 0
    assert lines(skipped)[-1]["status"] == "applied"


@pytest.mark.parametrize("kind", ["kindergartens", "accounts"])
def test_what_is_exported_can_be_checked_again(run, tmp_path, kind):
    file = tmp_path / "out.xlsx"

    done = run(export_tables, kind, "--format", "xlsx", "-o", file)
    checked = lines(run(import_tables, kind, file))[-1]

    assert done.exit_code == 0, done.output
    assert checked["status"] == "checked"
    assert checked["counts"]["new"] == checked["counts"]["changed"] == 0

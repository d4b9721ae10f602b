"""Settings: read once, every bad one named, production strict."""

import stat
from secrets import token_hex

import pytest

from service.settings import BadSettings, read_settings

GOOD = token_hex(24)
PRODUCTION = {
    "HUYUAN_ENV": "production",
    "HUYUAN_SECRET": GOOD,
    "MONGODB_URI": "mongodb://db.example/?replicaSet=rs0",
}


def test_every_bad_setting_is_named_at_once(tmp_path):
    environment = {
        "HUYUAN_DATA": str(tmp_path),
        "HUYUAN_PORT": "99999",
        "HUYUAN_TOKEN_HOURS": "many",
        "HUYUAN_PLANS": str(tmp_path / "absent"),
        "HUYUAN_ENV": "staging",
    }

    with pytest.raises(BadSettings) as bad:
        read_settings(environment)

    named = " ".join(bad.value.lines)
    assert len(bad.value.lines) == 4
    for name in ("HUYUAN_PORT", "HUYUAN_TOKEN_HOURS", "HUYUAN_PLANS", "HUYUAN_ENV"):
        assert name in named


@pytest.mark.parametrize(
    "secret",
    ["", "short", "changeme" * 8, "a" * 64, "Huyuan-secret-of-the-bureau-0123456789"],
)
def test_production_refuses_a_missing_short_default_or_plain_secret(secret):
    with pytest.raises(BadSettings, match="HUYUAN_SECRET"):
        read_settings(PRODUCTION | {"HUYUAN_SECRET": secret})


def test_production_refuses_a_secret_that_stands_in_the_source():
    published = "kW3xPq8ZrT5vNc1YhJ7mLs9Fd2GbA4Ue"

    with pytest.raises(BadSettings, match="published"):
        read_settings(PRODUCTION | {"HUYUAN_SECRET": published})


def test_a_bad_secret_is_not_told_back():
    with pytest.raises(BadSettings) as bad:
        read_settings(PRODUCTION | {"HUYUAN_SECRET": "hunter2hunter2"})

    assert "hunter2" not in str(bad.value)


def test_production_refuses_debug():
    with pytest.raises(BadSettings, match="HUYUAN_DEBUG"):
        read_settings(PRODUCTION | {"HUYUAN_DEBUG": "true"})


def test_production_refuses_the_embedded_database():
    with pytest.raises(BadSettings, match="MONGODB_URI"):
        read_settings(PRODUCTION | {"MONGODB_URI": ""})


def test_production_starts_on_good_settings():
    settings = read_settings(PRODUCTION)

    assert settings.production
    assert settings.secret == GOOD


def test_the_first_start_makes_a_secret_that_only_its_owner_reads(tmp_path):
    first = read_settings({"HUYUAN_DATA": str(tmp_path)})
    second = read_settings({"HUYUAN_DATA": str(tmp_path)})

    assert first.secret == second.secret
    assert len(first.secret) >= 48
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_settings_do_not_show_their_secrets():
    shown = repr(read_settings(PRODUCTION))

    assert GOOD not in shown
    assert "db.example" not in shown


def test_hosts_and_networks_inside_are_the_operators_to_name():
    good = {"HUYUAN_DELIVERY_ALLOW": "hooks.edu.example, 10.20.0.0/16", "HUYUAN_SECRET": GOOD}

    allowed = read_settings(good).delivery_allow

    assert allowed.hosts == {"hooks.edu.example"}
    assert [str(each) for each in allowed.networks] == ["10.20.0.0/16"]
    with pytest.raises(BadSettings, match="HUYUAN_DELIVERY_ALLOW"):
        read_settings({**good, "HUYUAN_DELIVERY_ALLOW": "https://hooks.edu.example"})

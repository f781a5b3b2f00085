"""Settings: three places, one name each, refused early, secrets never shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from oreflow.console import configuration
from oreflow.console.configuration import SETTINGS, read, unknown
from oreflow.console.errors import BadConfiguration

ROOT = Path(__file__).resolve().parents[3]


def _file(tmp_path: Path, text: str) -> dict[str, str]:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return {"OREFLOW_CONFIG": str(path)}


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(tmp_path: Path) -> None:
    environment = _file(tmp_path, 'https = true\nrate_limit = 50\nallowed_hosts = ["a.example", "b.example"]\n')
    found = read({**environment, "OREFLOW_RATE_LIMIT": "7"})
    assert found.flag("https") is True
    assert found.number("rate_limit") == 7
    assert found.hosts == ["a.example", "b.example"]
    assert found.text("log_format") == "plain"
    origins = {n: found.origins[n] for n in ("https", "rate_limit", "log_format")}
    assert origins == {
        "https": environment["OREFLOW_CONFIG"], "rate_limit": "OREFLOW_RATE_LIMIT", "log_format": "default",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [("OREFLOW_HTTPS", "perhaps"), ("OREFLOW_RATE_LIMIT", "-1"), ("OREFLOW_RATE_LIMIT", "many"),
     ("OREFLOW_LOG_FORMAT", "xml"), ("OREFLOW_LOG_LEVEL", "loud"), ("OREFLOW_DATABASE_URL", "mysql://user:pw@h/db")],
)  # fmt: skip
def test_values_that_nothing_can_be_done_with_are_refused(name: str, value: str) -> None:
    with pytest.raises(BadConfiguration) as refused:
        read({name: value})
    assert name in refused.value.text.zh
    assert name in refused.value.text.en
    assert "pw" not in refused.value.text.en


@pytest.mark.parametrize("text", ["colour = 1", "https = ", "\xff"])
def test_files_that_cannot_be_read_are_refused(tmp_path: Path, text: str) -> None:
    environment = _file(tmp_path, "")
    Path(environment["OREFLOW_CONFIG"]).write_bytes(text.encode("latin-1"))
    with pytest.raises(BadConfiguration):
        read(environment)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration):
        read({"OREFLOW_CONFIG": str(tmp_path / "none.toml")})
    assert read({"OREFLOW_DATA": str(tmp_path)}).text("https") == "no"


def test_a_demonstration_has_a_folder_of_its_own() -> None:
    assert read({}).data != read({"OREFLOW_DEMONSTRATION": "yes"}).data


def test_unknown_variables_are_named_with_the_nearest_setting() -> None:
    found = unknown({"OREFLOW_ALLOWED_HOST": "a", "OREFLOW_XYZZY": "b", "OREFLOW_HTTPS": "yes", "PATH": ""})
    assert found == {"OREFLOW_ALLOWED_HOST": "OREFLOW_ALLOWED_HOSTS", "OREFLOW_XYZZY": ""}


def test_secrets_are_not_shown() -> None:
    found = read({"OREFLOW_SECRET_KEY": "k" * 40, "OREFLOW_DATABASE_URL": "postgres://user:sesame@host/name"})
    assert [found.shown(n) for n in ("secret_key", "database_url", "metrics_token", "https")] == [
        "•••",
        "•••",
        "",
        "no",
    ]
    assert set(found.secrets) == {"k" * 40, "postgres://user:sesame@host/name", "sesame"}


def test_every_setting_stands_in_the_reference_with_its_default() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        line = next(line for line in page.splitlines() if line.startswith(f"| `{setting.variable}`"))
        assert f"`{setting.name}`" in line
        assert setting.default in line, setting.name
    assert not [name for name in os.environ if name in configuration.unknown()]

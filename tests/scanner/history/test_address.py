"""Addresses of histories: what is refused, and that no message has a secret in it."""

from __future__ import annotations

import stat
import traceback
from pathlib import Path

import pytest

from collectors.document import UserError
from scanner.history.address import shown
from scanner.history.database import reading, refuse_unusable, writing
from tests.scanner.history.conftest import binaries

SECRET = "hunter2"


def test_what_is_shown_has_no_password_and_no_parameters() -> None:
    text = shown("postgresql+psycopg://mlps:hunter2@db.example.com/mlps?sslpassword=hunter2")
    assert text == "postgresql://mlps:***@db.example.com/mlps"
    assert shown("sqlite:///mlps.db") == shown("mlps.db") == "mlps.db"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://mlps:hunter2@127.0.0.1:9/mlps",
        "postgres://mlps:hunter2@127.0.0.1:9/mlps?password=hunter2",
        "postgresql://mlps:/hunter2@127.0.0.1/mlps",
        "postgresql://mlps:9:hunter2",
        "postgresql://mlps:9/hunter2@127.0.0.1/mlps",
        "postgresql://mlps@h:hunter2/x",
        "postgresql://mlps@127.0.0.1:9/mlps?hunter2=hunter2",
        "hunter2://mlps@127.0.0.1/mlps",
        "mysql://mlps:hunter2@127.0.0.1/mlps",
        "sqlite://hunter2",
    ],
)
def test_no_error_shows_a_secret_with_or_without_its_traceback(url: str) -> None:
    with pytest.raises(UserError) as caught:
        refuse_unusable(url)
    whole = "".join(traceback.format_exception(caught.value, chain=True))
    # A traceback shows lines of source, none of which has the address.
    assert SECRET not in caught.value.message + caught.value.hint
    assert SECRET not in whole


def test_a_file_is_private_and_needs_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    with writing(str(file)):
        pass
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(UserError, match="cannot be written: No such file"):
        refuse_unusable(str(tmp_path / "no" / "history.db"))
    with pytest.raises(UserError, match="does not work: unable to open"):
        refuse_unusable(str(tmp_path))


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database, and long enough to look at " * 9)
    with pytest.raises(UserError, match="file is not a database"):
        refuse_unusable(str(file))
    assert file.read_text().startswith("not a database")


def test_reading_makes_no_history(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    with pytest.raises(UserError, match="There is no history at"), reading(str(file)):
        pass
    assert not file.exists()
    file.touch()
    with pytest.raises(UserError, match="There is no history at"), reading(str(file)):
        pass


def test_a_missing_server_skips_and_fails_where_tools_are_required(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("MLPS_REQUIRE_TOOLS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="PostgreSQL's server is not installed"):
        binaries(tmp_path)
    monkeypatch.setenv("MLPS_REQUIRE_TOOLS", "1")
    with pytest.raises(pytest.fail.Exception, match="PostgreSQL's server is not installed"):
        binaries(tmp_path)

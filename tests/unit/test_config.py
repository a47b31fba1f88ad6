"""Settings: a wrong value stops the start with a sentence that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mien.config import Settings, load_settings
from mien.errors import SetupError


def test_defaults_work() -> None:
    settings = load_settings({})
    assert settings.port == Settings().port and settings.data.is_absolute()


def test_the_environment_is_read_and_options_win() -> None:
    settings = load_settings({"MIEN_PORT": "9000", "MIEN_TRUST_PROXY": "true", "MIEN_DATA": "x"}, port=9001)
    assert settings.port == 9001 and settings.trust_proxy and settings.data == Path("x").absolute()


def test_empty_means_not_set() -> None:
    assert load_settings({"MIEN_PORT": ""}).port == Settings().port


@pytest.mark.parametrize(
    ("name", "value"),
    [("MIEN_PORT", "many"), ("MIEN_PORT", "70000"), ("MIEN_TRUST_PROXY", "perhaps"), ("MIEN_FLUSH_WAIT_MS", "-1")],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SetupError, match=name):
        load_settings({name: value})

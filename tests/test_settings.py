"""Settings: from the environment, with an error that names what is wrong."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from assistant.settings import SettingInvalid, Settings

KEYS = {field.metadata["key"]: field.name for field in fields(Settings)}
BOUNDS: dict[str, tuple[int, int]] = {
    field.metadata["key"]: (field.metadata["lowest"], field.metadata["highest"])
    for field in fields(Settings)
    if "lowest" in field.metadata
}


def test_without_an_environment_the_defaults_hold() -> None:
    assert Settings.from_environment({}) == Settings()
    assert Settings.from_environment({"PATH": "/bin", "OTHER_THREADS": "x"}) == Settings()
    assert Settings.from_environment(dict.fromkeys(KEYS, "")) == Settings()


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_is_read_from_its_key(key: str) -> None:
    bounds = BOUNDS.get(key)
    value = str(bounds[1]) if bounds else "some/value"
    settings = Settings.from_environment({key: value})
    assert getattr(settings, KEYS[key]) == value
    assert settings != Settings()


def test_the_environment_of_the_process_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENZHENG_DATA", "elsewhere")
    assert Settings.from_environment().data_folder == Path("elsewhere")


@pytest.mark.parametrize("key", ["WENZHENG_DATAS", "WENZHENG_", "WENZHENG_CHROMA"])
def test_a_key_that_nobody_reads_is_a_typing_error(key: str) -> None:
    with pytest.raises(SettingInvalid, match=rf"{key};.*WENZHENG_DATA") as caught:
        Settings.from_environment({key: "x"})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", ["0", "-1", "65", "two", "1.5", "９９９", "²"])
def test_threads_are_a_small_number(value: str) -> None:
    with pytest.raises(SettingInvalid, match=r"WENZHENG_EMBEDDING_THREADS.*1 to 64"):
        Settings.from_environment({"WENZHENG_EMBEDDING_THREADS": value})


@pytest.mark.parametrize("key", BOUNDS)
def test_every_number_keeps_its_bounds(key: str) -> None:
    lowest, highest = BOUNDS[key]
    for value in (lowest, highest):
        assert getattr(Settings.from_environment({key: str(value)}), KEYS[key]) == str(value)
    for wrong in (lowest - 1, highest + 1, "yes", "٣"):
        with pytest.raises(SettingInvalid, match=rf"{key} is '{wrong}'.*{lowest} to {highest}"):
            Settings.from_environment({key: str(wrong)})


def test_the_home_folder_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    assert Settings(data="~/index").data_folder == Path("/home/somebody/index")

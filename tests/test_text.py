"""The strings of the interface: both languages, the same places in both, none missing or idle."""

from __future__ import annotations

import ast
import copy
import pickle
import re
import string
from pathlib import Path

import pytest

from ui.text import EN, WORDINGS, ZH, TextMissing, load_text

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "ui").glob("*.py"))
OWN = {"language", "html_language", "group", "reasons", "engines"}


def flat(strings: object, place: str = "") -> dict[str, str]:
    if isinstance(strings, str):
        return {place: strings}
    assert hasattr(strings, "items")
    return {
        k: v for name, part in strings.items() for k, v in flat(part, f"{place}.{name}").items()
    }


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def names_used() -> set[str]:
    """Attributes of whatever is called ``wording``, and names that ``group`` is called with."""
    used: set[str] = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                owner = node.value
                name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                used |= {node.attr} if name in {"wording", "_wording"} else set()
    return used - OWN


def test_both_languages_say_the_same_things_with_the_same_places() -> None:
    chinese, english = flat(load_text("zh")), flat(load_text("en"))
    assert chinese.keys() == english.keys()
    for name, text in chinese.items():
        assert fields(text) == fields(english[name]), name
        joins = name.endswith("colon")  # stands between two others
        assert joins or text.strip() == text, name
        assert joins or english[name].strip() == english[name], name
        assert not re.search(r"[\u4e00-\u9fff]", english[name]) or name == ".other_language", name


def test_every_string_that_is_used_is_there() -> None:
    missing = {name for name in names_used() if not isinstance(load_text("zh").get(name), str)}
    assert missing == set()


def test_every_string_that_is_there_is_used() -> None:
    source = "\n".join(path.read_text("utf-8") for path in MODULES)
    idle = [name for name in load_text("zh") if not re.search(rf"\b{name}\b", source)]
    assert idle == []


def test_a_missing_string_is_loud() -> None:
    for wording in WORDINGS.values():
        with pytest.raises(TextMissing, match="no_such_string"):
            _ = wording.no_such_string
        with pytest.raises(TextMissing, match="send"):
            wording.group("send")
        with pytest.raises(TextMissing, match="reasons"):
            wording.__getattr__("reasons")


def test_a_wording_is_a_plain_value() -> None:
    assert copy.deepcopy(ZH) == ZH
    assert pickle.loads(pickle.dumps(EN)) == EN
    assert ZH != EN

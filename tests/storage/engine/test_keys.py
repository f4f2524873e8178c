"""The key file: private, never replaced, never shown."""

import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage.engine import keys
from storage.engine.errors import StoreError, WrongKey
from storage.engine.keys import Keys
from tests.storage.ordinary import as_ordinary_user


def test_a_new_key_is_for_its_owner_alone_and_holds_64_digits(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "pv.key"
    made = keys.create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_text() == made.root.hex() + "\n"
    assert len(made.root) == 32
    assert list(path.parent.iterdir()) == [path], "no draft stays behind"


def test_two_new_keys_differ(tmp_path: Path) -> None:
    assert keys.create(tmp_path / "a").root != keys.create(tmp_path / "b").root


def test_an_existing_key_is_read_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pv.key"
    first = keys.create(path)
    before = path.read_bytes()
    assert keys.create(path) == first
    assert path.read_bytes() == before


def test_a_file_that_is_no_key_is_refused_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pv.key"
    path.write_text("shopping list")
    with pytest.raises(WrongKey, match="64 hexadecimal digits"):
        keys.create(path)
    assert path.read_text() == "shopping list"


def test_those_who_create_the_key_at_once_agree(tmp_path: Path) -> None:
    for attempt in range(20):
        path, together = tmp_path / f"{attempt}.key", threading.Barrier(4)

        def create(_: int, path: Path = path, together: threading.Barrier = together) -> Keys:
            together.wait()
            return keys.create(path)

        with ThreadPoolExecutor(4) as threads:
            made = set(threads.map(create, range(4)))
        assert made == {keys.load(path)}


def test_hexadecimal_digits_or_raw_bytes_are_a_key_and_nothing_else_is(tmp_path: Path) -> None:
    path = tmp_path / "pv.key"
    for content in (b"ab" * 32, b"AB" * 32 + b"\n", b"  " + b"0f" * 32 + b"\r\n", bytes(range(32))):
        path.write_bytes(content)
        assert len(keys.load(path).root) == 32, content
    for content in (b"", b"ab" * 31, b"ab" * 33, b"zz" * 32, bytes(31), bytes(33), "é".encode() * 64):
        path.write_bytes(content)
        with pytest.raises(WrongKey, match="is not a key"):
            keys.load(path)


def test_a_missing_key_says_what_it_costs(tmp_path: Path) -> None:
    with pytest.raises(WrongKey, match="is missing: put it back, or set PORTEVOIX_KEY_FILE"):
        keys.load(tmp_path / "pv.key")


def test_a_folder_or_an_unreadable_file_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(WrongKey, match="cannot be read"):
        keys.load(tmp_path)
    path = tmp_path / "pv.key"
    keys.create(path)
    path.chmod(0)
    with pytest.raises(WrongKey, match=r"cannot be read \(Permission denied\): check PORTEVOIX_KEY_FILE"):
        as_ordinary_user(lambda: keys.load(path))


def test_a_key_that_cannot_be_written_is_refused_in_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match=r"No key can be written at .* set PORTEVOIX_KEY_FILE"):
        as_ordinary_user(lambda: keys.create(tmp_path / "pv.key"))
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_never_printed() -> None:
    hidden = Keys(b"s" * 32)
    shown = f"{hidden!r} {hidden} {[hidden]} {vars(Keys)}"
    assert "ssss" not in shown
    assert hidden.root.hex() not in shown


def test_marks_differ_by_community_by_person_and_by_key() -> None:
    one, other = Keys(b"1" * 32), Keys(b"2" * 32)
    marks = {one.mark(1, 1), one.mark(2, 1), one.mark(1, 2), one.mark(11, 1), one.mark(1, 11), other.mark(1, 1)}
    assert len(marks) == 6
    assert one.mark(1, 1) == one.mark(1, 1)


def test_a_sealed_address_opens_only_with_its_key() -> None:
    one, other = Keys(b"1" * 32), Keys(b"2" * 32)
    sealed = one.seal(b'["bare", "camille"]')
    assert b"camille" not in sealed
    assert sealed != one.seal(b'["bare", "camille"]'), "two items of one person do not show it"
    assert one.unseal(sealed) == b'["bare", "camille"]'
    with pytest.raises(WrongKey, match="another key"):
        other.unseal(sealed)
    with pytest.raises(WrongKey):
        one.unseal(sealed[:-4] + b"AAAA")


def test_what_an_earlier_version_sealed_still_opens() -> None:
    # Made by the version before AES-GCM.
    sealed = (
        b"gAAAAABrC3UL0Xfdk3PzrlGbtNDVnvj3itxx3nyyb7Gal1sxgysXjGb9kGmXBt3p5VHS4OLjuY6nwTc-"
        b"JjT4zJwBnnU1yNj2vw-VSxQpO6fX9110NW74ld8="
    )
    assert Keys(bytes(range(32))).unseal(sealed) == b'["bare", "camille"]'


def test_what_was_never_sealed_is_refused() -> None:
    for sealed in (b"", b"\x01", b"\x01" * 12, b"\x01" * 40, b"not sealed"):
        with pytest.raises(WrongKey):
            Keys(b"1" * 32).unseal(sealed)


def test_a_fingerprint_is_keyed_and_takes_any_text() -> None:
    one, other = Keys(b"1" * 32), Keys(b"2" * 32)
    assert one.fingerprint("hello") != other.fingerprint("hello")
    assert one.fingerprint("\ud800") == one.fingerprint("\ud800")

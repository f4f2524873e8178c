"""Contacts are found and masked; numbers that only look like them are left alone."""

import subprocess
import sys
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.contacts import MASKS, find_contacts, mask
from tests.architecture.source import ROOT
from tests.unit.recognition.labelled import labelled

SENTENCES = labelled("contacts.tsv")
CONTACTS = [one for one in SENTENCES if one.label != "-"]
ORDINARY = [one for one in SENTENCES if one.label == "-"]
PIECES = st.sampled_from([one.rest for one in CONTACTS] + [one.text for one in ORDINARY])
JOINTS = st.sampled_from([" ", " at ", " (at) ", " dot ", "o", ", ", "", "/", "-", "\n", ".", " / ", ":", "@", "0"])


def test_a_contact_is_found() -> None:
    found = {
        said: [(one.kind, said.text[one.start : one.stop]) for one in find_contacts(said.text)] for said in CONTACTS
    }
    assert found == {said: [(said.label, said.rest)] for said in CONTACTS}


def test_a_contact_is_masked_and_its_neighbours_are_not() -> None:
    for said in CONTACTS:
        before, after = said.text.split(said.rest)
        kind = find_contacts(said.text)[0].kind
        assert mask(said.text) == before + MASKS[kind] + after


def test_an_ordinary_number_is_left_alone() -> None:
    assert {said.text: found for said in ORDINARY if (found := find_contacts(said.text))} == {}
    assert {said.text: mask(said.text) for said in ORDINARY} == {said.text: said.text for said in ORDINARY}


def test_several_contacts_are_found_in_order() -> None:
    text = "jane@example.org, 06 12 34 56 78 or +44 7911 123456, FR76 3000 6000 0112 3456 7890 189"
    assert [one.kind for one in find_contacts(text)] == ["email", "phone", "phone", "iban"]
    assert mask(text) == "…@…, •••• or ••••, ••••"


def test_no_break_spaces_are_spaces() -> None:
    assert mask("06\u00a012\u202f34\u00a056\u00a078") == "••••"


def test_regions_decide_which_national_numbers_are_found() -> None:
    assert mask("06 12 34 56 78", ("GB",)) == "06 12 34 56 78"
    assert mask("06 12 34 56 78", ()) == "06 12 34 56 78"
    assert mask("+33 6 12 34 56 78", ()) == "••••"
    assert mask("llama al 612 34 56 78", ("ES",)) == "llama al ••••"


def test_a_text_of_numbers_is_read_to_its_end() -> None:
    assert mask("06 12 34 56 78\n" * 200).count("•") == 4 * 200


@given(st.lists(st.tuples(PIECES, JOINTS), max_size=6))
def test_nothing_found_is_left_by_the_mask(parts: list[tuple[str, str]]) -> None:
    assert find_contacts(mask("".join(piece + joint for piece, joint in parts))) == ()


@given(st.text(st.characters(exclude_categories=["Nd"], exclude_characters="@")))
def test_a_text_without_digit_and_at_sign_is_unchanged(text: str) -> None:
    assert mask(text) == text


@given(st.text(st.characters()) | st.text("0123456789 +-./()@abFRoO", max_size=60))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    found = find_contacts(text)
    assert all(first.stop <= second.start for first, second in pairwise(found))
    assert find_contacts(mask(text)) == ()


def test_the_libraries_are_loaded_by_the_first_long_number_only() -> None:
    program = (
        "import sys; from bot.recognition.contacts import mask; mask('order 12345, me@example.org');"
        "assert not {'phonenumbers', 'stdnum'} & set(sys.modules);"
        "mask('0612345678'); assert 'phonenumbers' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)  # noqa: S603

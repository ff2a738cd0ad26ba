"""Ideas are found by their words, in every language and however the words are bent."""

import pytest

from responder.understanding.concepts import concepts_of, counted_concepts, read_lexicon

LATIN = "cancel: cancel* annul* call_off\norder: order* commande*\nnot: not\nreturn: send_back zwrot*\nsend: send"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Cancelling my ORDERS", [["cancel", "order"]]),
        ("annulé", [["cancel"]]),
        ("annule", [["cancel"]]),
        ("Please call off the order. Not sent", [["cancel", "order"], ["not"]]),
        ("send it, send back", [["send", "return"]]),
        ("nothing of note", [[]]),
        ("ZWROTÓW", [["return"]]),
        ("", [[]]),
    ],
)
def test_latin_words(text: str, named: list[list[str]]) -> None:
    assert concepts_of(text, read_lexicon(LATIN, "xx", "xx")) == named


def test_words_are_found_where_blanks_do_not_part_them_and_the_longest_wins() -> None:
    lexicon = read_lexicon("order: 订单\ncancel: 取消 取消订单\nnot: 没", "zh", "zh")
    assert concepts_of("我想取消订单。没到", lexicon) == [["cancel"], ["not"]]
    assert concepts_of("订单，取消", lexicon) == [["order", "cancel"]]


def test_neighbours_and_pairs_are_counted_within_a_sentence() -> None:
    assert counted_concepts([["not", "arrive"], ["order"]]) == ["not", "arrive", "not>arrive", "arrive+not", "order"]


def test_a_hostile_text_takes_no_longer_than_its_first_part() -> None:
    lexicon = read_lexicon(LATIN, "xx", "xx")
    assert concepts_of("x" * 1_000_000 + " cancel", lexicon) == [[]]

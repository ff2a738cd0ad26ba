"""What the classifier sees of a mail."""

from responder.understanding.text import HEAD, TAIL, classifier_text


def test_figures_links_and_addresses_are_masked() -> None:
    text = classifier_text("AW: Re: Order LC-20931", "Paid 24,90 € at https://shop.example/x?y=1, write anna@example.org, 2 pieces")
    assert text == "order numbermask paid moneymask at urlmask write mailmask , 0 pieces"


def test_width_and_case_do_not_matter() -> None:
    assert classifier_text("", "ＣＡＮＣＥＬ Straße") == classifier_text("", "cancel strasse")


def test_ideographs_count_one_by_one() -> None:
    assert classifier_text("", "取消订单") == "取 消 订 单"


def test_of_a_very_long_mail_beginning_and_end_count() -> None:
    text = classifier_text("", "begin " + "x " * 20_000 + "end")
    assert text.startswith("begin")
    assert text.endswith("end")
    assert len(text) <= HEAD + TAIL + 2

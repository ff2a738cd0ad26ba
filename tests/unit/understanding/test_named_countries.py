"""Countries are found as people name them in their language."""

import pytest

from responder.understanding.details.named_countries import find_countries


@pytest.mark.parametrize(
    ("language", "text", "countries"),
    [
        ("en", "Do you ship to Norway or the UK?", ("NO", "GB")),
        ("en", "please send us the Jersey, in the USA", ("JE", "US")),
        ("en", "the ukulele that you sent us", ()),
        ("de", "Liefern Sie in die Schweiz und nach Österreich?", ("CH", "AT")),
        ("fr", "Livrez-vous en Belgique ? et aux États-Unis", ("BE", "US")),
        ("es", "¿Envían a México?", ("MX",)),
        ("it", "Spedite in Svizzera?", ("CH",)),
        ("nl", "Verzenden jullie naar België?", ("BE",)),
        ("pl", "Czy wysyłacie do Niemiec albo do Francji, czy tylko w Polsce?", ("DE", "FR", "PL")),
        ("pt", "Enviam para o Brasil?", ("BR",)),
        ("zh", "你们能寄到澳大利亚吗", ("AU",)),
        ("ja", "ドイツへの送料はいくらですか", ("DE",)),
        ("ko", "미국으로 배송되나요?", ("US",)),
        ("unknown", "Schweiz?", ("CH",)),
    ],
)
def test_countries_are_found(language: str, text: str, countries: tuple[str, ...]) -> None:
    assert find_countries(text, language) == countries

"""Reasons that customers give, in eleven languages."""

import pytest

from responder.understanding.details.reason import find_reason

GIVEN = [
    "I want to cancel because it takes too long.",
    "I ordered the wrong size",
    "I changed my mind.",
    "It was ordered by mistake",
    "I found it cheaper elsewhere",
    "The shoes don't fit",
    "Bitte stornieren, weil ich es doppelt bestellt habe",
    "Ich brauche die Lampe nicht mehr",
    "Der Grund ist die lange Lieferzeit",
    "Ich habe versehentlich zwei bestellt",
    "Die Jacke passt mir nicht",
    "Je l'ai commandé par erreur",
    "J'annule parce que le délai est long",
    "J'ai changé d'avis",
    "Je n'en ai plus besoin",
    "Lo pedí por error",
    "Quiero cancelar porque tarda mucho",
    "Cambié de opinión",
    "Ya no lo necesito",
    "L'ho ordinato per errore",
    "Vorrei annullare perché arriva tardi",
    "Ho cambiato idea",
    "Non mi serve più",
    "Comprei por engano",
    "Quero cancelar porque demora muito",
    "Mudei de ideia",
    "Já não preciso",
    "Ik heb het per ongeluk besteld",
    "Graag annuleren omdat het te lang duurt",
    "Ik heb het niet meer nodig",
    "Zamówiłem przez pomyłkę",
    "Proszę anulować, ponieważ trwa to za długo",
    "Zmieniłam zdanie",
    "我想取消，因为太慢了",
    "拍错了，请取消",
    "不想要了",
    "間違えて注文しました",
    "サイズが合わないので返品したいです",
    "不要になりました",
    "실수로 주문했어요",
    "배송이 늦기 때문에 취소합니다",
    "단순 변심입니다",
]


@pytest.mark.parametrize("text", GIVEN)
def test_a_reason_is_found(text: str) -> None:
    assert find_reason(f"Order 1042\n{text}\nAnna") == text


NONE = [
    "",
    "Please cancel order 1042",
    "Where is my parcel?",
    "Bitte stornieren Sie die Bestellung",
    "Wo ist mein Paket?",
    "Merci d'annuler ma commande",
    "Où est mon colis ?",
    "Por favor cancele mi pedido",
    "¿Dónde está mi pedido?",
    "Vorrei annullare l'ordine",
    "Dov'è il mio pacco?",
    "Quero cancelar o pedido",
    "Graag mijn bestelling annuleren",
    "Proszę anulować zamówienie",
    "请取消订单",
    "为什么还没发货？",
    "キャンセルをお願いします",
    "주문을 취소해 주세요",
    "Why is it late?",
    "Waiting since Monday",
]


@pytest.mark.parametrize("text", NONE)
def test_a_request_alone_is_no_reason(text: str) -> None:
    assert find_reason(text) is None


def test_the_first_clause_with_a_reason_is_given_and_bounded() -> None:
    assert find_reason("Hello. I changed my mind! It is too big.") == "I changed my mind!"
    assert len(find_reason("because " + "x" * 1_000) or "") == 300

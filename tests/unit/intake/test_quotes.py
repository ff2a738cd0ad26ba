"""The customer's new words are parted from what stands below them."""

import time

import pytest

from responder.intake.quotes import is_forward, split_quotes

ATTRIBUTIONS = [
    "On Mon, 3 May 2021 at 10:12, Shop <s@shop.example> wrote:",
    "On 3 May 2021, at 10:12, Shop <s@shop.example> wrote:",
    "Am Mo., 3. Mai 2021 um 10:12 Uhr schrieb Shop <s@shop.example>:",
    "Am 03.05.21 um 10:12 schrieb Shop:",
    "Le lun. 3 mai 2021 à 10:12, Shop <s@shop.example> a écrit :",
    "El lun, 3 may 2021 a las 10:12, Shop (<s@shop.example>) escribió:",
    "Il giorno lun 3 mag 2021 alle ore 10:12 Shop <s@shop.example> ha scritto:",
    "Em seg., 3 de mai. de 2021 às 10:12, Shop <s@shop.example> escreveu:",
    "Op ma 3 mei 2021 om 10:12 schreef Shop <s@shop.example>:",
    "pon., 3 maj 2021 o 10:12 Shop <s@shop.example> napisał(a):",
    "Den mån 3 maj 2021 kl 10:12 skrev Shop <s@shop.example>:",
    "man. 3. maj 2021 kl. 10.12 skrev Shop <s@shop.example>:",
    "ma 3. toukok. 2021 klo 10.12 Shop <s@shop.example> kirjoitti:",
    "po 3. 5. 2021 v 10:12 odesílatel Shop <s@shop.example> napsal:",
    "Shop <s@shop.example> ezt írta (időpont: 2021. máj. 3., H, 10:12):",
    "În lun., 3 mai 2021 la 10:12, Shop <s@shop.example> a scris:",
    "пн, 3 мая 2021 г. в 10:12, Shop <s@shop.example>:",
    "3 Mayıs 2021 Pzt 10:12 tarihinde Shop <s@shop.example> şunu yazdı:",
    "2021年5月3日(月) 10:12 Shop <s@shop.example>:",
    "Shop <s@shop.example> 于2021年5月3日周一 10:12写道：",
    "在 2021-05-03 10:12:33，Shop <s@shop.example> 写道：",
    "2021년 5월 3일 (월) 오전 10:12, Shop <s@shop.example>님이 작성:",
    "On Mon, 3 May 2021 at 10:12, The Shop With A Very Long Name <\nsomebody-with-a-long-name@shop.example> wrote:",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
@pytest.mark.parametrize("old", ["> Dear customer,\n> sorry", "Dear customer,\nsorry"])
def test_a_quote_below_an_attribution_is_cut(attribution: str, old: str) -> None:
    new, quoted = split_quotes(f"Where is order 10422?\nAnna\n\n{attribution}\n\n{old}\n")
    assert new == "Where is order 10422?\nAnna"
    assert "sorry" in quoted


HEADS = [
    "From: Shop <s@shop.example>\nSent: Monday, May 3, 2021 10:12\nTo: Anna\nSubject: Your order",
    "________________________________\nFrom: Shop <s@shop.example>\nSent: Monday\nTo: Anna\nSubject: Your order",
    "-----Original Message-----\nFrom: Shop\nSent: Monday\nTo: Anna\nSubject: Your order",
    "*From:* Shop\n*Date:* Monday\n*To:* Anna\n*Subject:* Your order",
    "Von: Shop\nGesendet: Montag, 3. Mai 2021 10:12\nAn: Anna\nBetreff: Ihre Bestellung",
    "-----Ursprüngliche Nachricht-----\nVon: Shop\nAn: Anna\nBetreff: Ihre Bestellung\nDatum: 3.5.2021",
    "De : Shop\nEnvoyé : lundi 3 mai 2021\nÀ : Anna\nObjet : Votre commande",
    "De: Shop\nEnviado: lunes\nPara: Anna\nAsunto: Su pedido",
    "Da: Shop\nInviato: lunedì\nA: Anna\nOggetto: Il suo ordine",
    "De: Shop\nEnviada em: segunda\nEnviado: segunda\nPara: Anna\nAssunto: Seu pedido",
    "Van: Shop\nVerzonden: maandag\nAan: Anna\nOnderwerp: Uw bestelling",
    "Od: Shop\nWysłano: poniedziałek\nDo: Anna\nTemat: Zamówienie",
    "Från: Shop\nSkickat: måndag\nTill: Anna\nÄmne: Din beställning",
    "Fra: Shop\nSendt: mandag\nTil: Anna\nEmne: Din ordre",
    "Lähettäjä: Shop\nLähetetty: maanantai\nVastaanottaja: Anna\nAihe: Tilaus",
    "Od: Shop\nOdesláno: pondělí\nKomu: Anna\nPředmět: Objednávka",
    "Feladó: Shop\nElküldve: hétfő\nCímzett: Anna\nTárgy: Rendelés",
    "De la: Shop\nTrimis: luni\nCătre: Anna\nSubiect: Comanda",
    "От: Shop\nОтправлено: понедельник\nКому: Anna\nТема: Заказ",
    "Kimden: Shop\nGönderildi: Pazartesi\nKime: Anna\nKonu: Sipariş",
    "差出人: Shop\n送信日時: 2021年5月3日\n宛先: Anna\n件名: ご注文",
    "------------------ 原始邮件 ------------------\n发件人: Shop\n发送时间: 2021年5月3日\n收件人: Anna\n主题: 订单",
    "-----원본 메일-----\n보낸사람: Shop\n받는사람: Anna\n날짜: 2021\n제목: 주문",
]


@pytest.mark.parametrize("head", HEADS)
def test_a_quote_below_a_head_is_cut(head: str) -> None:
    new, quoted = split_quotes(f"Where is it?\n\n{head}\n\nDear customer,\nsorry")
    assert new == "Where is it?"
    assert "sorry" in quoted


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Get Outlook for iOS<https://aka.ms/x>",
        "Von meinem Samsung Galaxy Smartphone gesendet.",
        "Von meinem iPhone gesendet",
        "Gesendet mit der GMX Mail App",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Inviato da iPhone",
        "Enviado do meu iPhone",
        "Verstuurd vanaf mijn iPhone",
        "Wysłane z iPhone'a",
        "Skickat från min iPhone",
        "Sendt fra min iPhone",
        "Lähetetty iPhonesta",
        "Odesláno z iPhonu",
        "Trimis de pe iPhone-ul meu",
        "Отправлено с iPhone",
        "iPhone'umdan gönderildi",
        "iPhoneから送信",
        "发自我的iPhone",
        "나의 iPhone에서 보냄",
    ],
)
def test_a_line_that_a_device_wrote_is_cut(line: str) -> None:
    assert split_quotes(f"Where is it?\n\n{line}\n") == ("Where is it?", line)


@pytest.mark.parametrize(
    "text",
    [
        "On the other hand, I wrote:\nsend it back",
        "Sent from my desk, it is easier than from my phone.",
        "The parcel was\nsent from my office in Berlin yesterday.\nWhere is it?",
        "Name: Anna\nEmail: a@b.example\nPhone: 123\nMessage: Where is it?",
        "From: Anna\nTo: Shop\nDate: 3 May\nEmail: a@b.example\nSubject: Order\nMessage: Where is it?",
        "I want:\n-- red\n-- blue\nplease",
        "From: Berlin\nTo: Paris\nDate: 3 May\nThat was the way of my parcel.",
        "Am 03.05.21 um 10:12 schrieb ich Ihnen folgendes:\nWo bleibt es?",
        "Best regards are due to your team.\nWhere is it?",
        "Thanks\nBest regards,\nAnna\nP.S. My order number is 10422",
        "Please change it:\nRegards,\nAnna\n12 Main Street, 10115 Berlin",
        "2021-05-03 10:12\n2021/05/04 11:00\nThese are the times.",
        "This message is confidential, please. Where is it?",
    ],
)
def test_the_customers_words_stay(text: str) -> None:
    assert split_quotes(text) == (text, "")


def test_answers_between_quoted_lines_stay() -> None:
    text = "On 3 May 2021 Shop <s@shop.example> wrote:\n> Which size?\nXL\n> Which colour?\nred\n\nThanks"
    assert split_quotes(text)[0] == "XL\nred\n\nThanks"
    assert split_quotes("> Size\nXL\n> Colour\nred")[0] == "XL\nred"


def test_a_line_wrapped_off_a_quoted_one_is_quoted() -> None:
    text = "Yes\n\n> " + "word " * 14 + "\nwrapped off\n> more"
    assert split_quotes(text)[0] == "Yes"


@pytest.mark.parametrize(
    "separator",
    [
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "-------- Weitergeleitete Nachricht --------",
        "---- 转发邮件信息 ----",
    ],
)
def test_what_a_customer_forwards_stays(separator: str) -> None:
    head = "From: Carrier <c@carrier.example>\nDate: Monday\nSubject: Parcel lost\nTo: Anna"
    assert "Parcel number 77" in split_quotes(f"See below\n\n{separator}\n{head}\n\nParcel number 77")[0]
    assert "Parcel number 77" in split_quotes(f"{separator}\n\n> From: x\n> Subject: y\n>\n> Parcel number 77")[0]


def test_the_subject_tells_a_forward_from_a_reply() -> None:
    text = "See\n\nVon: Shop\nGesendet: Montag\nAn: Anna\nBetreff: Ihre Bestellung\n\nNummer 10422"
    assert "10422" in split_quotes(text, forwarded=is_forward("WG: Ihre Bestellung"))[0]
    assert "10422" not in split_quotes(text, forwarded=is_forward("AW: Ihre Bestellung"))[0]


def test_a_signature_and_a_legal_notice_are_cut() -> None:
    notice = "This e-mail is confidential and meant for the intended recipient only. If you got it by mistake, please delete it at once."
    new, quoted = split_quotes(f"Where is it?\n\n{notice}\n\n-- \nAnna\nBerlin 10115\n")
    assert new == "Where is it?"
    assert "Anna" in quoted


def test_no_line_is_in_neither() -> None:
    text = "a\n\n> b\n\nc\n\n-- \nd"
    new, quoted = split_quotes(text)
    assert sorted(f"{new}\n{quoted}".replace("\n\n", "\n").split("\n")) == sorted(line.rstrip() for line in text.split("\n") if line)


@pytest.mark.parametrize(
    "unit", ["On 2024 ", "wrote:\n", "regards,\n", "-- \n", "From: a\n", "> ", "a", " \n", "1 ", "sent from my ", "a@", "http://a"]
)
def test_a_megabyte_of_hostile_text_takes_no_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    started = time.perf_counter()
    split_quotes(text)
    assert time.perf_counter() - started < 2  # far above what it takes, so that a busy machine does not fail it

"""Read an address from a form: "Name: … Street: … City: … ZIP: …", in several lines or one.

In:   a text.
Out:  the address, when at least two of street, town and postcode have a label.
Limits: labels in en de fr es it pt nl pl sv da zh ja ko.
"""

import re
from typing import NamedTuple

from responder.understanding.details.countries import COUNTRIES
from responder.understanding.details.pieces import Found

_LABELS = {
    "name": "full name, first name, last name, recipient, receiver, name, vorname, nachname, empfänger, prénom, nom complet, "
    "nom, destinataire, "
    "nombre completo, nombre, apellidos, destinatario, nome e cognome, nome completo, nome, naam, imię i nazwisko, odbiorca, namn, navn, "
    "收件人, 收货人, 姓名, お名前, 氏名, 名前, 宛名, 받는 사람, 받는사람, 수령인, 이름, 성명",
    "street": "street address, street name, street, address line 1, address 1, delivery address, shipping address, new address, address, "
    "straße und hausnummer, straße/hausnummer, straße, strasse, str, lieferadresse, neue adresse, anschrift, adresse de "
    "livraison, nouvelle adresse, "
    "adresse, rue, dirección de envío, dirección, direccion, calle, indirizzo, via, endereço, morada, rua, logradouro, adres, "
    "straat, ulica, adress, "
    "gatuadress, gata, gade, 收货地址, 详细地址, 地址, 住所, ご住所, 주소",
    "number": "house number, house no, number, hausnummer, hausnr, numéro, número, numero, numero civico, civico, huisnummer, "
    "numer domu, nr domu",
    "extra": "address line 2, address 2, apartment, apt, flat, unit, suite, floor, adresszusatz, zusatz, complément d'adresse, "
    "complément, étage, "
    "piso, interno, complemento, toevoeging, bairro, district, colonia, mieszkanie",
    "city": "city/town, town/city, city, town, suburb, stadt, ort, wohnort, ville, commune, ciudad, población, localidad, città, "
    "comune, cidade, "
    "localidade, plaats, woonplaats, stad, miasto, miejscowość, ort, by, postort, 城市, 市区町村, 도시",
    "state": "state/province, state, province, region, county, bundesland, région, provincia, estado, provincie, województwo, "
    "省份, 都道府県",
    "postcode": "zip code, zip/postcode, zip, postal code, postcode, post code, eircode, plz, postleitzahl, code postal, cp, "
    "c.p, código postal, "
    "codigo postal, cap, cep, kod pocztowy, postnummer, 邮编, 邮政编码, 郵便番号, 우편번호",
    "country": "country, land, pays, país, pais, paese, nazione, kraj, 国家, 国, 국가",
    "other": "phone number, phone, telephone, tel, mobile, e-mail, email, mail, telefon, téléphone, teléfono, telefono, "
    "telefone, telefoon, handy, "
    "order number, order no, order, bestellnummer, commande, pedido, ordine, zamówienie, 电话, 手机, 手机号, 联系电话, 订单号, "
    "電話番号, 電話, "
    "注文番号, 전화번호, 연락처, 전화, 주문번호, comment, note",
}
_FIELD = {label.casefold(): field for field, labels in _LABELS.items() for label in labels.split(", ")}
_UNSPACED = tuple(label for label in _FIELD if label[0] >= "\u3000")
_SEPARATOR = re.compile(r"[:：=]|(?<=\w) - ")
_TOGETHER = re.compile(r"((?:[A-Z]{1,2}-)?\d{4,6}|\d{2}-\d{3})\s+(\D.*)")
_LONGEST_LABEL = 32
_TOWN_FIRST = re.compile(r"[A-Z]{1,2}\d|[A-Z]\d[A-Z]|\d{5}-\d{4}", re.IGNORECASE)
_MOST_VALUE = 120
_MOST_LABELS = 40


class _Label(NamedTuple):
    start: int
    end: int
    field: str


def find_form(text: str) -> Found | None:
    """Read the form, if the text has one."""
    labels = _labels(text)
    if len(labels) < 2:
        return None
    fields: dict[str, list[str]] = {}
    end = 0
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        line_end = text.find("\n", label.end)
        stop = min(following.start if following else len(text), line_end if line_end >= 0 else len(text))
        value = text[label.end : min(stop, label.end + _MOST_VALUE)].strip(" \t,;，；。/|")
        fields.setdefault(label.field, []).append(value)
        if label.field != "other":
            end = max(end, label.end + len(value))
    core = [field for field in ("street", "number", "city", "postcode") if field in fields]
    if len(core) < 2 or not any(fields[field][0] for field in core):
        return None
    return _address(fields, labels[0].start, end)


def _labels(text: str) -> list[_Label]:
    """Find the labels: the longest known words before each colon."""
    labels: list[_Label] = []
    for mark, _ in zip(_SEPARATOR.finditer(text), range(_MOST_LABELS), strict=False):
        before = text[max(0, mark.start() - _LONGEST_LABEL) : mark.start()].rpartition("\n")[2].rstrip(" \t.)")
        words = before.replace("(", " ").split(" ")
        tails = [" ".join(words[first:]) for first in range(len(words))] if before else []
        tails += [label for label in _UNSPACED if before.endswith(label)]
        tail = next((tail for tail in tails if tail.strip("*-•·").casefold() in _FIELD), None)
        if tail is not None:
            labels.append(_Label(mark.start() - len(tail), mark.end(), _FIELD[tail.strip("*-•·").casefold()]))
    return labels


def _address(fields: dict[str, list[str]], start: int, end: int) -> Found:
    def value(field: str) -> str:
        return next((each for each in reversed(fields.get(field, [])) if each), "")

    street, number, city, postcode, state = (value(field) for field in ("street", "number", "city", "postcode", "state"))
    together = _TOGETHER.fullmatch(city if not postcode else postcode if not city else "")
    if together:
        postcode, city = together.groups()
    place = ", ".join(part for part in (city, state) if part)
    before = _TOWN_FIRST.match(postcode) or state
    town = " ".join(part for part in ((place, postcode) if before else (postcode, place)) if part)
    name = " ".join(each for each in fields.get("name", []) if each)
    lines = (name, " ".join(part for part in (street, number) if part), value("extra"), town, value("country"))
    missing = {
        "street": not street,
        "house_number": not any(char.isdigit() for char in street + number),
        "postcode": not postcode,
        "city": not city,
    }
    country = COUNTRIES.get(
        value("country").casefold().strip(" ."), value("country").upper() if re.fullmatch("[A-Z]{2}", value("country")) else ""
    )
    return Found(
        start, end, tuple(line for line in lines if line), postcode, country, tuple(code for code, yes in missing.items() if yes), True
    )

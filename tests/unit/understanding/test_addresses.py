"""Postal addresses, as customers of many countries write them, and what is none."""

import time

import pytest

from responder.understanding.details.address import find_address

WHOLE = [
    # text, lines, postcode, country
    # United States
    ("Please send it to:\nMary Poole\n418 Birch Lane\nDayton, OH 45402", "Mary Poole|418 Birch Lane|Dayton, OH 45402", "45402", "US"),
    ("Mary Poole\n418 Birch Ln Apt 7\nDayton, Ohio 45402\nUSA", "Mary Poole|418 Birch Ln Apt 7|Dayton, Ohio 45402|USA", "45402", "US"),
    ("new address 9021 s cedar ave, tulsa ok 74137", "9021 s cedar ave|tulsa ok 74137", "74137", "US"),
    ("ship to 77 Harbor Blvd #12, San Pedro, CA 90731-1234 please", "77 Harbor Blvd #12|San Pedro, CA 90731-1234", "90731-1234", "US"),
    ("PO Box 553\nBozeman, MT 59715", "PO Box 553|Bozeman, MT 59715", "59715", "US"),
    ("350 Broadwater\nNew York, NY 10118", "350 Broadwater|New York, NY 10118", "10118", "US"),
    ("Ed Ruiz\n12 Quail Ct\nUnit 4\nMesa AZ 85201", "Ed Ruiz|12 Quail Ct|Unit 4|Mesa AZ 85201", "85201", "US"),
    ("send it to 4500 Highway 7 North, Hot Springs, AR 71909", "4500 Highway 7 North|Hot Springs, AR 71909", "71909", "US"),
    ("My address: 8 Willow Way, Salem, Oregon 97301", "8 Willow Way|Salem, Oregon 97301", "97301", "US"),
    ("c/o Dan Moss\n16 Pine St.\nBoise, ID 83702\nUnited States", "c/o Dan Moss|16 Pine St.|Boise, ID 83702|United States", "83702", "US"),
    # United Kingdom
    ("Jane Fox\n5 Mill Lane\nYork\nYO1 7HH", "Jane Fox|5 Mill Lane|York|YO1 7HH", "YO1 7HH", "GB"),
    ("it should go to 5 Mill Lane, York, YO1 7HH", "5 Mill Lane|York, YO1 7HH", "YO1 7HH", "GB"),
    ("please post to 5 mill lane york yo1 7hh thanks", "5 mill lane|york yo1 7hh", "YO1 7HH", "GB"),
    ("Flat 2, 31 Castle Street, Edinburgh EH2 3DN, UK", "Flat 2|31 Castle Street|Edinburgh EH2 3DN|UK", "EH2 3DN", "GB"),
    ("Rose Cottage\nChurch Lane\nAshford\nTN25 4AB", "Rose Cottage|Church Lane|Ashford|TN25 4AB", "TN25 4AB", "GB"),
    ("PO Box 12, Leeds LS1 4AP", "PO Box 12|Leeds LS1 4AP", "LS1 4AP", "GB"),
    ("12 The Oaks\nBristol BS8 1TH\nEngland", "12 The Oaks|Bristol BS8 1TH|England", "BS8 1TH", "GB"),
    ("Unit 4, 18 Canal Road, Leeds, LS12 2PL, United Kingdom", "Unit 4|18 Canal Road|Leeds, LS12 2PL|United Kingdom", "LS12 2PL", "GB"),
    # Germany
    ("Bitte liefern Sie an\nEva Lang\nBerliner Straße 5a\n04109 Leipzig", "Eva Lang|Berliner Straße 5a|04109 Leipzig", "04109", ""),
    ("meine neue adresse: lindenweg 4, 10115 berlin", "lindenweg 4|10115 berlin", "10115", ""),
    (
        "Eva Lang\nc/o Busch\nAm Alten Markt 3\n18055 Rostock\nDeutschland",
        "Eva Lang|c/o Busch|Am Alten Markt 3|18055 Rostock|Deutschland",
        "18055",
        "DE",
    ),
    ("Eva Lang\nPackstation 142\n12345678\n50667 Köln", "Eva Lang|Packstation 142|12345678|50667 Köln", "50667", ""),
    ("Postfach 12 34, 53111 Bonn", "Postfach 12 34|53111 Bonn", "53111", ""),
    ("Unter den Linden 77\nD-10117 Berlin", "Unter den Linden 77|D-10117 Berlin", "10117", "DE"),
    ("schickt es bitte an die Hauptstr. 12, 79098 Freiburg im Breisgau", "Hauptstr. 12|79098 Freiburg im Breisgau", "79098", ""),
    ("Kastanienhof 9\n60311 Frankfurt am Main", "Kastanienhof 9|60311 Frankfurt am Main", "60311", ""),
    ("Hans Roth, Gartenweg 3, 3. OG, 80331 München, Germany", "Hans Roth|Gartenweg 3|3. OG|80331 München|Germany", "80331", "DE"),
    ("Marktplatz 1 70173 Stuttgart", "Marktplatz 1|70173 Stuttgart", "70173", ""),
    # France
    ("please send it to 12 rue de la Paix, 75002 Paris instead", "12 rue de la Paix|75002 Paris", "75002", ""),
    (
        "Luc Morel\nBât B, appt 12\n8 bis avenue Foch\n69006 Lyon\nFrance",
        "Luc Morel|Bât B|appt 12|8 bis avenue Foch|69006 Lyon|France",
        "69006",
        "FR",
    ),
    ("ma nouvelle adresse est 3, rue des Lilas, 31000 Toulouse", "3, rue des Lilas|31000 Toulouse", "31000", ""),
    ("14 bd Victor Hugo 06000 Nice", "14 bd Victor Hugo|06000 Nice", "06000", ""),
    ("22 chemin du Moulin\n13100 Aix-en-Provence", "22 chemin du Moulin|13100 Aix-en-Provence", "13100", ""),
    ("BP 45\n33000 Bordeaux Cedex", "BP 45|33000 Bordeaux Cedex", "33000", ""),
    ("5 place du Marché, F-67000 Strasbourg", "5 place du Marché|F-67000 Strasbourg", "67000", "FR"),
    ("livrez au 9 impasse des Roses, 44000 Nantes svp", "9 impasse des Roses|44000 Nantes", "44000", ""),
    # Canada
    ("Amy Roy\n240 Maple Avenue\nOttawa, ON K1P 5M7\nCanada", "Amy Roy|240 Maple Avenue|Ottawa, ON K1P 5M7|Canada", "K1P 5M7", "CA"),
    ("send to 66 king st w, toronto on m5v 2t6", "66 king st w|toronto on m5v 2t6", "M5V 2T6", "CA"),
    ("1200 rue Sherbrooke, Montréal, QC H3A 1H6", "1200 rue Sherbrooke|Montréal, QC H3A 1H6", "H3A 1H6", "CA"),
    ("PO Box 88\nHalifax NS B3J 2L4", "PO Box 88|Halifax NS B3J 2L4", "B3J 2L4", "CA"),
    # Australia and New Zealand
    ("Zoe Hart\n5/12 Wattle Street\nNewtown NSW 2042\nAustralia", "Zoe Hart|5/12 Wattle Street|Newtown NSW 2042|Australia", "2042", "AU"),
    ("please change it to 88 Beach Rd, Cottesloe WA 6011", "88 Beach Rd|Cottesloe WA 6011", "6011", "AU"),
    ("Locked Bag Box 9\n17 Station Street, Fitzroy, VIC 3065", "17 Station Street|Fitzroy, VIC 3065", "3065", "AU"),
    ("Kiri Ngata\n14 Rata Street\nAuckland 1010\nNew Zealand", "Kiri Ngata|14 Rata Street|Auckland 1010|New Zealand", "1010", "NZ"),
    # Spain and Mexico
    ("Calle Mayor, 5, 28013 Madrid", "Calle Mayor, 5|28013 Madrid", "28013", ""),
    ("Ana Gil\nC/ Sol 14, 3º B\n41001 Sevilla\nEspaña", "Ana Gil|C/ Sol 14|3º B|41001 Sevilla|España", "41001", "ES"),
    ("mi nueva dirección es avenida diagonal 300, 08013 barcelona", "avenida diagonal 300|08013 barcelona", "08013", ""),
    ("Paseo de la Castellana nº 120, E-28046 Madrid", "Paseo de la Castellana nº 120|E-28046 Madrid", "28046", "ES"),
    ("Plaza del Carmen 2\n46003 Valencia", "Plaza del Carmen 2|46003 Valencia", "46003", ""),
    (
        "Av. Juárez 44, Col. Centro, 06010 Ciudad de México, CDMX, México",
        "Av. Juárez 44|Col. Centro|06010 Ciudad de México|México",
        "06010",
        "MX",
    ),
    # Italy
    ("Via Roma 12\n20121 Milano (MI)", "Via Roma 12|20121 Milano (MI)", "20121", "IT"),
    ("il nuovo indirizzo è Viale Europa, 7, 00144 Roma", "Viale Europa, 7|00144 Roma", "00144", ""),
    (
        "Sara Conti\nPiazza Dante 3, interno 4\n80135 Napoli NA\nItalia",
        "Sara Conti|Piazza Dante 3|interno 4|80135 Napoli NA|Italia",
        "80135",
        "IT",
    ),
    ("corso Garibaldi 21, 10122 Torino", "corso Garibaldi 21|10122 Torino", "10122", ""),
    # Netherlands and Belgium
    ("Jan Bos\nKerkstraat 15-2\n1017 GC Amsterdam", "Jan Bos|Kerkstraat 15-2|1017 GC Amsterdam", "1017 GC", "NL"),
    ("naar dorpslaan 8, 3511ab utrecht graag", "dorpslaan 8|3511ab utrecht", "3511AB", "NL"),
    ("Postbus 120, 2501 CA Den Haag", "Postbus 120|2501 CA Den Haag", "2501 CA", "NL"),
    ("Nieuwe Gracht 40 H\n3512 LS Utrecht\nNederland", "Nieuwe Gracht 40 H|3512 LS Utrecht|Nederland", "3512 LS", "NL"),
    ("Rue Haute 20 bte 3, 1000 Bruxelles, Belgique", "Rue Haute 20 bte 3|1000 Bruxelles|Belgique", "1000", "BE"),
    ("Stationsstraat 9 bus 2\n9000 Gent\nBelgië", "Stationsstraat 9 bus 2|9000 Gent|België", "9000", "BE"),
    ("Meir 44\nB-2000 Antwerpen", "Meir 44|B-2000 Antwerpen", "2000", "BE"),
    # Switzerland and Austria
    ("Bahnhofstrasse 20\n8001 Zürich\nSchweiz", "Bahnhofstrasse 20|8001 Zürich|Schweiz", "8001", "CH"),
    ("Rue du Lac 6, CH-1003 Lausanne", "Rue du Lac 6|CH-1003 Lausanne", "1003", "CH"),
    ("Mariahilfer Straße 10/2/14, 1070 Wien, Österreich", "Mariahilfer Straße 10/2/14|1070 Wien|Österreich", "1070", "AT"),
    ("Max Huber\nGetreidegasse 8\nA-5020 Salzburg", "Max Huber|Getreidegasse 8|A-5020 Salzburg", "5020", "AT"),
    # Poland and Czechia
    ("ul. Długa 5 m. 12, 00-238 Warszawa", "ul. Długa 5 m. 12|00-238 Warszawa", "00-238", "PL"),
    ("Ewa Nowak\nal. Jana Pawła II 22\n31-571 Kraków\nPolska", "Ewa Nowak|al. Jana Pawła II 22|31-571 Kraków|Polska", "31-571", "PL"),
    ("os. Piastów 7/3\n60-101 Poznań", "os. Piastów 7/3|60-101 Poznań", "60-101", "PL"),
    ("Dlouhá 12\n110 00 Praha 1\nČeská republika", "Dlouhá 12|110 00 Praha 1|Česká republika", "110 00", "CZ"),
    # Nordic countries
    ("Storgatan 12 B\n111 29 Stockholm\nSverige", "Storgatan 12 B|111 29 Stockholm|Sverige", "111 29", "SE"),
    ("skicka till Björkvägen 3, SE-412 51 Göteborg", "Björkvägen 3|SE-412 51 Göteborg", "412 51", "SE"),
    ("Nyhavn 12, 2. tv\n1051 København K\nDanmark", "Nyhavn 12|2. tv|1051 København K|Danmark", "1051", "DK"),
    ("Vestergade 4, DK-8000 Aarhus", "Vestergade 4|DK-8000 Aarhus", "8000", "DK"),
    ("Kari Dahl\nFjordveien 18\n0150 Oslo\nNorge", "Kari Dahl|Fjordveien 18|0150 Oslo|Norge", "0150", "NO"),
    ("Postboks 77, NO-5003 Bergen", "Postboks 77|NO-5003 Bergen", "5003", "NO"),
    ("Mannerheimintie 5 A\n00100 Helsinki\nFinland", "Mannerheimintie 5 A|00100 Helsinki|Finland", "00100", "FI"),
    ("Koivukatu 9, FI-33100 Tampere", "Koivukatu 9|FI-33100 Tampere", "33100", "FI"),
    # Ireland
    ("Aoife Daly\n12 Main Street\nEnnis\nCo. Clare\nV95 X2T4", "Aoife Daly|12 Main Street|Ennis|Co. Clare|V95 X2T4", "V95 X2T4", "IE"),
    ("25 Harbour View, Dublin 2, D02 X285", "25 Harbour View|Dublin 2, D02 X285", "D02 X285", "IE"),
    # Portugal and Brazil
    ("Rua das Flores 30, 2º Esq\n1200-195 Lisboa", "Rua das Flores 30|2º Esq|1200-195 Lisboa", "1200-195", "PT"),
    ("Travessa do Carmo, 8, 4050-001 Porto, Portugal", "Travessa do Carmo, 8|4050-001 Porto|Portugal", "4050-001", "PT"),
    ("Rua Augusta, 1500, São Paulo - SP, 01304-001", "Rua Augusta, 1500|São Paulo - SP, 01304-001", "01304-001", "BR"),
    # Asia, romanised
    ("1-2-3 Jingumae, Shibuya-ku, Tokyo 150-0001, Japan", "1-2-3 Jingumae|Shibuya-ku|Tokyo 150-0001|Japan", "150-0001", "JP"),
    ("152 Teheran-ro, Gangnam-gu, Seoul 06236, South Korea", "152 Teheran-ro|Gangnam-gu|Seoul 06236|South Korea", "06236", "KR"),
    ("No. 100 Century Avenue, Pudong, Shanghai 200120, China", "100 Century Avenue|Pudong|Shanghai 200120|China", "200120", "CN"),
    ("Flat 12B, 88 Nathan Road, Tsim Sha Tsui, Hong Kong", "Flat 12B|88 Nathan Road|Tsim Sha Tsui|Hong Kong", "", "HK"),
    ("10 Orchard Road #05-12, Singapore 238826", "10 Orchard Road #05-12|Singapore 238826", "238826", "SG"),
    # Japanese
    ("〒150-0001 東京都渋谷区神宮前1-2-3", "〒150-0001 東京都渋谷区神宮前1-2-3", "150-0001", "JP"),
    (
        "〒530-0001\n大阪府大阪市北区梅田3丁目1番\nサクラハイツ 201号室",
        "〒530-0001|大阪府大阪市北区梅田3丁目1番|サクラハイツ 201号室",
        "530-0001",
        "JP",
    ),
    ("新しい住所は〒604-8005 京都府京都市中京区河原町2-4です。", "〒604-8005 京都府京都市中京区河原町2-4", "604-8005", "JP"),
    (
        "田中 花子\n〒220-0012 神奈川県横浜市西区みなとみらい2-2-1",
        "田中 花子|〒220-0012 神奈川県横浜市西区みなとみらい2-2-1",
        "220-0012",
        "JP",
    ),
    # Korean
    ("서울특별시 강남구 테헤란로 152, 06236", "서울특별시 강남구 테헤란로 152, 06236", "06236", "KR"),
    ("(48060) 부산광역시 해운대구 센텀로 45 101동 202호", "(48060) 부산광역시 해운대구 센텀로 45 101동 202호", "48060", "KR"),
    ("김민수\n경기도 성남시 분당구 불정로 6 (13561)", "김민수|경기도 성남시 분당구 불정로 6 (13561)", "13561", "KR"),
    # Chinese
    ("广东省深圳市南山区科技园路12号3栋502室", "广东省深圳市南山区科技园路12号3栋502室", "", "CN"),
    ("李明 13912345678 浙江省杭州市西湖区文三路90号", "李明|浙江省杭州市西湖区文三路90号", "", "CN"),
    ("收件人：王芳\n电话：13612345678\n地址：江苏省南京市玄武区中山路18号", "江苏省南京市玄武区中山路18号", "", "CN"),
    ("收件人：王芳，电话：13612345678，地址：四川省成都市武侯区人民南路8号", "王芳|四川省成都市武侯区人民南路8号", "", "CN"),
    ("106台北市大安區和平東路二段10號", "台北市大安區和平東路二段10號", "106", "TW"),
    ("香港九龍彌敦道100號5樓", "香港九龍彌敦道100號5樓", "", "HK"),
    # forms
    (
        "Name: Eva Lang\nStreet: Lindenweg 4\nCity: Berlin\nZIP: 10115\nCountry: Germany",
        "Eva Lang|Lindenweg 4|10115 Berlin|Germany",
        "10115",
        "DE",
    ),
    ("Name: Eva Lang Street: Lindenweg 4 City: Berlin ZIP: 10115", "Eva Lang|Lindenweg 4|10115 Berlin", "10115", ""),
    (
        "Vorname: Eva\nNachname: Lang\nStraße: Lindenweg\nHausnummer: 4\nPLZ: 10115\nOrt: Berlin",
        "Eva Lang|Lindenweg 4|10115 Berlin",
        "10115",
        "",
    ),
    (
        "Nom : Luc Morel\nAdresse : 12 rue Basse\nCode postal : 59000\nVille : Lille\nPays : France",
        "Luc Morel|12 rue Basse|59000 Lille|France",
        "59000",
        "FR",
    ),
    ("Nombre: Ana Gil\nCalle: Sol 14\nCódigo postal: 41001\nCiudad: Sevilla", "Ana Gil|Sol 14|41001 Sevilla", "41001", ""),
    ("Nome: Sara Conti\nIndirizzo: Via Po 3\nCAP: 10123\nCittà: Torino", "Sara Conti|Via Po 3|10123 Torino", "10123", ""),
    (
        "Naam: Jan Bos\nStraat: Kerkstraat\nHuisnummer: 15\nPostcode: 1017 GC\nPlaats: Amsterdam",
        "Jan Bos|Kerkstraat 15|1017 GC Amsterdam",
        "1017 GC",
        "",
    ),
    (
        "Imię i nazwisko: Ewa Nowak\nUlica: Długa 5\nKod pocztowy: 00-238\nMiasto: Warszawa",
        "Ewa Nowak|Długa 5|00-238 Warszawa",
        "00-238",
        "",
    ),
    (
        "Full name: Ed Ruiz\nAddress line 1: 12 Quail Ct\nCity: Mesa\nState: AZ\nZip code: 85201",
        "Ed Ruiz|12 Quail Ct|Mesa, AZ 85201",
        "85201",
        "",
    ),
    ("new adress:Lindenweg 4,10115 Berlin", "Lindenweg 4|10115 Berlin", "10115", ""),
    ("Name: John Smith\nAddress: 12 Elm Road, Manchester M1 2AB", "John Smith|12 Elm Road|Manchester M1 2AB", "M1 2AB", "GB"),
    ("Hauptplatz 1, 4020 Linz, AT", "Hauptplatz 1|4020 Linz|AT", "4020", "AT"),
    ("12 rue Basse, 59000, Lille", "12 rue Basse|59000|Lille", "59000", ""),
    ("广东省 广州市 天河区 体育西路 103号 1203室，张伟，13800138000", "张伟|广东省 广州市 天河区 体育西路 103号 1203室", "", "CN"),
    # running text, old and new
    ("Change it from 17 Elm Road, York YO1 7HH to 5 Mill Lane, Leeds LS1 4AP", "5 Mill Lane|Leeds LS1 4AP", "LS1 4AP", "GB"),
    ("Send it to 5 Mill Lane, Leeds LS1 4AP instead of 17 Elm Road, York YO1 7HH", "5 Mill Lane|Leeds LS1 4AP", "LS1 4AP", "GB"),
    ("New address:\n5 Mill Lane\nLeeds LS1 4AP\n\nOld address:\n17 Elm Road\nYork YO1 7HH", "5 Mill Lane|Leeds LS1 4AP", "LS1 4AP", "GB"),
    ("Neue Anschrift: Lindenweg 4, 10115 Berlin. Alte Anschrift: Gartenweg 3, 80331 München", "Lindenweg 4|10115 Berlin", "10115", ""),
    ("nicht an Gartenweg 3, 80331 München, sondern an Lindenweg 4, 10115 Berlin", "Lindenweg 4|10115 Berlin", "10115", ""),
    ("Livrez au 12 rue Basse, 59000 Lille au lieu de 3 rue Haute, 31000 Toulouse", "12 rue Basse|59000 Lille", "59000", ""),
    ("La nueva es Calle Sol 14, 41001 Sevilla y la antigua Calle Mayor 5, 28013 Madrid", "Calle Sol 14|41001 Sevilla", "41001", ""),
    ("请把地址从北京市朝阳区建国路1号改成上海市浦东新区世纪大道100号", "上海市浦东新区世纪大道100号", "", "CN"),
    ("新地址：上海市浦东新区世纪大道100号，旧地址：北京市朝阳区建国路1号", "上海市浦东新区世纪大道100号", "", "CN"),
    ("Please use 5 Mill Lane, Leeds LS1 4AP, not 17 Elm Road, York YO1 7HH", "5 Mill Lane|Leeds LS1 4AP", "LS1 4AP", "GB"),
    ("I typed the wrong address, please use 5 Mill Lane, Leeds LS1 4AP.", "5 Mill Lane|Leeds LS1 4AP", "LS1 4AP", "GB"),
    ("Hi,\nthanks for the quick reply.\n\nIt is 5 Mill Lane, Leeds LS1 4AP.\n\nBest,\nJane", "5 Mill Lane|Leeds LS1 4AP", "LS1 4AP", "GB"),
]


@pytest.mark.parametrize(("text", "lines", "postcode", "country"), WHOLE)
def test_a_whole_address_is_read_with_postcode_and_country(text: str, lines: str, postcode: str, country: str) -> None:
    address = find_address(text)
    assert address is not None
    assert ("|".join(address.lines), address.postcode, address.country, address.missing) == (lines, postcode, country, ())


PARTIAL = [
    ("please change the address to 17 Elm Road", ("postcode", "city")),
    ("please send it to 17 Elm Road, Manchester", ("postcode",)),
    ("my address is Lindenweg, 10115 Berlin", ("house_number",)),
    ("Meine Anschrift:\n10115 Berlin", ("street", "house_number")),
    ("my new address: 12 rue de la Paix, 75002", ("city",)),
    ("my new address is 17 Elm Road, M1 2AB", ("city",)),
    ("送到江苏省南京市玄武区", ("street", "house_number")),
    ("東京都渋谷区神宮前1-2-3に送ってください", ("postcode",)),
    ("서울특별시 강남구 테헤란로 152 로 보내주세요", ("postcode",)),
    ("Name: Eva Lang\nStreet: Lindenweg\nCity: Berlin\nZIP:", ("house_number", "postcode")),
    ("Straße: Lindenweg 4\nOrt:\nPLZ: 10115", ("city",)),
]


@pytest.mark.parametrize(("text", "missing"), PARTIAL)
def test_what_a_carrier_would_miss_is_named(text: str, missing: tuple[str, ...]) -> None:
    address = find_address(text)
    assert address is not None
    assert address.missing == missing


NONE = [
    "",
    "Hello",
    "3 lamps and 20 bulbs",
    "I ordered 3 lamps and 20 bulbs, order 10432",
    "Where is order 12345 London?",
    "I paid 12000 EUR on 12 March 2026",
    "My order 4711, 10115 pieces, has not come",
    "Bestellung 4711, 10115 Stück",
    "Order #1042, placed 2026-03-01, 2 items on the way",
    "It takes 3 weeks to get here",
    "5 days way too long",
    "I bought 2 items in one place",
    "We drive 20 minutes to the court",
    "Call me on 0161 496 0000",
    "Tel. +49 30 1234567",
    "My e-mail address is anna12@example.org",
    "please change my email address to anna.kern@example.org",
    "The IP address 10.0.0.12 is blocked",
    "Thanks\nAnna Kern",
    "Best regards\nAnna Kern\n+44 161 496 0000",
    "Where is it?\n\nMit freundlichen Grüßen\nEva Lang\nMuster GmbH\nLindenweg 4\n10115 Berlin\nTel. 030 1234567",
    "Where is my parcel?\n\nKind regards,\nJane Fox\nFox & Sons Ltd\n5 Mill Lane\nYork YO1 7HH\nPhone: 01904 123456",
    "Bonjour, où est mon colis ?\n\nCordialement\nLuc Morel\n12 rue Basse\n59000 Lille\nTél. 03 20 12 34 56",
    "Muster GmbH, Lindenweg 4, 10115 Berlin, HRB 12345",
    "Fox Ltd. Registered office: 5 Mill Lane, York YO1 7HH. Company number 01234567",
    "-- \nEva Lang\nLindenweg 4\n10115 Berlin\nwww.example.org",
    "Can I return 2 chairs?",
    "Version 12 close to 2026",
    "The lamp is 120 cm wide and 60 cm high",
    "Size 42, colour blue",
    "I am 12345 miles away",
    "via email 12345",
    "Sent from my iPhone 15",
    "Rechnung 2026-1042 vom 12.03.2026",
    "Kundennummer 10115 Berliner",
    "Der Ring 54 passt nicht",
    "Die Kette 45 cm ist zu kurz",
    "Ich warte seit 3 Wochen",
    "Am Montag 3 Stück bestellt",
    "Im März 2026 bestellt",
    "La commande 75002 n'est pas arrivée",
    "J'ai payé 120 euros le 3 mars",
    "Il y a 2 articles dans le colis",
    "Pedido 28013 sin entregar",
    "Hace 3 semanas que espero",
    "Ho ordinato 2 lampade il 5 maggio",
    "Ordine 20121 non arrivato",
    "Bestelling 1017 niet ontvangen",
    "Zamówienie 00238 nie doszło",
    "我的订单号是8192736450012345，请取消",
    "请问什么时候发货？我等了10天了",
    "多少钱？一共3个，200元",
    "注文番号12345をキャンセルしてください",
    "3月10日に注文しました",
    "주문번호 12345 취소해 주세요",
    "3일 전에 주문했어요",
    "RB123456785CN is stuck",
    "1Z5R89390357567127 was sent on the 3rd",
    "What is your address?",
    "My old address was 17 Elm Road, York YO1 7HH",
    "Is it 12 V or 24 V, 60 W?",
    "On Aug 22, 2011, at 7:37 PM, Ann wrote",
    "Please send it to me within 5 days, Berlin 2026",
    "The address is the same, I have ordered 2 sofas, 3 beds and 12 square meters of carpet",
    "I want 1 XL and 2 M, not 3 S",
    "Can you deliver on 12 May between 10 and 12?",
    "Discount code SAVE20 gives 10 off 50",
    "Name: Eva\nOrder number: 10432\nPhone: 0301234567",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_address_of_the_customer_is_left(text: str) -> None:
    assert find_address(text) is None


HOSTILE = [
    "1 " * 10_000,
    "Berlin " * 3_000,
    "12345 Berlin, " * 1_500,
    "1 st " * 4_000,
    "12 Elm Road\n" * 1_700,
    ("Lindenweg 4, 12345 Berlin, " * 11 + "\n") * 66,
    "北京市区路1号" * 3_000,
    ("서울 강남구 테헤란로 " * 20 + "\n") * 80,
    ("東京都渋谷区市町" * 35 + "\n") * 80,
    "Name: Street: City: ZIP: " * 800,
    "a" * 20_000,
    ":" * 20_000,
    "\n" * 20_000,
    "regards\n" * 2_500 + "12 Elm Road",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_a_long_hostile_text_costs_little(text: str) -> None:
    """The bound is ten times what it takes, so that a busy machine does not fail it, and a quadratic one does."""
    start = time.perf_counter()
    find_address(text[:20_000])
    assert time.perf_counter() - start < 0.5

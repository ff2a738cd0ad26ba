"""Countries as customers write them below an address.

Out:  ISO 3166-1 alpha-2 codes.
Standards: ISO 3166-1; the signs of road vehicles before postcodes ("D-10115"), as the UPU no longer advises but many people write.
"""

_NAMES = {
    "DE": "germany, deutschland, allemagne, alemania, germania, niemcy, duitsland, alemanha, tyskland, 德国, ドイツ, 독일",
    "AT": "austria, österreich, oesterreich, autriche, oostenrijk, áustria, østerrike, österrike",
    "CH": "switzerland, schweiz, suisse, suiza, svizzera, zwitserland, suíça, szwajcaria",
    "FR": "france, frankreich, francia, frankrijk, frança, francja, frankrike, frankrig, 法国, フランス, 프랑스",
    "ES": "spain, spanien, espagne, españa, espana, spagna, spanje, espanha, hiszpania",
    "IT": "italy, italien, italie, italia, italië, itália, włochy",
    "NL": "netherlands, the netherlands, niederlande, pays-bas, países bajos, paesi bassi, nederland, holland, holandia, nederländerna",
    "BE": "belgium, belgien, belgique, bélgica, belgië, belgie, belgio, belgia",
    "LU": "luxembourg, luxemburg, lussemburgo, luxemburgo",
    "PT": "portugal, portogallo, portugalia",
    "PL": "poland, polen, pologne, polonia, polska, polónia, polônia",
    "GB": "united kingdom, uk, u.k, gb, england, scotland, wales, northern ireland, great britain, royaume-uni, großbritannien, "
    "vereinigtes königreich, reino unido, regno unito, verenigd koninkrijk, wielka brytania, 英国, イギリス, 영국",
    "IE": "ireland, irland, irlande, irlanda, ierland, éire, irlandia, republic of ireland",
    "US": "united states, usa, u.s.a, us, u.s, united states of america, estados unidos, états-unis, etats-unis, vereinigte "
    "staaten, stati uniti, "
    "verenigde staten, stany zjednoczone, 美国, アメリカ, 미국",
    "CA": "canada, kanada, canadá, 加拿大",
    "AU": "australia, australien, australie, 澳大利亚",
    "NZ": "new zealand, neuseeland, aotearoa, nouvelle-zélande",
    "SE": "sweden, schweden, sverige, suède, suecia, svezia, zweden, szwecja",
    "DK": "denmark, dänemark, danmark, danemark, dinamarca, danimarca, denemarken, dania",
    "NO": "norway, norwegen, norge, norvège, noruega, norvegia, noorwegen, norwegia",
    "FI": "finland, finnland, suomi, finlande, finlandia",
    "MX": "mexico, méxico, mexiko, mexique, messico",
    "BR": "brasil, brazil, brasilien, brésil, brasile",
    "AR": "argentina",
    "CL": "chile",
    "CO": "colombia",
    "PE": "perú, peru",
    "CN": "china, p.r. china, pr china, people's republic of china, 中国, 中國, 중국",
    "JP": "japan, japon, japón, giappone, 日本, 일본",
    "KR": "south korea, korea, republic of korea, südkorea, corée du sud, corea del sur, 대한민국, 한국, 韩国",
    "HK": "hong kong, hongkong, hong kong sar, 香港",
    "TW": "taiwan, 台灣, 臺灣, 台湾, taiwan r.o.c",
    "SG": "singapore, singapur, singapour, 新加坡",
    "IN": "india, indien, inde",
    "NG": "nigeria",
    "ZA": "south africa",
    "CZ": "czech republic, czechia, tschechien, česko, česká republika, ceska republika, république tchèque",
    "SK": "slovakia, slowakei, slovensko",
    "GR": "greece, griechenland, grèce, grecia, ελλάδα",
    "HU": "hungary, ungarn, magyarország, hongrie",
    "RO": "romania, rumänien, românia, roumanie",
    "TR": "turkey, türkei, türkiye, turquie",
}
COUNTRIES: dict[str, str] = {name.casefold(): code for code, names in _NAMES.items() for name in names.split(", ")}
CODES = frozenset(COUNTRIES.values())
# Before the postcode: "D-10115", "CH-8001".
SIGNS: dict[str, str] = {
    "D": "DE", "A": "AT", "CH": "CH", "F": "FR", "B": "BE", "I": "IT", "E": "ES", "L": "LU", "NL": "NL", "DK": "DK", "S": "SE", "SE": "SE",
    "N": "NO", "NO": "NO", "FI": "FI", "FIN": "FI", "P": "PT", "PT": "PT", "PL": "PL", "CZ": "CZ", "SK": "SK", "GR": "GR", "HU": "HU",
    "RO": "RO", "DE": "DE", "AT": "AT", "FR": "FR", "BE": "BE", "IT": "IT", "ES": "ES", "LU": "LU",
}  # fmt: skip

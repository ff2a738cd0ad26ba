"""Words by which addresses are recognised: streets, regions and countries, as customers write them."""

STREET_SUFFIXES = (
    # German, Dutch and Nordic streets end in the word for street
    "straße|strasse|str\\.?|weg|gasse|platz|allee|ring|ufer|damm|chaussee|hof|steig|pfad|berg|markt|stieg|"
    "straat|laan|plein|gracht|kade|dijk|gatan|vägen|gata|vei|veien|gade|vej|katu|tie"
)
STREET_WORDS = (
    "street|st\\.?|road|rd\\.?|avenue|ave\\.?|lane|ln\\.?|drive|dr\\.?|boulevard|blvd\\.?|court|ct\\.?|close|way|place|pl\\.?|terrace|square|sq\\.?|"
    "crescent|highway|hwy\\.?|parkway|pkwy\\.?|circle|trail|row|grove|gardens?|mews|hill|"
    "rue|av\\.?|bd\\.?|impasse|allée|chemin|quai|cours|route|faubourg|résidence|"
    "calle|c/|avenida|avda\\.?|paseo|plaza|carrera|cra\\.?|camino|carretera|ronda|travesía|pasaje|"
    "via|viale|piazza|corso|vicolo|largo|rua|travessa|praça|ulica|ul\\.?|aleja|al\\.?|plac|os\\.?|osiedle|"
    "p\\.?\\s?o\\.? box|postfach|packstation|bp|apartado|casella postale"
)
US_STATES = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT "
    "VT VA WA WV WI WY DC PR"
).split()
CANADIAN_PROVINCES = "AB BC MB NB NL NS NT NU ON PE QC SK YT".split()
AUSTRALIAN_STATES = "NSW VIC QLD WA SA TAS ACT NT".split()

_NAMES = {
    "DE": "germany, deutschland, allemagne, alemania, germania, niemcy",
    "AT": "austria, österreich, autriche",
    "CH": "switzerland, schweiz, suisse, suiza, svizzera",
    "FR": "france, frankreich, francia",
    "ES": "spain, spanien, espagne, españa, espana",
    "IT": "italy, italien, italie, italia",
    "NL": "netherlands, the netherlands, niederlande, pays-bas, países bajos, nederland, holland",
    "BE": "belgium, belgien, belgique, bélgica, belgië",
    "LU": "luxembourg, luxemburg",
    "PT": "portugal",
    "PL": "poland, polen, pologne, polonia, polska",
    "GB": "united kingdom, uk, england, scotland, wales, great britain, royaume-uni",
    "IE": "ireland, irland, irlande, irlanda",
    "US": "united states, usa, u.s.a., united states of america, estados unidos, états-unis",
    "CA": "canada, kanada, canadá",
    "AU": "australia, australien",
    "NZ": "new zealand",
    "SE": "sweden, schweden, sverige",
    "DK": "denmark, danmark",
    "NO": "norway, norge",
    "FI": "finland, suomi",
    "MX": "mexico, méxico",
    "AR": "argentina",
    "CL": "chile",
    "CO": "colombia",
    "PE": "perú",
    "BR": "brasil, brazil",
    "CN": "china, 中国, 中國",
    "JP": "japan, 日本",
    "KR": "south korea",
    "HK": "hong kong, 香港",
    "TW": "taiwan, 台灣",
    "SG": "singapore",
    "IN": "india",
    "NG": "nigeria",
    "ZA": "south africa",
    "CZ": "czech republic, tschechien",
    "GR": "greece, griechenland",
    "HU": "hungary, ungarn",
    "RO": "romania",
    "TR": "turkey",
}
COUNTRIES: dict[str, str] = {name: code for code, names in _NAMES.items() for name in names.split(", ")}

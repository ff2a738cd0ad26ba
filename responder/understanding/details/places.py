"""Words by which addresses are recognised: streets, boxes, regions and countries, as customers write them."""

# Before a number the street's name ends in one of these: "Lindenweg 4". The second set ends other words too ("ordering 2").
SUFFIXES = tuple(
    "straße strasse str weg gasse platz allee chaussee straat laan plein gracht dijk singel gatan vägen gata gränd veien gate gade vej "
    "stræde katu kuja -ro -daero -gil".casefold().split()
)
WEAK_SUFFIXES = tuple("ring ufer damm hof steig pfad berg markt stieg kade steeg tie vei gård allé tori park".casefold().split())
# Behind the street's name: "12 Elm Road". The second set are words of every day, too.
ENDINGS = frozenset(
    "street st road rd avenue ave av lane ln boulevard blvd crescent cres highway hwy parkway pkwy terrace tce".casefold().split()
)
WEAK_ENDINGS = frozenset(
    "drive dr court ct close way place pl square sq circle cir trail trl row grove gardens garden mews hill parade pde esplanade quay "
    "walk loop alley plaza heights green rise view vale broadway turnpike pike crossing cove bend run route rte gate wharf "
    "strand".casefold().split()
)
HIGHWAYS = frozenset("highway hwy route rte".casefold().split())
# Before the street's name: "12 rue de la Paix", "Calle Mayor 5". The second set are words of every day, too.
BEGINNINGS = frozenset(
    "rue avenue av bd boulevard blvd impasse allée allee chemin quai faubourg résidence residence ruelle venelle "
    "calle c/ avenida avda avd carrera cra camino carretera ctra ronda travesía travesia pasaje paseo callejón calzada blvr "
    "viale piazza corso vicolo piazzale strada rua r travessa praça praca alameda estrada rodovia largo "
    "ulica ul aleja aleje al plac pl os osiedle ulice náměstí".casefold().split()
)
WEAK_BEGINNINGS = frozenset("via place cours route square passage villa plaza cité lotissement hameau".casefold().split())
# Taken for a street and its number: "Postfach 12 34", "Packstation 123".
BOXES = frozenset("postfach packstation postbus postboks apartado postlokero skrytka bp locker pobox".casefold().split())
BEFORE_BOX = frozenset("po p.o p.o. p gpo private locked".casefold().split())
GERMAN_BEGINNINGS = frozenset(
    "am an auf im in zum zur unter alte alter neue neuer hinter vor obere untere große kleine lange".casefold().split()
)
HOUSES = frozenset("cottage house farm lodge barn manor hall mill rectory vicarage villa farmhouse bungalow".casefold().split())
UNITS = frozenset(
    "flat apt apartment unit suite ste floor fl room rm level building bldg block lot etage stock stiege tür top wohnung whg og "
    "eg hinterhaus "
    "bât bat bâtiment batiment appt appartement étage esc escalier porte piso puerta pta planta bloque escalera depto interior int col "
    "colonia interno scala palazzo piano bus bte boîte lgh tv th mf kl apto bloco andar sala conjunto m "
    "mieszkanie lok porta c/o".casefold().split()
)
PARTICLES = frozenset(
    "de la le les du des d' del los las el di dei della delle dell' degli da do dos das e y et en sur sous lès aux am an der bei im in ob "
    "aan den upon on the of von vom zum zur und i w nad pod st saint ste sainte".casefold().split()
)
# Before the one who receives, or the place that something goes to.
TO = frozenset("to an à a para naar at chez till til do für for attn".split())
NOT_NAMES = frozenset(
    # function words and others that never stand in the name of a street or of a town when they are written small
    "a an and are as at be because been before but by can could days day did do does email for from get got has have hour hours i if in "
    "instead into is isn't it its items just lamps last me minutes month months more my near need no not now of off on one only or order "
    "ordered our out over paid parcel piece pieces please pls pcs plz she should since so some still than thank thanks that the their then "
    "there they this time times to today too two units until us users was way we week weeks were when where which who will with without "
    "would year years you your kindly rather asap number address customers people points items "
    "aber als an anstatt auf aus bei bitte danke das dass den der des die doch ein eine einen für habe ich im in ist kein mein meine mit "
    "nach nicht noch nur oder schicken senden liefern seit sie sind statt stück tage tagen und uhr um von war wegen wir zu zum zur "
    "adresse anschrift ändern lieferung neue "
    "au aux avec c'est ce cette dans est et il je jours jour la le les livrer ma mais merci mon ne nous on ou par pas pour qui sans s'il "
    "si son sont sur svp un une vous à envoyer plutôt "
    "al con días dias el en es esta está gracias hay lo los las mi muy no para pero por que se sin su un una y enviar favor lugar vez "
    "che con da di e giorni grazie ho il in invece la lo mio non per più sono un una questo "
    "aan alstublieft aub graag bedankt tack takk tak kiitos bij dagen dit een en het ik in is met mijn naar niet of op van voor "
    "com dias do em não nao o obrigado obrigada os para por um uma "
    "dni do i jest na nie proszę prosze w z za".casefold().split()
)
NOT_PLACES = frozenset(
    # written with a capital or not, these are neither streets nor towns
    "order orders bestellung auftrag bestellnummer auftragsnummer kundennummer rechnung commande facture pedido factura ordine fattura "
    "encomenda bestelling zamówienie item artikel article artículo articolo version model modell size größe taille invoice ref reference "
    "customer account konto ticket case iphone galaxy january february march april may june july august september october "
    "november december "
    "feb apr jun jul aug sep sept oct nov dec okt dez name nom nombre nome naam "
    "januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre eur euro euros usd gbp dollar dollars pounds "
    "stück pieces bulbs lamps lampen users units pcs points kg cm mm ml watt volt lumen tel phone telefon mobile fax room zimmer "
    "page seite "
    "chapter step uhr monday tuesday wednesday thursday friday saturday sunday hi hello hallo hey dear guten moin bonjour salut "
    "buongiorno buonasera salve goedendag goedemorgen olá oi witam hej cześć bonjour bonsoir hola buenos "
    "buenas ciao thanks thank danke merci gracias grazie bedankt obrigado obrigada dziękuję kind best regards mit viele "
    "cordialement saludos "
    "sincerely cheers yours please bitte attn mfg sent gesendet envoyé enviado adresse anschrift address dirección indirizzo "
    "adres endereço "
    "lieferadresse bitte parcel package paket colis paquete pacco pakket refund total price preis".casefold().split()
)
US_STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT "
    "VT VA WA WV WI WY DC PR".split()
)
US_STATE_NAMES = frozenset(
    "alabama,alaska,arizona,arkansas,california,colorado,connecticut,delaware,florida,georgia,hawaii,idaho,illinois,indiana,iowa,kansas,"
    "kentucky,louisiana,maine,maryland,massachusetts,michigan,minnesota,mississippi,missouri,montana,nebraska,nevada,new hampshire,"
    "new jersey,new mexico,new york,north carolina,north dakota,ohio,oklahoma,oregon,pennsylvania,rhode island,south carolina,south dakota,"
    "tennessee,texas,utah,vermont,virginia,washington,west virginia,wisconsin,wyoming".split(",")
)
CANADIAN_PROVINCES = frozenset("AB BC MB NB NL NS NT NU ON PE QC SK YT".split())
CANADIAN_NAMES = frozenset("ontario,quebec,québec,british columbia,alberta,manitoba,saskatchewan,nova scotia,new brunswick".split(","))
AUSTRALIAN_STATES = frozenset("NSW VIC QLD WA SA TAS ACT NT".split())
BRAZILIAN_STATES = frozenset("AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO".split())
ITALIAN_PROVINCES = frozenset(
    "AG AL AN AO AP AQ AR AT AV BA BG BI BL BN BO BR BS BT BZ CA CB CE CH CL CN CO CR CS CT CZ EN FC FE FG FI FM FR GE GO GR IM "
    "IS KR LC LE "
    "LI LO LT LU MB MC ME MI MN MO MS MT NA NO NU OR PA PC PD PE PG PI PN PO PR PT PU PV PZ RA RC RE RG RI RM RN RO SA SI SO SP "
    "SR SS SU SV "
    "TA TE TN TO TP TR TS TV UD VA VB VC VE VI VR VT VV".split()
)
# The letters before the first figure of a British postcode.
BRITISH_AREAS = frozenset(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY "
    "HA HD HG HP "
    "HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE "
    "SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE".split()
)

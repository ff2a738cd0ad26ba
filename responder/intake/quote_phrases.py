"""Hold the words with which mail programs set off quoted mail, signatures and footers.

In:   nothing.
Out:  compiled expressions; each is matched against one line, stripped, in lower case, unless it says otherwise.
Limits: languages in order: en de fr es it pt nl pl sv da no fi cs hu ro ru tr ja zh ko, and some neighbours.
"""

import re


def _alternatives(*lines: str) -> str:
    return "(?:" + "|".join(lines) + ")"


# --- attributions: "On 3 May 2024, at 10:12, Anna <a@b.example> wrote:" ---

WROTE = re.compile(
    _alternatives(
        r"wrote|writes|said|schrieb(?: am)?|geschrieben|schreibt|(?:a|à) (?:é|e)crit|(?:é|e)crivait|escribi(?:ó|o)|ha escrito|"
        r"va escriure|ha scritto|scrisse|scrive",
        r"escreveu|schreef(?: het volgende)?|geschreven|napisał(?:\(a\)|a|\(-a\)|/a)?|pisze|pisał(?:a)?|skrev(?: (?:følgende|"
        r"följande))?|skriver|kirjoitti|napsal(?:\(a\)|a)?|napísal(?:\(a\)|a)?|(?:a következőket )?írta(?: \(időpont: "
        r"[^)]{1,60}\))?|ezt írta",
        r"a scris|написал(?:\(а\)|а|и)?|пишет|писал(?:\(а\)|а)?|написав(?:\(ла\))?|пише|(?:şunu |şunları )?yazdı|(?:さん)?(?:は|"
        r"が)?書(?:きました|いた|き込みました)(?:\[?:?\]?)?|のメール|写道|寫道|撰写|님이 (?:작성|쓴 글|쓰셨습니다|작성한 메시지)|작성",
        r"έγραψε|כתב(?:/ה)?|كتب|เขียนว่า|đã viết|menulis|napisao(?: je)?|je napisal(?:/a)?|написа|rašė|rakstīja|kirjutas",
    )
    + r"(?: ?\(via [^)]{1,40}\))?[\s*_]*(?:[:：]|-{2,}|$)"
)
# Where the verb comes before the name; with a pronoun behind it, it is the customer who tells of a letter.
WROTE_NAME = re.compile(
    r"\b(?:schrieb|schreef|skrev) (?!(?:ich|wir|sie|er|es|man|mir|ihnen|ik|wij|we|hij|zij|jij|je|u|jeg|jag|vi|du|ni|han|hun|hon|de|"
    r"dere|i)\b)\S.{0,80}[:：]$"
)
ATTRIBUTION_START = re.compile(
    r"[\s>*_-]{0,8}(?:"
    + _alternatives(
        r"on|at|am|um|le|el|en|a las|il|il giorno|in data|em|op|dnia|w dniu|den|på|pe|ke|la|to|ma|ti|su|dne|dňa|în|in|pe data de|на|"
        r"від|tarihinde|u|dana|v|kl\.?|den|mån|tis|ons|tor|tors|fre|lör|sön|man|tir|fre|lør|søn|в|от|el día|στις|בתאריך|"
        r"в(?: \w{2,3}),?|pada|vào|เมื่อ|بتاريخ|vom|från|fra|von|de|da|from|od|от|quoting|citando|zitat von|begin quote|在|于",
        r"mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|"
        r"freitag|samstag|sonntag|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
        r"dimanche",
        r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|segunda|"
        r"terça|quarta|quinta|sexta|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|wo|vr|za|zo|pon|wt|śr|czw|pt|sob|"
        r"niedz|nd|po|út|st|čt|so|ne|пн|вт|ср|чт|пт|сб|вс|pzt|sal|çar|per|cum|cmt|paz",
    )
    + r"\b|[\s>*_\"-]{0,8}\d)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\w.+'=-]{1,64}@[\w-]{1,63}\.[\w.-]{1,80}")
YEAR_OR_TIME = re.compile(r"(?:19|20)\d\d|\d{1,2}[:.h]\d{2}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d{1,2}(?:시|時|点|點)")

# --- separators: "-----Original Message-----" ---

_ORIGINAL = _alternatives(
    r"original message|original e-?mail|original|reply message|replied message|original appointment|previous message|"
    r"ursprüngliche (?:nachricht|e-?mail|mail)|original(?:nachricht|-nachricht)|message (?:d'origine|d’origine|initial|original)|"
    r"message d'origine",
    r"mensaje original|correo original|messaggio (?:originale|originario)|mensagem original|oorspronkelijk(?:e)? (?:bericht|"
    r"e-?mail)|origineel bericht|(?:wiadomość|wiadomosc) oryginalna|oryginalna wiadomość|pierwotna wiadomość|"
    r"ursprungligt meddelande|originalmeddelande",
    r"oprindelig (?:meddelelse|besked|mail)|opprinnelig (?:melding|e-post)|original(?:melding|meddelelse)|alkuperäinen viesti|"
    r"původní (?:zpráva|e-?mail)|pôvodná správa|eredeti (?:üzenet|levél)|mesaj(?:ul)? original|исходное (?:сообщение|письмо)|"
    r"пересылаемое сообщение назад|первоначальное сообщение|оригинальное сообщение|вихідне повідомлення",
    r"orijinal (?:mesaj|ileti|posta)|özgün ileti|元のメッセージ|元のメール|オリジナルメッセージ|原始邮件|原始郵件|原邮件|"
    r"回复的原邮件|原始信件|邮件原件|원본 ?(?:메일|메시지|이메일)|"
    r"αρχικό μήνυμα|הודעה מקורית|originalna poruka|izvorna poruka|tin nhắn gốc|pesan asli",
)
ORIGINAL = re.compile(
    r"(?:[-_=*~─—–]{2,}[\s>]*"
    + _ORIGINAL
    + r"[\s<]*[-_=*~─—–]*|"
    + _ORIGINAL
    + r"\s*[-_=*~─—–]{3,}|[|]?-{2,} (?:reply to|on) .{5,200} -{2,})$"
)
ZOHO = re.compile(r"-{2,}\s?(?:on|am|le|el|il|em|op) .{8,200}\s?-{2,}$")
_FORWARDED = _alternatives(
    r"forwarded (?:message|e-?mail|mail|by .{1,100})|begin forwarded message|begin forward(?:ed)?|start of forwarded message|fwd|"
    r"weitergeleitete (?:nachricht|e-?mail|mail)|anfang der weitergeleiteten (?:nachricht|e-?mail)|message (?:transféré|réexpédié)|"
    r"début du message (?:réexpédié|transféré)",
    r"mensaje reenviado|inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|mensagem encaminhada|"
    r"mensagem reencaminhada|início da mensagem (?:encaminhada|reencaminhada)|doorgestuurd bericht|begin doorgestuurd bericht|"
    r"wiadomość przekazana|przekazana wiadomość|początek przekazywanej wiadomości",
    r"vidarebefordrat (?:meddelande|brev)|vidarebefordrat mejl|videresendt (?:meddelelse|besked|melding|e-post)|"
    r"start på videresendt besked|begynnelse på videresendt melding|välitetty viesti|edelleenlähetetty viesti|přeposlaná zpráva|"
    r"začátek přeposílané zprávy|preposlaná správa|továbbított (?:üzenet|levél)",
    r"mesaj (?:redirecționat|retrimis|redirectionat)|пересылаемое (?:сообщение|письмо)|пересланное (?:сообщение|письмо)|"
    r"начало переадресованного сообщения|переслане повідомлення|yönlendirilmiş (?:ileti|mesaj)|iletilen (?:ileti|mesaj)|"
    r"転送(?:された)?メッセージ|転送メール|以下は、?.{0,40}転送されたメッセージです|转发(?:的)?邮件信息|转发(?:的)?(?:邮件|信息|"
    r"消息)|轉寄(?:的)?(?:郵件|訊息)|被转发邮件信息|已转发(?:的)?邮件|"
    r"전달된 메(?:일|시지)|προωθημένο μήνυμα|הודעה שהועברה|proslijeđena poruka",
)
FORWARDED = re.compile(
    r"(?:[-_=*~]{2,}\s*" + _FORWARDED + r"\s*[-_=*~]*|" + _FORWARDED + r"\s*[:：](?:\s|$)|.{0,20}以下は、.{0,40}転送.{0,20})"
)
FORWARD_SUBJECT = re.compile(
    r"\s*(?:re\s?:\s*|aw\s?:\s*)?(?:fwd?|wg|tr|rv|reenv|enc|i|doorst|fs|vb|vs|vl|pd|podaj dalej|továbbítás|fw|redir|пересл|ilt|i̇lt|"
    r"転送|转发|轉寄|전달|επ|прд|vidarebefordrat|videresendt|inoltro|inoltra)\s?[:：]",
    re.IGNORECASE,
)

# --- header blocks: "From: … Sent: … To: … Subject: …" ---

_LABELS = {
    "from": r"from|von|de|da|van|od|från|fra|lähettäjä|odesílatel|odosielateľ|feladó|expeditor|de la|от|отправитель|від|kimden|"
    "gönderen|差出人|送信者|发件人|寄件者|寄件人|보낸 ?사람|보낸이|발신|sender|absender|expéditeur|remitente|mittente|remetente|"
    "afzender|από|מאת|от кого|"
    "nadawca|avsändare|dari|von meinem",
    "date": r"sent|date|gesendet|datum|envoyé(?: le)?|enviado(?: el| em)?|data|inviato|verzonden|wysłano|skickat|sendt|dato|"
    "lähetetty|päivämäärä|päiväys|pvm|odesláno|elküldve|küldve|dátum|odoslané|trimis|отправлено|дата|надіслано|"
    "gönderilme(?: tarihi)?|gönderildi|tarih|送信日時|日時|日付|发送时间|发送日期|日期|时间|寄件日期|傳送時間|發送時間|보낸 ?날짜|"
    "날짜|날짜/시간|보낸 ?시간|message du|fecha|"
    "ημερομηνία|נשלח|תאריך|tanggal|când",
    "to": r"to|an|à|a|para|aan|do|till|til|vastaanottaja|komu|címzett|către|catre|la|кому|получатель|kime|alıcı|宛先|收件人|收件者|"
    r"받는 ?사람|"
    "받는이|수신|empfänger|destinataire|destinatario|destinatário|pour|προς|אל|kepada",
    "cc": r"cc|kopie|kopie \(cc\)|copie à|copie|copia|cópia|dw|kopia|kopi|kopio|másolatot kap|másolat|копия|bilgi|抄送|副本|참조|c\.c\.|"
    "bcc|dk|ccn|cci",
    "subject": r"subject|betreff|objet|asunto|oggetto|assunto|onderwerp|temat|ämne|emne|aihe|předmět|predmet|tárgy|subiect|тема|"
    "konu|件名|主题|主旨|主題|标题|제목|sujet|re|θέμα|נושא|perihal",
    "other": r"reply-to|antwort an|importance|priority|wichtigkeit|attachments?|anlagen|priorität|organization|répondre à|"
    "prioridad|重要度|添付ファイル|附件|priorité|pièces jointes",
}
LABEL = re.compile(
    r"[\s>*_•|-]{0,10}(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items()) + r")[\s*_]{0,3}[:：][\s*_]{0,3}",
    re.IGNORECASE,
)
FORM_LABEL = re.compile(
    r"[\s*_]{0,4}(?:message(?: body| text)?|your message|nachricht(?:entext)?|ihre nachricht|mitteilung|kommentar|mensaje|messaggio|"
    r"mensagem|bericht|wiadomość|meddelande|besked|melding|viesti|zpráva|üzenet|mesaj|сообщение|mesajınız|内容|お問い合わせ内容|"
    r"留言|문의 ?내용|"
    r"comments?|"
    r"first name|last name|full name|your name|vorname|nachname|prénom|telefon|phone(?: number)?|téléphone|teléfono|order (?:number|"
    r"no|id)|bestellnummer)[\s*_]{0,3}[:：]",
    re.IGNORECASE,
)

# --- signatures, taglines, footers ---

TAGLINE = re.compile(
    r"[\s_*-]{0,4}(?:"
    r"sent (?:from|via|by|with|using) (?:my |the )?(?:[\w+'’&()/ -]{0,30}\b)?(?:i ?phone|i ?pad|i ?pod|blackberry|android|samsung|"
    r"galaxy|windows phone|smart ?phone|mobile(?: device| phone)?|phone|tablet|htc|huawei|xiaomi|redmi|oneplus|pixel|nokia|lumia|"
    r"wiko|motorola|moto|sony|xperia|lg|oppo|vivo|realme|honor|handheld|mac|macbook|laptop|device|handy|outlook|gmail|gmx|yahoo|"
    r"mail|typeapp|bluemail|proton|protonmail|canary|airmail|spark|edison|aqua|tutanota|tuta|fairphone|gionee|asus|zte|nexus|kindle|"
    r"verizon|t-mobile|at&t|o2|ios|symbian|palm|treo|zoho|hey|superhuman|mailbird|thunderbird|em client|boxer|nine|k-9|newton|"
    r"cloudmagic|missive|front|workspace|icloud|hotmail|aol|libero|orange|web\.de|freemail|1&1)(?:[\w+'’&()/. ,-]{0,40})"
    r"|sent from my [\w+'’&()/ -]{2,40}|get (?:the )?outlook for (?:ios|android|mac|windows).{0,10}|"
    r"sent from mail for windows(?: \d+)?|get bluemail for .{2,20}|(?:this )?(?:e-?mail|message) (?:was )?sent (?:from|"
    r"via) (?:my )?(?:mobile|phone|blackberry|handheld).{0,30}|download (?:the )?.{2,20} app.{0,20}|sent with (?:proton ?mail|spark|"
    r"airmail|mailbutler|aqua mail).{0,40}|typed (?:on|with) .{2,40}(?:phone|thumbs?|glass)|please excuse (?:any |my )?(?:typos?|"
    r"brevity|spelling).{0,60}|sent on the go.{0,30}"
    r"|(?:von|mit) (?:meinem?|mein)\w* .{2,40}(?:gesendet|geschickt|gesandt|verschickt).{0,10}|gesendet (?:von|mit|über|"
    r"aus) .{2,60}|diese (?:nachricht|e-?mail|mail) wurde (?:von|mit) (?:meinem?|mein|der|einem|unterwegs).{2,60}(?:gesendet|"
    r"geschickt|verfasst)|von unterwegs (?:gesendet|geschickt|gesandt).{0,20}|hol(?:en sie sich)?(?:e dir)? outlook für .{2,20}|"
    r"outlook für (?:ios|android).{0,20}(?:beziehen|herunterladen|holen)"
    r"|envoy(?:é|ée|e) (?:de|depuis|à partir de|a partir de|avec|par|via|à l'aide de) .{2,60}|obtenir outlook pour .{2,20}|"
    r"télécharge[rz] outlook pour .{2,20}|(?:enviado|mandado) (?:desde|con|de|do|da|pelo|pela|a partir d[eoa]|"
    r"através d[eoa]) .{2,60}|obt(?:ener|enga|ém|er|enha) (?:o )?outlook (?:para|for) .{2,20}|inviato (?:da(?:l|lla|l mio|lla mia|"
    r"ll')?|con|tramite) ?.{2,60}|(?:scarica|ottieni) outlook per .{2,20}"
    r"|verzonden (?:vanaf|met|via|van|vanuit) .{2,60}|verstuurd (?:vanaf|met|via|van|vanuit) .{2,60}|outlook voor (?:ios|"
    r"android) .{2,30}|download outlook voor .{2,20}|wysłan[eoay] (?:z|za pomocą|przez|przy użyciu) .{2,60}|(?:pobierz|"
    r"uzyskaj) (?:aplikację )?outlook dla .{2,30}|(?:skickat|skickades|sänt) (?:från|med|via) .{2,60}|hämta outlook för .{2,20}|"
    r"sendt (?:fra|med|via) .{2,60}|(?:hent|få) outlook (?:til|for) .{2,20}|(?:lähetetty|lähetin) .{2,60}|hanki outlook .{2,20}"
    r"|odesláno (?:z|ze|pomocí|prostřednictvím) .{2,60}|odoslané (?:z|zo|pomocou) .{2,60}|získ(?:at|ejte) outlook pro .{2,20}|"
    r"(?:elküldve|küldve) .{2,60}|.{2,40}(?:ről|ról|emről|omról|ből|ból) (?:küldve|küldtem)|trimis (?:de pe|din|de la|cu|"
    r"prin) .{2,60}|отправлено (?:с|из|через|со) .{2,60}|надіслано (?:з|із|за допомогою) .{2,60}|скачать outlook для .{2,20}|"
    r".{2,40}(?:['’]?(?:mdan|den|dan|mden|umdan|ımdan|imden|ümden|ten|tan)) gönderildi|.{2,40} ile gönderildi|outlook for (?:ios|"
    r"android).{0,12}|ios için outlook.{0,20}|android için outlook.{0,20}"
    r"|(?:私の)?[\w ]{1,30}から送信|.{1,30}(?:より|で)送信|(?:ios|android) (?:版 )?outlook(?: を入手| 下载)?|获取 outlook for .{2,12}|"
    r"下载适用于.{2,12}的 outlook|发自我的.{1,30}|發自我的.{1,30}|从我的.{1,20}发送|從我的.{1,20}(?:傳送|發送)|(?:来自|發自|发自|"
    r"寄自) ?.{1,25}(?:邮箱|手机|iphone|ipad|"
    r"android|客户端|邮件|手機)?|使用.{1,20}发送|通过.{1,20}发送|나의 .{1,20}에서 (?:보냄|전송)|내 .{1,20}에서 (?:보냄|전송)|"
    r".{1,20}에서 (?:보냄|전송함|보낸 메일)|(?:ios|"
    r"android)용 outlook.{0,10}"
    r"|.{0,20}virus-free\..{0,40}|(?:this )?(?:e-?mail|message) (?:has been )?(?:checked|scanned) for viruses by .{2,60}|"
    r"diese e-?mail wurde (?:von .{2,40} )?auf viren geprüft.{0,60}|.{0,10}libre de virus\..{0,40}|"
    r".{0,10}(?:garanti )?sans virus\..{0,40}|mail priva di virus\..{0,40}|virenfrei\..{0,40}|virusvrij\..{0,40}|"
    r"l'absence de virus dans ce courrier.{0,80}|wolny od wirusów\..{0,40}"
    r")[\s.!_*-]{0,4}(?:<[^<>\s]{1,300}>|\[?https?://\S{1,300})?[\s.]{0,3}$"
)
# Taglines begin with words that sentences begin with as well; a sentence has these signs in it, or ends like one.
SENTENCE = re.compile(
    r"[?;]|, (?:is|and|but|to|und|aber|et|y|e|so|that|which|as|the|not|when)\b|\b(?:yesterday|today|order|parcel|package|bestellung|"
    r"paket|invoice|colis|commande|pedido|paczk|ordine|pacco|encomenda|bestelling|pakket)\w*"
)
PRINTING = re.compile(
    r".{0,10}(?:(?:please )?(?:consider|think (?:of|about)) (?:the|our) (?:environment|planet)|save (?:a tree|paper)|"
    r"(?:bitte )?(?:denken sie|denk) (?:bitte )?an (?:die|unsere) umwelt|bitte prüfen sie,? ob diese (?:e-?mail|mail)|(?:pensez|"
    r"penser) (?:à|a) l'environnement|(?:antes de imprimir|piense en el medio)|"
    r"(?:prima di stampare|pensa all'ambiente|rispetta l'ambiente)|(?:pense no ambiente|antes de imprimir)|(?:denk aan het milieu)|"
    r"(?:zanim wydrukujesz|pomyśl o środowisku)|(?:tänk på miljön)|(?:tænk på miljøet)|(?:tenk på miljøet))"
)
_MAIL_WORDS = (
    r"e-?mail|message|nachricht|mail\b|mensaje|correo|messaggio|mensagem|bericht|wiadomo|meddelande|meddelelse|melding|"
    r"viesti|zpráv|üzenet|levél|mesaj|сообщени|письм|ileti|e-posta|メール|邮件|郵件|메일|courriel"
)
_SECRET_WORDS = (
    r"confiden|vertraulich|privileged|riservat|vertrouwelijk|poufn|konfiden|fortrolig|luottamuks|důvěrn|bizalmas|"
    r"конфиденц|gizli|機密|秘密|保密|机密|기밀|legally protected|proprietary"
)
_READER_WORDS = (
    r"recipient|addressee|intended|empfänger|adressat|destinat|ontvanger|geadresseerd|odbiorc|mottagar|modtager|"
    r"mottaker|vastaanottaj|příjemc|címzett|получател|адресат|alıcı|宛先|受信|受取|收件|수신|unauthori|erroneously|by "
    r"mistake|in error|irrtümlich|par erreur|por error"
)
LEGAL_PARTS = (re.compile(_MAIL_WORDS), re.compile(_SECRET_WORDS), re.compile(_READER_WORDS))
LEGAL_HEADING = re.compile(
    r"[\s*_#=-]{0,6}(?:disclaimer|confidentiality (?:notice|note|statement)|legal (?:notice|disclaimer)|haftungsausschluss|"
    r"vertraulichkeitshinweis|rechtlicher hinweis|avis de confidentialité|aviso (?:legal|de confidencialidad)|"
    r"avviso di riservatezza|aviso de confidencialidade)[\s*_:.-]{0,6}$"
)
CLOSING = re.compile(
    r"(?:(?:best|kind|kindest|warm|warmest|many|with best|with kind|with) regards|regards|best wishes|yours (?:truly|faithfully)|"
    r"cheers|all the best|"
    r"(?:mit )?(?:freundliche[nm]?|beste[nm]?|liebe[nm]?|viele[nm]?|herzliche[nm]?|schöne[nm]?|sonnige[nm]?) (?:grüße[n]?|grüssen?|"
    r"gruß|gruss|gruessen?)|mfg|lg|vg|hochachtungsvoll|grüße|gruß|(?:bien )?cordialement|(?:bien )?à vous|"
    r"salutations(?: distinguées)?|meilleures salutations|bien à toi|"
    r"(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|un saludo|cordiali saluti|distinti saluti|saluti|cordialmente|"
    r"atenciosamente|(?:com os )?(?:melhores )?cumprimentos|att|(?:met )?vriendelijke groet(?:en)?|groet(?:en|jes)?|mvg|"
    r"hartelijke groet(?:en)?|"
    r"(?:serdecznie )?pozdrawiam(?: serdecznie)?|z (?:powa(?:ż|z)aniem|wyrazami szacunku)|pozdrowienia|(?:med )?(?:vänliga?|"
    r"vänlig) hälsning(?:ar)?|mvh|hälsningar|hälsning|(?:med )?venlig hilsen|(?:med )?vennlig hilsen|(?:de )?bedste hilsner|hilsen|"
    r"kh|vh|dbh|med hilsen|ystävällisin terveisin|terveisin|t\.|yst\. ?terv\.?|"
    r"s pozdravem|s přátelským pozdravem|s úctou|s pozdravom|hezký den|üdvözlettel|tisztelettel|köszönettel|cu (?:stimă|respect|"
    r"drag)|с уважением|с наилучшими пожеланиями|всего доброго|з повагою|saygılarımla|saygılarımızla|iyi günler|sevgiler|"
    r"(?:以上、?)?(?:よろしく|宜しく)お願い(?:いた|致)?(?:いたし|し)?ます|敬具|此致|祝好|顺祝商祺|顺颂商祺|謹啟|감사합니다|"
    r"수고하세요)[\s,.!，、。:)-]{0,4}$"
)

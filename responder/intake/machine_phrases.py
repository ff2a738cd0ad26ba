"""Hold the words by which automatic mail is known, where its fields do not say what it is.

In:   nothing.
Out:  phrases in lower case, NFKC; each compiled expression is matched from the beginning of a subject or of a line.
Limits: a phrase stands here only when a customer of a shop would not begin a subject, or a mail, with it.
"""

import re
from collections.abc import Iterable

# A person who writes about an automatic reply goes on with words; the notice itself goes on with a colon, or ends.
_ENDED = r"(?=\s*(?:[:：!.,(\[\]【】|/~*_<>\"'»）)-]|–|—|$))"

# Notices of absence and automatic answers; in this order: en de fr es it pt nl pl sv da no fi cs hu ro ru tr ja zh ko …
_AUTOMATIC_SUBJECTS = (
    "automatic reply|auto reply|auto-reply|autoreply|auto response|auto-response|autoresponse|automatic response|automated reply|"
    "automated response|"
    "automatic e-mail reply|automatic email reply|auto responder|autoresponder|auto-responder|out of office|out of the office|"
    "out of office reply|"
    "out of office autoreply|out of office auto reply|out of office automatic reply|out-of-office|out-of-office reply|"
    "out of office notification|"
    "i am out of the office|i'm out of the office|i am currently out of the office|away from my mail|away from office|"
    "away from the office|"
    "vacation reply|vacation message|vacation notice|vacation autoreply|on vacation|on annual leave|on leave|on holiday|"
    "on maternity leave|"
    "on parental leave|ooo|oof|ooto|auto: re|auto: aw|autorespond|automatically generated reply|away message|"
    "no longer with the company|"
    "no longer works here|email address no longer in use|change of email address|not in the office",
    "automatische antwort|automatische rückantwort|automatische antwort auf ihre nachricht|abwesenheitsnotiz|abwesenheitsmeldung|"
    "abwesenheitsbenachrichtigung|abwesenheitsassistent|abwesenheitsnachricht|abwesenheit|abwesend|automatische abwesenheitsnotiz|"
    "auto-antwort|autoantwort|automatische e-mail|"
    "automatische empfangsbestätigung|ich bin im urlaub|bin im urlaub|nicht im büro|ausser haus|außer haus|ich bin nicht im büro|"
    "eingangsbestätigung|automatische eingangsbestätigung",
    "réponse automatique|reponse automatique|réponse d'absence|message d'absence|absence du bureau|absent du bureau|absence|absent|"
    "en congé|en congés|"
    "en vacances|notification d'absence|je suis absent|je suis absente|accusé de réception automatique|message automatique",
    "respuesta automática|respuesta automatica|autorespuesta|fuera de la oficina|fuera de oficina|ausente de la oficina|ausencia|"
    "estoy fuera de la oficina|"
    "respuesta de ausencia|mensaje automático|de vacaciones|resposta automàtica",
    "risposta automatica|fuori ufficio|fuori sede|messaggio automatico|assenza dall'ufficio|assente dall'ufficio|sono in ferie|"
    "risposta automatica assenza|risponditore automatico|in ferie",
    "resposta automática|resposta automatica|resposta de ausência|fora do escritório|ausência temporária|ausente do escritório|"
    "mensagem automática|"
    "ausência do escritório|estou de férias|de férias|ausência",
    "automatisch antwoord|automatische beantwoording|afwezigheidsbericht|afwezigheidsmelding|afwezig|afwezigheid|niet op kantoor|"
    "afwezigheidsassistent|automatische reactie|automatisch bericht",
    "automatyczna odpowiedź|odpowiedź automatyczna|autoodpowiedź|nieobecność|nieobecność w biurze|jestem poza biurem|poza biurem|"
    "automatyczna wiadomość|wiadomość automatyczna|autoresponder|urlop",
    "autosvar|automatiskt svar|frånvaromeddelande|frånvaro|inte på kontoret|ej på kontoret|frånvarande|autosvar frånvaro|semester|"
    "automatiskt meddelande",
    "automatisk svar|autosvar|fraværsmeddelelse|fravær|ikke på kontoret|ikke til stede|fraværsbesked|ude af kontoret|ferie|fraværende",
    "automatisk svar|fraværsmelding|fraværsassistent|borte fra kontoret|autosvar|ikke til stede|automatisk melding",
    "automaattinen vastaus|poissaoloviesti|poissa|poissa toimistolta|poissaoloilmoitus|automaattivastaus|lomalla|poissaolo|"
    "automaattinen poissaoloviesti",
    "automatická odpověď|automaticka odpoved|mimo kancelář|nepřítomnost|jsem mimo kancelář|automatická odpoveď|neprítomnosť|"
    "oznámení o nepřítomnosti|mimo kancelárie",
    "automatikus válasz|automata válasz|házon kívül|irodán kívül|automatikus válaszüzenet|szabadságon|nem vagyok az irodában|távollét",
    "răspuns automat|raspuns automat|în afara biroului|absent din birou|mesaj automat|plecat din birou|in afara biroului",
    "автоматический ответ|автоответ|автоответчик|нет на работе|вне офиса|отсутствую|отсутствие на работе|"
    "отсутствие на рабочем месте|я в отпуске|в отпуске|"
    "автоматична відповідь|автовідповідь|автоматичен отговор|извън офиса|аутоматски одговор|automatski odgovor|samodejni odgovor|"
    "automatinis atsakymas|"
    "automātiskā atbilde|automaatvastus|automaatne vastus|résposta automática",
    "otomatik yanıt|otomatik cevap|ofis dışında|ofis dışındayım|otomatik mesaj|izindeyim|ofis dışı",
    "自動応答|自動返信|不在通知|自動応答メッセージ|不在のお知らせ|不在連絡|自動返信メール|自動応答メール|不在応答|【自動返信】|"
    "【自動応答】|【自動送信】|[自動返信]|(自動返信)|自動配信メール",
    "自动回复|自動回覆|自動答覆|自动答复|外出自动回复|不在办公室|不在辦公室|休假中|外出|自動回復|假期自动回复|【自动回复】|"
    "[自动回复]|(自动回复)|自动回信|系统自动回复|外出通知|休假通知",
    "자동 회신|자동 응답|자동회신|자동응답|부재중|부재 중 자동 응답|부재중 알림|부재 중|[자동회신]|[자동응답]|자동 답장|휴가 중",
    "αυτόματη απάντηση|εκτός γραφείου|απουσία|מענה אוטומטי|תשובה אוטומטית|מחוץ למשרד|رد تلقائي|الرد التلقائي|خارج المكتب|"
    "ตอบกลับอัตโนมัติ|trả lời tự động|tự động trả lời|"
    "balasan otomatis|balas otomatis|svar automatik|automatski odgovor|automatyczne potwierdzenie|پاسخ خودکار|स्वचालित उत्तर",
)

# Words that begin a delivery report and nothing else: all of them speak of mail, since parcels fail to be delivered as well.
_FAILURE_SUBJECTS = (
    "undelivered mail|undelivered mail returned|undeliverable mail|undeliverable message|undeliverable email|undeliverable e-mail|"
    "mail delivery failed|"
    "mail delivery failure|mail delivery problem|mail delivery system|mail delivery error|mail delivery subsystem|"
    "mail delivery status|mail delivery delayed|"
    "mail delivery warning|mail delivery deferral|mail delivery notification|mail delivery incomplete|mail could not be delivered|"
    "mail not delivered|"
    "delivery status notification|delivery notification: delivery|message delivery failure|message delivery has failed|"
    "message delivery delayed|"
    "message delivery notification|message not delivered|message undeliverable|message could not be delivered|message you sent blocked|"
    "email delivery failure|email delivery failed|e-mail delivery failure|email could not be delivered|email delivery status|"
    "returned mail|returned email|"
    "returned to sender|mail returned|mail system error|warning: message|warning: could not send message|warning: e-mail|"
    "warning - delayed mail|delayed mail|"
    "nondeliverable mail|non-deliverable mail|nondelivery report|non-delivery report|non delivery report|non delivery notification|"
    "non-delivery notification|"
    "notification d'échec|failed mail|failed mail delivery|failure delivering your message|failed delivery status notification|"
    "permanent delivery failure|transient delivery failure|"
    "abuse report|email feedback report|feedback report|complaint about message|unable to deliver mail|"
    "unable to deliver your message|could not send message|"
    "dsn: |ndn: |ndr: |mdaemon warning|postmaster notify|there was an error sending your mail|your message could not be|"
    "your mail could not be|rejected mail|user unknown|"
    "message rejected|mail rejected|loop alert|message status - undeliverable|delivery report (mail)|"
    "considered unsolicited bulk email|original message from",
    "unzustellbare mail|unzustellbare e-mail|unzustellbare nachricht|mailzustellung fehlgeschlagen|"
    "e-mail-zustellung fehlgeschlagen|zustellung der nachricht fehlgeschlagen|"
    "nachricht nicht zugestellt|mail konnte nicht zugestellt|e-mail konnte nicht zugestellt|ihre e-mail konnte nicht|"
    "fehler bei der mailzustellung|benachrichtigung zum übermittlungsstatus|benachrichtigung über den zustellungsstatus|"
    "échec de la remise du message|échec de remise du message|notification d'état de remise|courrier non remis|message non remis|"
    "message non distribué|"
    "échec de la distribution du message|courriel non distribuable|"
    "notificación de estado de entrega|mensaje no entregado|error en la entrega del correo|correo no entregado|correo devuelto|"
    "notifica dello stato di recapito|mancato recapito del messaggio|mancata consegna del messaggio|messaggio non recapitato|"
    "messaggio non recapitabile|avviso di mancata consegna|"
    "notificação de status de entrega|notificação do estado de entrega|mensagem não entregue|falha na entrega da mensagem|"
    "falha na entrega do e-mail|e-mail não entregue|"
    "melding over afleverstatus|bericht niet bezorgd|bericht is niet bezorgd|e-mail niet bezorgd|onbestelbaar bericht|"
    "bezorging van bericht mislukt|"
    "powiadomienie o stanie dostarczenia|nie dostarczono wiadomości|wiadomość niedostarczona|zwrot wiadomości|"
    "nie można dostarczyć wiadomości|"
    "meddelandet kunde inte levereras|ej levererat meddelande|det gick inte att leverera meddelandet|statusmeddelande om leverans|"
    "meddelelsen kunne ikke leveres|mail ikke leveret|meldingen kunne ikke leveres|e-post ikke levert|melding om leveringsstatus|"
    "viestiä ei voitu toimittaa|viestin toimitus epäonnistui|nedoručitelná zpráva|nedoručená zpráva|oznámení o stavu doručení|"
    "zprávu nelze doručit|"
    "kézbesíthetetlen levél|kézbesíthetetlen üzenet|sikertelen levélkézbesítés|mesaj nelivrat|mesaj nelivrabil|mail nelivrat|"
    "notificare privind starea livrării|"
    "недоставленное сообщение|недоставленное письмо|не удалось доставить сообщение|сообщение не доставлено|письмо не доставлено|"
    "уведомление о состоянии доставки|недоставлено сообщение|"
    "iletilemeyen ileti|ileti teslim edilemedi|teslim edilemeyen ileti|e-posta teslim edilemedi|teslim durumu bildirimi|"
    "配信不能|配信できませんでした|メール配信エラー|配送状況通知|配信状況通知|メール送信エラー|メールが届きませんでした|"
    "退信|系统退信|系統退信|邮件退回|郵件退回|无法投递的邮件|無法傳遞的郵件|邮件未送达|来自.{1,20}的退信|邮件投递失败|投递状态通知|"
    "傳遞狀態通知|传递状态通知|未送达|未傳遞的主旨|"
    "메일 전송 실패|반송된 메일|발송 실패|배달 상태 알림|배달되지 않은 메일|메일 반송|전송 실패 알림|전달 상태 알림",
)

_ACKNOWLEDGED_SUBJECTS = (
    r"\[?(?:request|ticket|case|inquiry|enquiry|anfrage|support|solicitud|demande|richiesta)\]? received|request received|"
    r"we(?: have|'ve)? (?:just )?(?:received|got) your (?:request|message|e-?mail|enquiry|inquiry|ticket|query|submission|feedback)|"
    r"thank(?:s| you) for (?:contacting|reaching out to|writing to|getting in touch with|your (?:e-?mail|message|inquiry|enquiry|"
    r"request) to) |"
    r"your (?:request|ticket|case|enquiry|inquiry|support request)(?: \(?#?[\w-]{1,20}\)?)? (?:has been|was|is) (?:received|created|"
    r"opened|logged|registered|submitted)|"
    r"(?:ticket|case|request) (?:#|no\.? ?|id:? ?)?[\w-]{1,20} (?:has been |was )?(?:created|received|opened)|"
    r"new (?:ticket|support ticket|case) (?:created|opened|#)|\[(?:ticket|case) (?:#|id:? ?)?[\w-]{1,20}\] (?:received|created|"
    r"opened|acknowledg)|"
    r"(?:wir haben )?ihre (?:anfrage|nachricht|e-?mail|mail)(?: \S{1,20})? (?:ist (?:bei uns )?eingegangen|wurde (?:empfangen|"
    r"erfasst|registriert)|erhalten)|vielen dank für ihre (?:anfrage|nachricht|e-mail|kontaktaufnahme)$|"
    r"(?:nous avons (?:bien )?reçu votre|votre) (?:demande|message|e-?mail|courriel)(?: \S{1,20})? (?:a (?:bien )?été (?:reçue?|"
    r"enregistrée?|prise? en compte|créée?))|nous avons bien reçu votre |"
    r"hemos recibido (?:su|tu) (?:solicitud|mensaje|consulta|correo)|(?:su|tu) (?:solicitud|consulta|caso) (?:ha sido|"
    r"fue) (?:recibid|cread|registrad)|"
    r"abbiamo ricevuto (?:la (?:tua|sua)|il (?:tuo|suo)) (?:richiesta|messaggio|e-?mail)|recebemos (?:a )?sua (?:mensagem|solicitação)|"
    r"we hebben (?:uw|je) (?:bericht|e-?mail|vraag|aanvraag) ontvangen|(?:otrzymaliśmy|dziękujemy za) (?:twoj|państwa|wiadomość|"
    r"zgłoszenie|kontakt)|"
    r"vi har (?:mottagit|modtaget|mottatt) (?:ditt|din|dit) |olemme vastaanottaneet |przyjęliśmy zgłoszenie|ваш[ае]? (?:запрос|"
    r"обращение|заявка)(?: \S{1,20})? (?:принят|зарегистрирован|получен)|"
    r"お問い合わせ(?:を受け付け|ありがとう|いただき)|お問合せ(?:を受け付け|ありがとう)|【?受付完了|我们已收到您的|您的(?:请求|工单|"
    r"问题)已(?:收到|提交|创建)|문의(?:가|를)? ?접수"
)

_CHALLENGE_SUBJECTS = (
    r"\[boxtrapper\]|your (?:e-?mail|message) requires verification|(?:please )?(?:confirm|verify) your (?:message|e-?mail) to |"
    r"please confirm your message|"
    r"sender (?:address )?verification|confirm(?:ation)? (?:request )?of your (?:e-?mail|message) to |verify#|spam ?arrest|"
    r"\[spam ?arrest\]|"
    r"aguardando (?:a )?sua confirmação|antispam uol|action required to deliver|your message to .{1,80} (?:awaits|is awaiting|"
    r"is waiting|has been held)|"
    r"mail from .{1,80} (?:requires|needs) (?:authorization|confirmation)|\*\*message you sent blocked|"
    r"bitte bestätigen sie ihre (?:e-?mail|nachricht) an|(?:re: )?.{0,80} \(unverified sender\)"
)


def _starting(phrases: Iterable[str], end: str = _ENDED) -> re.Pattern[str]:
    words = sorted({word for line in phrases for word in line.split("|") if word}, key=len, reverse=True)
    return re.compile("(?:" + "|".join(word if ".{" in word else re.escape(word) for word in words) + ")" + end)


AUTOMATIC_SUBJECT = _starting(_AUTOMATIC_SUBJECTS)
FAILURE_SUBJECT = _starting(_FAILURE_SUBJECTS, "")
ACKNOWLEDGED_SUBJECT = re.compile(_ACKNOWLEDGED_SUBJECTS)
CHALLENGE_SUBJECT = re.compile(_CHALLENGE_SUBJECTS)

# How delivery reports begin whose fields say nothing; matched at the beginning of one of the first lines.
FAILURE_TEXT = re.compile(
    r"hi\. this is the |this is the (?:qmail|mail system at|mail delivery|smtp|postfix|symantec|machine|mailer|mcafee|barracuda|"
    r"zimbra|email system|mta )|"
    r"this message was created automatically by (?:the )?mail|"
    r"(?:a|the) message that you (?:have )?sent (?:to the following |could not|has not|was not|contained)|"
    r"this is an automatically generated delivery|"
    r"your (?:mail )?message (?:to|was not delivered|could not be delivered|did not reach|cannot be delivered|wasn't delivered|"
    r"has not been delivered|was rejected|was undeliverable|has been blocked|couldn't be delivered)|"
    r"your (?:e-?mail|mail) (?:to .{1,120} )?(?:was not|could not be|has not been|cannot be|couldn't be|was rejected)|"
    r"delivery (?:has failed to these|to the following (?:recipients?|address(?:es)?)|of the following message|to these recipients|"
    r"failed for the following)|"
    r"-{2,} (?:the following addresses had|transcript of session|session transcript|failed addresses|failure reasons?)|"
    r"-{2,}the following addresses|"
    r"the following (?:address(?:es)?|recipients?)(?:\(s\)|\(es\))? (?:had|failed|could not|cannot|were|was|did not|has|have)|"
    r"the following (?:message|mail|e-?mail) (?:to|could not|was not|cannot)|the original message was received at|"
    r"i'm (?:sorry|afraid) to have to inform you that|i'm afraid i wasn't able to deliver|i was unable to deliver|sorry, (?:we were|"
    r"i was|i wasn't|we couldn't) (?:unable|able)? ?(?:to )?deliver|we're sorry\. there's a problem|"
    r"we were unable to deliver your (?:message|mail|e-?mail)|(?:we )?could ?n(?:o|')t (?:be )?deliver(?:ed)? (?:the following|your|"
    r"mail|message)|unable to deliver (?:message|mail|your (?:message|mail|e-?mail))|"
    r"\*\* address not found \*\*|address not found|message not delivered|message blocked|"
    r"(?:this is a )?delivery status notification|delivery notification|"
    r"this is an (?:e-?mail )?(?:abuse|automatic(?:ally)? generated|auto-?generated) (?:report|e-?mail abuse|bounce|delivery|"
    r"response|non-?delivery)|this is an? (?:e-?mail|message) (?:abuse|feedback) report|"
    r"(?:message|mail) from .{1,120} to .{1,120} (?:was|could|has)|failed to deliver to|could not deliver message to|"
    r"undeliverable (?:to|message|mail|address)|undelivered mail|"
    r"(?:mail|message) (?:delivery|transfer) (?:failed|failure)|delivery (?:failed|failure|error)\b.{0,10}$|(?:this|"
    r"your) message (?:has been |was )?(?:automatically )?(?:rejected|bounced|returned)|"
    r"this (?:report|notice|message) (?:relates|is being sent|is to inform you|was generated automatically)|returned mail|"
    r"your message to .{1,120} (?:was|has|could)|recipient(?:'s)? (?:address )?(?:rejected|unknown)|user unknown|"
    r"(?:the )?(?:recipient|mailbox)(?:'s)? .{0,80}(?:full|quota|does not exist|unavailable|unknown)|"
    r"\[?<?[\w.+-]{1,64}@[\w.-]{1,255}>?\]?[:,]? .{0,20}(?:550|551|552|553|554|450|451|452|5\.\d\.\d)|(?:smtp )?error|"
    r"diese nachricht wurde automatisch (?:von|vom|erzeugt|erstellt)|die (?:folgende )?nachricht (?:konnte nicht|"
    r"an .{1,100} konnte nicht)|ihre (?:nachricht|e-?mail) (?:an .{1,100} )?konnte nicht (?:zugestellt|übermittelt)|"
    r"(?:fehler bei der|die) nachrichtenzustellung|la remise a échoué|échec de la remise|votre message (?:n'a pas|ne peut)|"
    r"le message (?:suivant )?n'a pas|no se pudo entregar|no se ha podido entregar|su mensaje no|"
    r"impossibile recapitare il messaggio|il (?:tuo|suo) messaggio (?:non|a .{1,100} non)|(?:sua|a) mensagem (?:não|"
    r"para .{1,100} não)|uw bericht (?:is niet|kan niet|kon niet)|wiadomość (?:nie została|do .{1,100} nie)|"
    r"не удалось доставить|ваше (?:сообщение|письмо) не|это (?:письмо|сообщение) создано автоматически|このメールは.{0,20}自動|"
    r"次の(?:受信者|宛先)|"
    r"お送りいただいたメール|メールを配信できません|"
    r"抱歉，?您的邮件|很抱歉.{0,20}(?:邮件|投递)|您的邮件.{0,20}(?:退回|无法|未能)|無法傳遞|您发往|다음 (?:수신자|사용자)|메일을 "
    r"(?:전달|보낼) 수 없"
)
# The same, where nobody would begin so who is not a mail server; no other trace is asked for.
CERTAIN_FAILURE_TEXT = re.compile(
    r"your message did not reach some or all of the intended recipients|a message that you sent contained one or more recipient addresses|"
    r"this is the (?:qmail-send program|mail system at host|mail delivery agent)|hi\. this is the |this delivery status "
    r"notification is sent|"
    r"this is an automatically generated delivery status notification|-{3,} the following addresses had|transcript of session follows|"
    r"this is an email abuse report|\{\s?\"(?:notificationtype|eventtype)\"\s?:"
)
# What is typical of the technical part of a report, anywhere in it.
FAILURE_TRACE = re.compile(
    r"\b(?:550|551|552|553|554|421|450|451|452)[- ](?:#?\d\.\d{1,3}\.\d{1,3}|<|requested|user|mailbox|no such|recipient|relay|"
    r"unknown|message|invalid|sorry|address|permanent|unrouteable|unable|service|rejected|5\.)|"
    r"^(?:final-recipient|reporting-mta|diagnostic-code|original-recipient|remote-mta|feedback-type|original-mail-from):|"
    r"unrouteable address|user unknown|unknown user|no such user|mailbox (?:is )?full|over ?quota|host unknown|host not found|"
    r"mailbox unavailable|retry timeout exceeded|connection (?:timed out|refused)|(?:permanent|fatal) errors?|"
    r"message (?:headers )?follows|^received: from ",
    re.MULTILINE,
)

# How automatic answers begin; matched at the beginning of one of the first lines.
AUTOMATIC_TEXT = re.compile(
    r"(?:\W{0,5})(?:this is an? (?:auto(?:mated|matic|matically generated|-?generated|-?reply|-?response)|system[- ]generated)\b|"
    r"this (?:e-?mail|message|reply) (?:is|was|has been) (?:automatically|auto)[- ]?(?:generated|created|sent)|"
    r"auto(?:matic|mated)?[- ]?(?:reply|response|responder|answer)\b\W{0,5}$|you have received this (?:auto|message automatically)|"
    r"please do not reply to this (?:auto|e-?mail|message)|"
    r"#{2,}-? ?(?:please type your reply above|bitte (?:geben|antworten)|répondez au-dessus|escriba su respuesta)|"
    r"(?:-+ ?)?(?:reply above this line|please reply above this line)|"
    r"dies ist eine automatisch|diese (?:e-?mail|nachricht|mail) (?:wurde|ist) (?:automatisch|maschinell)|automatische (?:antwort|"
    r"nachricht)\W|ceci est (?:un (?:message|e-?mail|courriel)|une réponse) automatique|(?:ce (?:message|courriel)|"
    r"cet e-?mail) (?:a été|est) (?:généré|envoyé) automatiquement|"
    r"este (?:es un )?(?:mensaje|correo)(?: electrónico)? (?:automático|ha sido generado automáticamente|"
    r"se ha generado automáticamente|generado automáticamente)|esta es una respuesta automática|"
    r"questo? (?:è un )?(?:messaggio|e-?mail)(?: è stat[oa])? (?:automatic|generat[oa] automaticamente)|"
    r"questa è una risposta automatica|est[ae] (?:é uma |é um )?(?:mensagem|e-?mail|resposta) (?:automátic|"
    r"foi gerad[ao] automaticamente)|"
    r"dit is een automatisch|deze (?:e-?mail|mail) is automatisch|to jest (?:automatyczna|wiadomość (?:wygenerowana )?automatycz)|"
    r"(?:ta )?wiadomość została wygenerowana automatycznie|detta är ett (?:automatiskt|autosvar)|dette er (?:en|et) (?:automatisk|"
    r"autosvar)|"
    r"tämä on automaattinen|toto je automatick|ez egy automatikus|acesta este un (?:mesaj|răspuns|e-?mail) automat|"
    r"это (?:автоматическ|автоответ)|данное (?:сообщение|письмо) (?:создано|сформировано|отправлено) автоматически|"
    r"bu (?:bir )?(?:e-posta )?otomatik|"
    r"(?:※|\*)?(?:この|本)(?:メール|メッセージ)は.{0,20}自動|这是(?:一封|一个)?(?:来自.{1,60}的)?(?:系统)?自动|此邮件(?:为|"
    r"由)?系统自动|本邮件(?:为|由)系统|這是(?:一封)?(?:系統)?自動|"
    r"(?:이|본) (?:메일|메시지)은? .{0,20}자동)"
)
# A greeting for having written, and the news of being away: nobody but a machine says both at once.
THANKS_TEXT = re.compile(
    r"thank(?:s| you)(?: very much)? for your (?:e-?mail|mail|message)|thank(?:s| you) for (?:writing|contacting|e-?mailing)|(?:i|"
    r"we) (?:have )?received your|vielen dank für ihre|danke für (?:ihre|deine|eure)|merci (?:de|pour) votre|gracias por (?:su|tu)|"
    r"grazie per (?:la|il)|"
    r"obrigad[oa] (?:pel[oa]|por)|bedankt voor (?:uw|je)|dank voor uw|dziękuję za (?:wiadomość|mail|e-mail)|tack för ditt|"
    r"tak for din|takk for din|kiitos viestist|děkuji za|köszönöm (?:a )?level|mulțumesc pentru|спасибо за (?:ваше )?(?:письмо|"
    r"сообщение)|e-?postanız için|"
    r"メールをいただき|ご連絡(?:いただき|ありがとう)|感谢您的来信|您的邮件已(?:收到|经收到)|您好，?(?:您的|来信)|来信已收到|"
    r"已收到您的邮件|邮件已收到|메일(?:을)? (?:잘 )?(?:받았|보내)"
)
AWAY_TEXT = re.compile(
    r"out of (?:the )?office|(?:on|am on|currently on) (?:annual |maternity |paternity |parental |sick )?(?:leave|vacation|holiday)|"
    r"limited access to (?:my )?e-?mail|away from (?:the|my) (?:office|desk|e-?mail)|no longer (?:with|work(?:s|ing)? (?:at|for))|"
    r"will (?:be back|return) (?:in the office )?on|i(?:'m| am) (?:currently )?away|"
    r"nicht im (?:büro|haus)|außer haus|abwesend|nicht erreichbar|im urlaub|bin (?:ab|bis|vom|wieder)|en congés?|absente? (?:du|"
    r"jusqu|de)|en vacances|hors du bureau|fuera de (?:la )?oficina|de vacaciones|estaré ausente|fuori (?:ufficio|sede)|in ferie|"
    r"sarò assente|fora do escritório|de férias|ausente|"
    r"afwezig|niet (?:op kantoor|aanwezig)|met vakantie|poza biurem|na urlopie|nieobecn|inte på kontoret|på semester|är ledig|"
    r"ikke på kontoret|på ferie|har ferie|poissa|lomalla|mimo kancelář|na dovolené|nepřítom|szabadságon|házon kívül|concediu|"
    r"nu sunt (?:la|în) birou|"
    r"в отпуске|отсутству|вне офиса|izinde|ofis dışında|tatilde|不在(?:に|の|と|中|办公|辦公|公司)|休暇|出張|休業|外出|出差|休假|"
    r"度假|放假|부재|휴가|출장"
)
NO_REPLY_TEXT = re.compile(
    r"(?:please )?do not (?:reply|respond) (?:directly )?to this (?:e-?mail|message|mail)|replies to this (?:e-?mail|message|"
    r"address) (?:are not|will not|cannot)|this (?:mailbox|inbox|e-?mail address) is (?:not monitored|unmonitored)|"
    r"(?:bitte )?antworten sie (?:bitte )?nicht auf diese|"
    r"merci de ne pas répondre à ce|(?:no responda|por favor,? no responda|no respondas) a este|non rispondere a questa|"
    r"(?:não responda|favor não responder) a? ?est|(?:gelieve )?niet (?:te )?(?:beantwoorden|antwoorden op dit)|"
    r"prosimy (?:na nią )?nie odpowiadać|svara inte på detta|"
    r"(?:svar|besvar) (?:venligst )?ikke|älä vastaa tähän|neodpovídejte na tento|ne válaszoljon erre|nu răspundeți la acest|"
    r"не отвечайте на это|bu e-postay?[aı] (?:yanıtlama|cevap verme)|このメール(?:に|への)返信|返信(?:できません|なさらない|"
    r"しないで)|请勿(?:直接)?回复|請勿(?:直接)?回覆|"
    r"발신 ?전용"
)

# One of these is in whatever NO_REPLY_TEXT finds; looking for them first is far cheaper.
NO_REPLY_WORDS = (
    "repl respond antwort répond rispond beantwoord odpowiad svar vastaa odpov válasz răspund отвеча yanıt cevap "
    "返信 回复 回覆 monitored 발신"
).split()

_NEGATIONS = (
    "no-?reply|noreplies|do-?not-?reply|dont-?reply|not-?reply|never-?reply|no-?response|no-?answer|no-?respond|do-?not-?respond|"
    "no-?return|"
    "nicht-?antworten|keine-?antwort|bitte-?nicht-?antworten|ne-?pas-?repondre|nepasrepondre|ne-?repondez-?pas|sans-?reponse|"
    "pas-?de-?reponse|no-?responder|no-?responda|"
    "no-?contestar|no-?conteste|non-?rispondere|nao-?responda|nao-?responder|no-?respondre|niet-?antwoorden|niet-?beantwoorden|"
    "geen-?antwoord|geen-?reply|nie-?odpowiadaj|nie-?odpowiadac|"
    "bez-?odpowiedzi|svara-?inte|svara-?ej|inte-?svara|svar-?ej|svar-?ikke|ikke-?svar|ei-?vastausta|ei-?vastata|ala-?vastaa|"
    "neodpovidat|neodpovidejte|neodpovedat|ne-?valaszolj|ne-?valaszoljon|"
    "nu-?raspunde|nu-?raspundeti|ne-?otvechat|ne-?otvechaite|bez-?otveta|yanitlama|yanitlamayin|cevaplamayin|cevap-?vermeyin|"
    "henshin-?fuka|bu-?hui-?fu|not-?monitored|unmonitored"
)
NO_REPLY_ADDRESS = re.compile(r"(?:.{0,60}[._+=-])?(?:" + _NEGATIONS.replace("-?", "[._-]?") + r")(?:[._+=\d-].{0,60})?$")
SYSTEM_ADDRESS = re.compile(
    r"(?:mailer[._-]?daemon|mail[._-]?daemon|mail[._-]?deliver(?:y|er)[._-]?(?:system|subsystem)?|mailerdaemon|post[._-]?master|"
    r"listserv|majordomo|mailman|sympa|daemon|uucp|nobody|"
    r"auto[._-]?(?:reply|responder|respond|response|answer|mailer|confirm|generated)|vacation|(?:mail[._-]?)?bounces?|returnmail|"
    r"fbl[._-]?report|(?:abuse|feedback|complaint)[._-]?(?:report|loop)s?|mail[._-]?system|"
    r"microsoftexchange[0-9a-f]{20,40}|fblnotice|scomp|dmarc[._-]?(?:report|noreply)s?)(?:[._+=\d-].{0,60})?$|"
    r"owner-.{1,60}$|.{1,60}-(?:owner|request|bounces?|errors|relay-bounce)(?:[+=].{1,60})?$|(?:srs[01]|prvs)[=+-].{1,60}$"
)
SOFT_ADDRESS = re.compile(
    r"(?:.{0,40}[._-])?(?:notifications?|notify|newsletters?|alerts?|mailer|automated|automat|system|robot|bot|daemon|wordpress|"
    r"contactform|webform|formmail|form-?submission)(?:[._+\d-].{0,40})?$"
)

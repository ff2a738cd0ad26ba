"""Find addresses in Chinese, Japanese and Korean script.

In:   a text.
Out:  addresses with the recipient on a line of its own; telephone numbers are left out.
Source: forms of address after the UPU's addressing guides; names of provinces, prefectures and cities.
Limits: a Chinese address needs a province, or a city or district with a numbered road; a Japanese one a prefecture or 〒;
a Korean one a province.
"""

import re
from itertools import pairwise

from responder.understanding.details.pieces import MOST_LINE, MOST_LINES, Found

MOST_FOUND = 6
_HAN = "\u4e00-\u9fff"
_PROVINCES = (
    "北京|天津|上海|重庆|重慶|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|"
    "陕西|甘肃|青海|"
    "内蒙古|广西|西藏|宁夏|新疆|深圳|广州|杭州|成都|武汉|南京|苏州|西安|厦门|青岛"
)
_TAIWAN = "台北|臺北|新北|桃園|台中|臺中|台南|臺南|高雄|基隆|新竹|嘉義|苗栗|彰化|南投|雲林|屏東|宜蘭|花蓮|台東|臺東"
_HONG_KONG = "香港|九龍|九龙|新界"
_CUE = re.compile(
    r"从|從|由|改成|改为|改為|改到|換成|换成|換到|寄到|寄往|寄至|发到|发往|發到|送到|送至|送往|搬到|地址是|地址为|地址為|地址|"
    r"应该是|應該是|而不是|不是|"
    r"收件人|收货人|姓名|电话|電話|手机号?|邮编|郵編|邮政编码|[，,;；。！？!?：:\s]+"
)
_BEGINS = re.compile(rf"({_HONG_KONG})|({_TAIWAN})|({_PROVINCES})")
_DISTRICT = re.compile(rf"[{_HAN}]{{1,8}}?[省市州盟][{_HAN}]{{1,8}}?[区區县縣市镇鎮乡鄉路街道]")
_ROAD = re.compile(r"[路街道巷弄村里镇鎮乡鄉]|大道|小区|花园|广场|园|苑")
_NUMBERED = re.compile(r"[\d一二三四五六七八九十百０-９]+\s*(?:[号號弄栋棟幢座楼樓层層室巷村组]|单元)|\d{3,4}$")
_CONTINUES = re.compile(r"\d\s*(?:[号號弄栋棟幢座楼樓层層室巷]|单元)|[省市州区區县縣镇鎮乡鄉村道]$|[路街]|广场|大厦|小区|花园|公寓")
_END = re.compile(r"(?:收|谢谢|謝謝|麻烦|麻煩|可以吗|吗|吧|了|这里|這裡)+$")
_NAME = re.compile(rf"[{_HAN}]{{2,4}}(?:先生|女士|小姐)?")
_NO_NAME = re.compile(r"你好|您好|谢谢|謝謝|请|請|麻烦|麻煩|我|的|了|吗|地址|订单|訂單|订购|收货|收件|联系|新|旧|原|是|改|寄|送")
_PHONE = re.compile(r"(?:\+?86[- ]?)?1\d{10}|(?:\+?\d{2,3}[- ]?)?\d{2,4}[- ]\d{3,4}[- ]?\d{4}|0\d{8,10}|\+\d{9,14}")
_SIX = re.compile(r"(?<!\d)\d{6}(?!\d)")

_PREFECTURE = r"(?:東京都|北海道|大阪府|京都府|[^\W\d_a-zA-Z]{2,3}県)"
_JAPANESE = re.compile(
    rf"(?:〒\s?(\d{{3}}[-－ー]?\d{{4}})[\s,、]{{0,3}}|(?<!\d)(\d{{3}}-\d{{4}})[\s,、]{{0,3}}(?={_PREFECTURE}))?"
    rf"((?:{_PREFECTURE})?[^\W\d_a-zA-Z]{{1,12}}?[市区郡町村][^\n。、，,：:にへをで]{{0,60}})"
)
_JAPANESE_NUMBER = re.compile(r"[\d０-９一二三四五六七八九十]+(?:丁目|番地|番|号室|号|階|[-－ー−‐]\d+)+|[\d０-９]+(?:[-－ー−‐][\d０-９]+)*")
_BUILDING = re.compile(
    r"(?:マンション|ハイツ|ビル|アパート|コーポ|メゾン|レジデンス|荘|タワー|[ァ-ヶー]{3,})[^\n。、]{0,20}\d|"
    r"^[^\n。、\s]{2,20}\s?\d{2,4}(?:号室)?$|^\d{2,4}号室$"
)
_JAPANESE_NAME = re.compile(r"^(?:氏名|お名前|宛名|名前)?[:：]?\s*([^\W\d_a-zA-Z]{1,4}[ \u3000]?[^\W\d_a-zA-Z]{1,4})(?:\s?様)?$")

_KOREAN_REGIONS = (
    "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충청북|충청남|전라북|전라남|전북|경상북|경상남|충북|충남|전남|경북|경남|제주"
)
_KOREAN = re.compile(
    rf"(?:\(?(\d{{5}})\)?[\s,]{{1,3}})?((?:{_KOREAN_REGIONS})(?:특별자치|특별|"
    rf"광역)?[시도]?\s(?:[가-힣]{{1,8}}[시군구]\s?){{0,2}}(?:[가-힣]{{1,6}}[읍면]\s)?"
    r"(?:[가-힣\d]{1,14}(?:로|길)\s?(?:\d{1,4}번?가?길\s?)?|[가-힣\d]{1,8}[동리가]\s)?"
    r"(\d{1,5}(?:-\d{1,4})?)?(?:번지)?(?:\s?\([가-힣][가-힣\d, ]{0,30}\))?"
    r"(?:,?\s?(?:[가-힣A-Za-z]{1,12}\s?)?\d{1,4}[동호층]){0,3})(?:,?\s*(?:우편번호[: ]*)?\(?(\d{5})\)?(?!\d))?"
)
_KOREAN_NAME = re.compile(r"^(?:받는\s?사람|수령인|이름|성명)?[:：]?\s*([가-힣]{2,4})(?:\s?(?:님|귀하))?$")


def find_cjk(text: str) -> list[Found]:
    """Find all addresses in these scripts."""
    found: list[Found] = []
    lines: list[tuple[int, str]] = []
    after = 0
    for line in text.split("\n", MOST_LINES)[:MOST_LINES]:
        lines.append((after, line[:MOST_LINE]))
        after += len(line) + 1
    for number, (start, line) in enumerate(lines):
        if line.isascii() or len(found) >= MOST_FOUND:
            continue
        if any("\uac00" <= char <= "\ud7a3" for char in line):
            found += _korean(lines, number)
        elif "〒" in line or re.search(_PREFECTURE, line) or any("\u3040" <= char <= "\u30ff" for char in line):
            found += _japanese(lines, number)
        else:
            found += _chinese(start, line, lines[number - 1][1] if number else "")
    return found


def _chinese(offset: int, line: str, above: str) -> list[Found]:
    marks = [(0, 0), *(mark.span() for mark in _CUE.finditer(line)), (len(line), len(line))]
    parts = [(one[1], two[0]) for one, two in pairwise(marks) if line[one[1] : two[0]].strip()]
    found: list[Found] = []
    at = 0
    while at < len(parts):
        begin, end = parts[at]
        start = _chinese_start(line[begin:end])
        at += 1
        if start is None:
            continue
        while at < len(parts) and not line[end : parts[at][0]].strip() and _CONTINUES.search(line[slice(*parts[at])]):
            end = parts[at][1]
            at += 1
        begin += start
        body = _END.sub("", line[begin:end])
        phone = _PHONE.search(body)
        body = body[: phone.start()].rstrip() if phone else body
        name = _chinese_name(line, parts, begin, begin + len(body), above)
        each = _chinese_address(body, line)
        if each is not None:
            lines = (name, *each.lines) if name else each.lines
            found.append(each._replace(start=offset + begin, end=offset + begin + len(body), lines=lines))
    return found


def _chinese_start(part: str) -> int | None:
    district, province = _DISTRICT.search(part), _BEGINS.search(part)
    if province and (district or _ROAD.search(part, province.end()) or part[province.end() : province.end() + 1] in tuple("省市区區")):
        return province.start()
    return district.start() if district else None


def _chinese_address(body: str, line: str) -> Found | None:
    begins = _BEGINS.match(body)
    country = "HK" if begins and begins[1] else "TW" if begins and begins[2] else "CN"
    numbered, road = _NUMBERED.search(body), _ROAD.search(body)
    if len(body) < 5 or not (numbered or (begins and re.search(r"[市省].{1,8}[区區县縣]|[市縣].{1,4}[區]", body))):
        return None
    missing = () if numbered else ("house_number",) if road else ("street", "house_number")
    elsewhere = _PHONE.sub("", line)
    code = (
        _SIX.search(elsewhere)
        if country == "CN" and ("邮" in line or elsewhere.lstrip()[:6].isdigit() or elsewhere.rstrip()[-6:].isdigit())
        else None
    )
    if country == "TW":
        code = re.match(r"\d{3,6}", line[: line.find(body)].strip()[-6:]) or None
    return Found(0, 0, (body.strip(),), code.group() if code else "", country, missing)


def _chinese_name(line: str, parts: list[tuple[int, int]], begin: int, end: int, above: str) -> str:
    """Find the recipient: called so, or a short word beside a telephone number."""
    called = re.search(rf"(?:收件人|收货人|姓名)\s*[:：]?\s*({_NAME.pattern})", f"{above}\n{line}")
    if called:
        return called[1]
    phone = _PHONE.search(line)
    if phone:
        for start, stop in parts:
            part = _END.sub("", _PHONE.sub("", line[start:stop])).strip()
            if (stop <= begin or start >= end) and _NAME.fullmatch(part) and not _NO_NAME.search(part):
                return part
    alone = re.fullmatch(rf"\s*({_NAME.pattern})\s*(?:{_PHONE.pattern})?\s*", above)
    return alone[1] if alone and not _NO_NAME.search(alone[1]) else ""


def _japanese(lines: list[tuple[int, str]], number: int) -> list[Found]:
    offset, line = lines[number]
    found: list[Found] = []
    for match in _JAPANESE.finditer(line):
        above = lines[number - 1][1].strip() if number else ""
        postcode, body = match[1] or match[2] or "", match[3]
        alone = re.fullmatch(r"〒?\s?(\d{3}-?\d{4})", above)
        spans = []
        if not postcode and alone:
            postcode = alone[1]
            spans.append(above)
            above = lines[number - 2][1].strip() if number > 1 else ""
        if not postcode and not re.match(_PREFECTURE, body):
            continue
        numbers = list(_JAPANESE_NUMBER.finditer(body))
        body = re.split(r"(?:から|です|まで|より)", body)[0].rstrip()
        numbers = [each for each in numbers if each.end() <= len(body)]
        spans.append(line[match.start() : match.start(3)] + body)
        below = lines[number + 1][1].strip() if number + 1 < len(lines) else ""
        if numbers and _BUILDING.search(below):
            spans.append(below)
        name = _JAPANESE_NAME.fullmatch(above)
        if name and len(name[1]) >= 3 and not re.search(r"住所|注文|変更|先|お願い|新|旧", name[1]):
            spans.insert(0, name[1])
        missing = (*(() if numbers else ("house_number",)), *(() if postcode else ("postcode",)))
        start = offset + match.start()
        found.append(
            Found(start, start + len(match.group(0)[: match.start(3) - match.start()]) + len(body), tuple(spans), postcode, "JP", missing)
        )
    return found


def _korean(lines: list[tuple[int, str]], number: int) -> list[Found]:
    offset, line = lines[number]
    found: list[Found] = []
    for match in _KOREAN.finditer(line):
        body = match[2].strip()
        street = bool(re.search(r"(?:로|길|동|리|가)\s?\d", body))
        if not street and not re.search(r"[구군시]\s?(?:[가-힣\d]+(?:로|길|동|읍|면))?$", body):
            continue
        postcode = match[1] or match[4] or ""
        if not postcode and (code := re.search(r"우편번호[: ]*(\d{5})", line)):
            postcode = code[1]
        spans = [match.group().strip(" ,")]
        above = _KOREAN_NAME.fullmatch(lines[number - 1][1].strip()) if number else None
        if above and not re.search(r"주소|주문|안녕|변경", above[1]):
            spans.insert(0, above[1])
        missing = (*(() if street else ("street", "house_number")), *(() if postcode else ("postcode",)))
        found.append(Found(offset + match.start(), offset + match.end(), tuple(spans), postcode, "KR", missing))
    return found

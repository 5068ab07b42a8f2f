import time

import pytest

from assistant.i18n.languages import COMPLETE, SERVED
from assistant.nlu.emergency_rules import FOLDER, ORDER, EmergencyRules


@pytest.fixture(scope="module")
def rules() -> EmergencyRules:
    return EmergencyRules.load()


CRIES = {
    "fi": [
        ("TALO PALAA!!", "ambulance_fire_police"),
        ("isä ei hengitä", "ambulance_fire_police"),
        ("mies lyö minua nyt", "violence_now"),
        ("haluan kuolla", "suicidal_crisis"),
        ("vauva joi pesuainetta", "poisoning"),
        ("pomo vei passini ja pakottaa töihin", "human_trafficking"),
        ("lapseni on kadonnut", "child_in_danger"),
        ("missä voin nukkua tänä yönä", "nowhere_to_sleep_tonight"),
    ],
    "sv": [
        ("det brinner i köket", "ambulance_fire_police"),
        ("han slår mig", "violence_now"),
        ("jag vill inte leva längre", "suicidal_crisis"),
    ],
    "en": [
        ("heeelp my house is on fire", "ambulance_fire_police"),
        ("she cant breath", "ambulance_fire_police"),
        ("he has a knife", "violence_now"),
        ("I want to kill myself", "suicidal_crisis"),
        ("my son swallowed a button battery", "poisoning"),
        ("my boss took my passport", "human_trafficking"),
    ],
    "ru": [
        ("муж бьёт меня", "violence_now"),
        ("menya biet muzh", "violence_now"),
        ("не хочу жить", "suicidal_crisis"),
    ],
    "uk": [("горить хата", "ambulance_fire_police"), ("він мене б'є", "violence_now")],
    "et": [("ta ei hinga", "ambulance_fire_police"), ("ma tahan surra", "suicidal_crisis")],
    "ar": [
        ("زوجي يضربني الآن", "violence_now"),
        ("jozi yedrobni", "violence_now"),
        ("أريد أن أموت", "suicidal_crisis"),
    ],
    "so": [
        ("guriga ayaa gubanaya", "ambulance_fire_police"),
        ("wuu i garaacayaa", "violence_now"),
    ],
    "fa": [
        ("پدرم نفس نمی‌کشد", "ambulance_fire_police"),
        ("پدرم نفس نمیکشه", "ambulance_fire_police"),
        ("می‌خواهم بمیرم", "suicidal_crisis"),
    ],
    "tr": [("evimiz yanıyor", "ambulance_fire_police"), ("ölmek istiyorum", "suicidal_crisis")],
    "zh": [("家里着火了", "ambulance_fire_police"), ("我不想活了", "suicidal_crisis")],
    "es": [
        ("mi casa está en llamas", "ambulance_fire_police"),
        ("quiero morir", "suicidal_crisis"),
    ],
    "fr": [("ma maison brûle", "ambulance_fire_police"), ("je veux mourir", "suicidal_crisis")],
    "vi": [
        ("nhà tôi đang cháy", "ambulance_fire_police"),
        ("nha toi dang chay", "ambulance_fire_police"),
        ("mẹ tôi không thở được", "ambulance_fire_police"),
        ("chồng tôi đang đánh tôi", "violence_now"),
        ("con trai tôi nuốt phải pin", "poisoning"),
        ("tôi không muốn sống nữa", "suicidal_crisis"),
        ("chủ giữ hộ chiếu của tôi", "human_trafficking"),
        ("tối nay tôi không có chỗ ngủ", "nowhere_to_sleep_tonight"),
    ],
}

CALM = {
    "fi": [
        "paloturvallisuuskurssi",
        "palovaroitin piippaa",
        "paljonko ambulanssi maksaa",
        "ensiapukurssi",
        "passin uusiminen",
        "palaan töihin syksyllä",
    ],
    "sv": ["brandvarnaren piper", "vad kostar ambulansen", "jag vill förnya mitt pass"],
    "en": [
        "fire safety course",
        "smoke alarm keeps beeping",
        "I am dying to learn Finnish",
        "first aid course",
        "ambulance fee",
        "police record extract for work",
        "suicide prevention job",
        "he hit me two years ago",
        "I need a shelter place for women",
    ],
    "ru": ["сколько стоит скорая", "умираю от скуки", "справка из полиции"],
    "uk": ["курси першої допомоги", "довідка з поліції"],
    "et": ["esmaabikursus", "passi pikendamine"],
    "ar": ["دورة إسعافات أولية", "تجديد جواز السفر"],
    "so": ["koorsada gargaarka degdega", "baasaboor cusub"],
    "fa": ["هزینه آمبولانس", "تمدید پاسپورت"],
    "tr": ["ilk yardım kursu", "pasaport yenileme"],
    "zh": ["急救课程", "护照过期了怎么办"],
    "es": ["curso de primeros auxilios", "renovar pasaporte"],
    "fr": ["cours de premiers secours", "renouveler mon passeport"],
    "vi": [
        "phòng tư vấn mở cửa lúc mấy giờ",
        "tôi muốn gia hạn hộ chiếu",
        "khóa học sơ cấp cứu ở đâu",
        "nhà thuê có máy báo cháy không",
    ],
}


#: Cries as typed in panic, and calm texts with the same words; each language has its own.
PANIC = {
    "fi": [
        ("mummo kaatu eikä herää", "ambulance_fire_police"),
        ("mieheni löi mua taas ja pelkään", "violence_now"),
        ("koulun pihalla yks poika sai kohtauksen ja vaahto suusta", "ambulance_fire_police"),
        ("oon ottanu köyden esiin", "suicidal_crisis"),
        ("vauva söi nappipariston", "poisoning"),
    ],
    "sv": [
        ("nån föll från balkongen", "ambulance_fire_police"),
        ("min vän säger att hon ska ta livet av sig i natt", "suicidal_crisis"),
        ("rök väller ut från grannens dörr", "ambulance_fire_police"),
        ("min kompis tog en näve tabletter och svarar inte", "poisoning"),
        ("min 4 åring försvann i affären hittar henne inte", "child_in_danger"),
    ],
    "en": [
        ("he just strangled me", "violence_now"),
        ("sleeping outside in the frost with my kids", "nowhere_to_sleep_tonight"),
        ("boyfriend locked me in the bedroom yelling hes gonna kill me", "violence_now"),
        ("toddler is hanging out of a third floor window", "child_in_danger"),
        ("landlord threw us out where do we sleep tonight", "nowhere_to_sleep_tonight"),
    ],
    "ru": [
        ("подруга пишет что наглотается таблеток и прощается", "suicidal_crisis"),
        ("пахнет газом в подъезде", "ambulance_fire_police"),
        ("во дворе мужики режут друг друга", "violence_now"),
        ("нас только что вышвырнули дети плачут", "nowhere_to_sleep_tonight"),
        ("сильно обожглась маслом помогите", "ambulance_fire_police"),
    ],
    "uk": [
        ("nam nide nochuvaty sogodni z ditmy", "nowhere_to_sleep_tonight"),
        ("babusya vpala i ne dyhaye", "ambulance_fire_police"),
        ("стою на перилах вже нічого не важливо", "suicidal_crisis"),
        ("didus upav i ne ruhayetsya", "ambulance_fire_police"),
        ("тут аварія люди затиснуті в машині", "ambulance_fire_police"),
    ],
    "et": [
        ("ta lämbub toidu kätte", "ambulance_fire_police"),
        ("tahan täna surra", "suicidal_crisis"),
        ("tütar 2a lakkus rotimürki", "poisoning"),
        ("vanaisa vajus toolilt maha ja on näost hall", "ambulance_fire_police"),
        ("isa on purjus ja peksab ema", "violence_now"),
    ],
    "ar": [
        ("معه سكين", "violence_now"),
        ("صاحب العمل أخذ جوازي وما بيخليني اطلع", "human_trafficking"),
        ("صاحب المطعم ماخد جوازاتنا وبيقفل علينا بالليل", "human_trafficking"),
        ("درج البناية كله دخان", "ambulance_fire_police"),
        ("حدا عم يخبط عالباب بفأس", "violence_now"),
    ],
    "so": [
        ("buundada ayaan ka boodayaa", "suicidal_crisis"),
        ("guriga deriska ayaa gubanaya", "ambulance_fire_police"),
        (
            "bannaanka ayaan kula joognaa ilmo yar qabow -15 xaggee aadnaa",
            "nowhere_to_sleep_tonight",
        ),
        ("nin ayaa i daba socda wuxuu isku dayayaa inuu gaari i geliyo", "violence_now"),
        ("ilmaha yar wuxuu liqay bataariga saacadda", "poisoning"),
    ],
    "fa": [
        ("مجبورم میکنن تن فروشی کنم", "human_trafficking"),
        ("پسربچه داره غرق میشه کمک", "ambulance_fire_police"),
        ("پدربزرگم کف زمینه حرف نمیزنه", "ambulance_fire_police"),
        ("طنابو آماده کردم", "suicidal_crisis"),
        ("نوزاد باتری سکه ای قورت داده", "poisoning"),
    ],
    "tr": [
        ("kocam nefes almıyor", "ambulance_fire_police"),
        ("evde beni dövüyorlar şu an", "violence_now"),
        ("komşunun kapısından duman çıkıyor", "ambulance_fire_police"),
        ("arkadaşım bir avuç hap aldı cevap vermiyor", "poisoning"),
        ("4 yaşındaki kızım markette kayboldu bulamıyorum", "child_in_danger"),
    ],
    "zh": [
        ("老婆要生了羊水破了", "ambulance_fire_police"),
        ("吃了毒蘑菇一直吐", "poisoning"),
        ("男朋友把我锁在房间里吼着要弄死我", "violence_now"),
        ("小孩挂在三楼窗户外面", "child_in_danger"),
        ("房东把我们赶出来了今晚睡哪", "nowhere_to_sleep_tonight"),
    ],
    "es": [
        ("ya no quiero vivir", "suicidal_crisis"),
        ("mi abuela se cayo y no despierta", "ambulance_fire_police"),
        ("estoy en la barandilla ya nada importa", "suicidal_crisis"),
        ("nos acaban de echar los niños lloran", "nowhere_to_sleep_tonight"),
        ("me queme fuerte con aceite ayuda", "ambulance_fire_police"),
    ],
    "fr": [
        ("mon patron a pris mon passeport et je peux pas partir", "human_trafficking"),
        ("quelqu'un est tombe du balcon", "ambulance_fire_police"),
        ("je suis sur le rebord plus rien n'a d'importance", "suicidal_crisis"),
        ("on me garde ici de force pour travailler", "human_trafficking"),
        ("accident juste devant y'a des gens coincés dans la voiture", "ambulance_fire_police"),
    ],
}

NO_PANIC = {
    "fi": [
        "missä järjestetään ensiapukurssi",
        "olen asunnoton, miten haen asuntoa",
    ],
    "sv": [
        "jag blev rånad förra året får jag ersättning",
        "hur gör jag polisanmälan om stulen cykel",
    ],
    "en": [
        "neighbours play loud music every night",
        "mum had a stroke last spring, rehab",
    ],
    "ru": [
        "номер медицинской справочной",
        "школа плавания для детей",
    ],
    "uk": [
        "страхування квартири від пожежі",
        "курс про отруйні гриби",
    ],
    "et": [
        "ohvriabi nõustamine",
        "palju kiirabi maksab",
    ],
    "ar": [
        "المي مقطوعة بكل البناية",
        "عم اقتل الوقت",
    ],
    "so": [
        "carruurta oo teendho la seexdo xaggee la geeyaa",
        "shaqo dab damis",
    ],
    "fa": [
        "صاحبکارم پول مرخصی نمیده",
        "دندونم درد میکنه کجا وقت بگیرم",
    ],
    "tr": [
        "duman dedektörü ötüyor pil değişimi",
        "geçen hafta acildeydim fatura geldi",
    ],
    "zh": [
        "上班累死了",
        "父亲去世了遗产清单",
    ],
    "es": [
        "acosan a mi hijo en la escuela",
        "formacion sobre violencia domestica para enfermeras",
    ],
    "fr": [
        "je suis sans abri comment demander un logement",
        "renouveler passeport à la police",
    ],
}


def test_there_are_phrases_for_every_language_that_is_no_draft():
    written = {path.stem for path in FOLDER.glob("*.yml")}
    assert set(COMPLETE) <= written <= set(SERVED)
    assert set(CRIES) == set(CALM) == written


@pytest.mark.parametrize(
    ("text", "kind"), [pair for cries in CRIES.values() for pair in cries], ids=str
)
def test_a_cry_for_help_is_heard(rules, text, kind):
    assert rules.match(text) == kind


@pytest.mark.parametrize("text", [text for texts in CALM.values() for text in texts])
def test_a_calm_question_is_no_emergency(rules, text):
    assert rules.match(text) is None


@pytest.mark.parametrize(
    ("text", "kind"), [pair for cries in PANIC.values() for pair in cries], ids=str
)
def test_a_cry_typed_in_panic_is_heard(rules, text, kind):
    assert rules.match(text) == kind


@pytest.mark.parametrize("text", [text for texts in NO_PANIC.values() for text in texts])
def test_the_words_of_danger_in_a_calm_question_are_no_emergency(rules, text):
    assert rules.match(text) is None


def test_what_happens_again_is_not_past(rules):
    assert rules.match("he tried to kill me last year and now he has a knife again") is not None


def test_the_greatest_danger_is_answered_first(rules):
    assert rules.match("I want to die, the house is on fire") == ORDER[0]


def test_phrases_of_all_languages_are_tried_on_every_text(rules):
    assert rules.match("hello please apua mies lyö minua") == "violence_now"


def test_nothing_is_found_in_nothing(rules):
    assert rules.match("") is None
    assert rules.match("?!") is None


def test_an_unknown_kind_in_a_file_is_named(tmp_path):
    (tmp_path / "xx.yml").write_text("language: xx\nsigns: {meteor: [sky falls]}", encoding="utf-8")
    with pytest.raises(ValueError, match="meteor"):
        EmergencyRules.load(tmp_path)


def test_a_phrase_that_does_not_begin_with_a_word_is_refused(tmp_path):
    (tmp_path / "xx.yml").write_text(
        "language: xx\nsigns: {poisoning: ['... sky']}", encoding="utf-8"
    )
    with pytest.raises(ValueError, match="begin with a word"):
        EmergencyRules.load(tmp_path)


def test_the_marks_of_phrases(tmp_path):
    (tmp_path / "xx.yml").write_text(
        "language: xx\n"
        "signs:\n  poisoning: ['= solo', 'a|b c? d*', 'x ... z', 'last $']\n"
        "not_signs: [a dog]\npast: [long ago]\nnow: [right now]\n",
        encoding="utf-8",
    )
    rules = EmergencyRules.load(tmp_path)
    found = ["Solo!", "b c dog", "a day", "x 1 2 3 z", "the last. one", "x z long ago right now"]
    missed = ["solo two", "a dog", "x 1 2 3 4 z", "the last one", "x z long ago"]
    assert [text for text in found if rules.match(text) is None] == []
    assert [text for text in missed if rules.match(text) is not None] == []


def test_matching_is_fast(rules):
    text = (
        "Hei, haluaisin kysyä miten haen lapselle päiväkotipaikkaa, olemme juuri muuttaneet tänne"
    )
    start = time.perf_counter()
    for _ in range(100):
        rules.match(text)
    assert (time.perf_counter() - start) / 100 < 0.005

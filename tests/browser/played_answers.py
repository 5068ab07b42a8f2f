"""Answers of a Rasa that is played: what the real one would say, in Finnish and Arabic."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.dialogue.messages import Button, message
from assistant.guidance.sources import Source

SOURCE = Source("x", "Helsinki: Päivähoito", "https://www.hel.fi/paivahoito", date(2026, 11, 3))

CARD = {
    "id": "ptv:service:1",
    "title": "Varhaiskasvatus Kallio",
    "summary": "Päiväkoti alle kouluikäisille lapsille. Hakemus tehdään neljä kuukautta ennen.",
    "provider": "Helsingin kaupunki",
    "municipality": "091",
    "address": "Kallionkatu 1, 00530 Helsinki",
    "phones": [{"number": "+358 9 310 44986", "label": "Palveluohjaus", "charge": "charged"}],
    "url": "https://www.hel.fi/paivahoito",
    "e_service_url": "https://asiointi.hel.fi",
    "form_url": "https://www.hel.fi/lomake",
    "map_url": "https://www.openstreetmap.org/?mlat=60.1&mlon=24.9",
    "open_now": True,
    "hours_today": "9–16",
    "languages": ["fi", "sv", "en"],
    "cost": "charged",
    "text_language": "fi",
    "checked": "2026-11-03",
    "source": "Palvelutietovaranto",
}
SECOND_CARD = {
    **CARD,
    "id": "own:neuvonta",
    "title": "Neuvonta maahanmuuttaneille",
    "summary": "",
    "address": None,
    "phones": [],
    "e_service_url": None,
    "form_url": "javascript:alert(1)",
    "map_url": None,
    "open_now": False,
    "hours_today": None,
    "cost": "free",
}

FINNISH = {
    "daycare": (
        "Hae päivähoitopaikkaa neljä kuukautta ennen kuin tarvitset sitä.\n"
        "1. Täytä hakemus verkossa.\n2. Valitse viisi päiväkotia.\n3. Odota päätöstä.\n"
        "Jos saat työpaikan yllättäen, hae kaksi viikkoa ennen. Lisää: https://www.hel.fi/paikka."
    ),
    "where": "Missä kunnassa asut? Valitse tai kirjoita kunnan nimi.",
    "fees": "Päivähoidon maksut",
    "urgent": "Päivähoitopaikka nopeasti",
    "unknown": "En tiedä",
    "language": "Vastaan nyt tällä kielellä.",
    "emergency": "Soita nyt numeroon 112. Puhelu on maksuton.\nMene turvalliseen paikkaan.",
    "human": "Ihminen voi auttaa sinua. Soita +358 9 310 1691 arkisin.",
    "violence": "Jos olet vaarassa, soita 112. Soita Nollalinjaan 080 005 005 tai 116 006.",
    "simple": "Täytä hakemus. Odota päätöstä.",
}
ARABIC = {
    "daycare": (
        "قدّم طلبًا لمكان في الحضانة (päiväkoti) قبل أربعة أشهر من حاجتك إليه.\n"
        "1. املأ الطلب على الإنترنت.\n2. اختر خمس حضانات.\n3. Kela تدفع جزءًا من الرسوم.\n"
        "إذا وجدت عملًا فجأة، قدّم الطلب قبل أسبوعين. اتصل على +358 9 310 44986."
    ),
    "where": "في أي بلدية تسكن؟ اختر واحدة أو اكتب اسمها.",
    "fees": "رسوم الحضانة",
    "urgent": "مكان في الحضانة بسرعة",
    "unknown": "لا أعرف",
    "language": "سأجيب الآن بهذه اللغة.",
    "emergency": "اتصل بالرقم 112 الآن. المكالمة مجانية.\nاذهب إلى مكان آمن.",
    "human": "يمكن لشخص أن يساعدك. اتصل على +358 9 310 1691.",
    "violence": "إذا كنتم في خطر، اتصلوا بالرقم 112. اتصلوا بـ Nollalinja على 080 005 005.",
    "simple": "املأ الطلب. انتظر القرار.",
}


def answer(sent: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers to a message, in the form of Rasa's REST channel."""
    text, language = sent["message"], sent["metadata"]["language"]
    if text.startswith("/language/"):
        language = text.removeprefix("/language/")
    says = ARABIC if language == "ar" else FINNISH
    if text.startswith("/language/"):
        messages = [message(language, says["language"], kind="info")]
    elif "help" in text or "apua" in text:
        messages = [message(language, says["emergency"], kind="emergency")]
    elif "väkivalta" in text or "violence" in text:
        about = "social_services/violence_at_home"
        messages = [message(language, says["violence"], about=about)]
    elif text.startswith("/easy/"):
        about = text.removeprefix("/easy/")
        messages = [message(language, says["simple"], sources=[SOURCE], about=about)]
    elif "human_contact" in text or "ihminen" in text:
        messages = [message(language, says["human"], kind="handoff")]
    elif text.startswith("/inform/municipality"):
        messages = [message(language, "Helsinki", cards=[SECOND_CARD])]
    else:
        messages = [
            message(
                language,
                says["daycare"],
                cards=[CARD, SECOND_CARD],
                sources=[SOURCE],
                about="early_childhood_education/apply_for_place",
                buttons=[
                    Button(title=says["fees"], payload="/early_childhood_education/fees"),
                    Button(title=says["urgent"], payload="/early_childhood_education/urgent_place"),
                ],
            ),
            message(
                language,
                says["where"],
                kind="question",
                buttons=[
                    Button(title="Helsinki", payload="/inform/municipality/091"),
                    Button(title="Espoo", payload="/inform/municipality/049"),
                    Button(title="Tampere", payload="/inform/municipality/837"),
                    Button(title=says["unknown"], payload="/dont_know"),
                ],
            ),
        ]
    return [{"recipient_id": sent["sender"], "text": m["text"], "custom": m} for m in messages]

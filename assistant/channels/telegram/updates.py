"""Telegram's updates as incoming messages.

What Telegram may send grows with every version of its API, so that each field is looked at and
what is not known is either a message of an unknown type or nothing.
"""

from __future__ import annotations

from typing import Any, Mapping, Optional

from assistant.channels.incoming import Incoming, Kind
from assistant.channels.platform import Unreadable

#: The updates that the bot asks Telegram for.
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]

#: Which field of a message makes it what; the first one that it has counts.
_KINDS = (
    ("text", Kind.TEXT),
    ("venue", Kind.LOCATION),
    ("location", Kind.LOCATION),
    ("voice", Kind.VOICE),
    ("audio", Kind.VOICE),
    ("video_note", Kind.VOICE),
    ("photo", Kind.PICTURE),
    ("video", Kind.PICTURE),
    ("animation", Kind.PICTURE),
    ("paid_media", Kind.PICTURE),
    ("sticker", Kind.STICKER),
    ("contact", Kind.CONTACT),
    ("document", Kind.DOCUMENT),
)
#: Fields that a message has besides its content.
_ENVELOPE = frozenset(
    (
        "message_id",
        "message_thread_id",
        "direct_messages_topic",
        "from",
        "sender_chat",
        "sender_boost_count",
        "sender_business_bot",
        "date",
        "business_connection_id",
        "chat",
        "forward_origin",
        "is_topic_message",
        "is_automatic_forward",
        "reply_to_message",
        "external_reply",
        "quote",
        "reply_to_story",
        "reply_to_checklist_task_id",
        "via_bot",
        "edit_date",
        "has_protected_content",
        "is_from_offline",
        "is_paid_post",
        "media_group_id",
        "author_signature",
        "paid_star_count",
        "effect_id",
        "reply_markup",
    )
)
#: What a person did to the chat rather than said.
_SERVICE = frozenset(
    (
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "new_chat_photo",
        "delete_chat_photo",
        "group_chat_created",
        "supergroup_chat_created",
        "channel_chat_created",
        "message_auto_delete_timer_changed",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "successful_payment",
        "refunded_payment",
        "users_shared",
        "chat_shared",
        "connected_website",
        "write_access_allowed",
        "passport_data",
        "proximity_alert_triggered",
        "boost_added",
        "chat_background_set",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "gift",
        "unique_gift",
        "gift_upgrade_sent",
        "giveaway_created",
        "giveaway_completed",
        "video_chat_scheduled",
        "video_chat_started",
        "video_chat_ended",
        "video_chat_participants_invited",
        "web_app_data",
        "checklist_tasks_done",
        "checklist_tasks_added",
        "direct_message_price_changed",
        "paid_message_price_changed",
        "chat_owner_left",
        "chat_owner_changed",
        "suggested_post_approved",
        "suggested_post_approval_failed",
        "suggested_post_declined",
        "suggested_post_paid",
        "suggested_post_refunded",
    )
)
_HERE = ("member", "administrator", "restricted")

Json = Mapping[str, Any]


def read_update(update: Any) -> Optional[Incoming]:
    """The message in an update; None where there is nothing to answer.

    Raises:
        Unreadable: if it is no update.
    """
    if not isinstance(update, dict) or not _is_integer(update.get("update_id")):
        raise Unreadable("it is no update of Telegram")
    number = int(update["update_id"])
    for name, read in _READERS.items():
        if isinstance(update.get(name), dict):
            return read(update[name], number)
    return None


def _message(message: Json, number: int) -> Optional[Incoming]:
    chat = _object(message, "chat")
    address = _address(chat)
    sender = _object(message, "from")
    if address is None:
        raise Unreadable("the message has no chat")
    if sender.get("is_bot") is True:
        return None
    if not _is_private(chat):
        # What happens to a group (a new title, somebody leaves) is not said to the bot.
        if _SERVICE & message.keys():
            return None
        return _incoming(number, address, Kind.GROUP, sender, message)
    found = next(((name, kind) for name, kind in _KINDS if message.get(name)), None)
    if found is None:
        content = message.keys() - _ENVELOPE
        if not content or content & _SERVICE:
            return None
        return _incoming(number, address, Kind.UNKNOWN, sender, message)
    name, kind = found
    text = message.get("text") if kind is Kind.TEXT else message.get("caption")
    place = _place(message) if kind is Kind.LOCATION else None
    return _incoming(number, address, kind, sender, message, _string(text), place=place)


def _edited(message: Json, number: int) -> Optional[Incoming]:
    """Only another text counts: a live location is edited every few seconds."""
    text = message.get("text")
    read = _message(message, number) if isinstance(text, str) and text else None
    if read is None or read.kind is not Kind.TEXT:
        return None
    return _incoming(
        number, read.address, Kind.EDITED, _object(message, "from"), message, read.text
    )


def _pressed(query: Json, number: int) -> Optional[Incoming]:
    sender = _object(query, "from")
    chat = _object(_object(query, "message"), "chat")
    address = _address(chat) or _address(sender)
    data = query.get("data")
    if address is None:
        raise Unreadable("the button has no chat")
    if chat and not _is_private(chat):
        return _incoming(number, address, Kind.GROUP, sender, {})
    if not isinstance(data, str):
        return None
    reference = query.get("id")
    return _incoming(
        number,
        address,
        Kind.BUTTON,
        sender,
        {},
        data,
        reference=reference if isinstance(reference, str) else "",
    )


def _membership(change: Json, number: int) -> Optional[Incoming]:
    """The bot was added to a group."""
    chat = _object(change, "chat")
    address = _address(chat)
    status = _object(change, "new_chat_member").get("status")
    if address is None or _is_private(chat) or status not in _HERE:
        return None
    return _incoming(number, address, Kind.GROUP, _object(change, "from"), change)


def _post(post: Json, number: int) -> Optional[Incoming]:
    """Somebody wrote in a channel that the bot is in."""
    address = _address(_object(post, "chat"))
    return _incoming(number, address, Kind.GROUP, {}, post) if address is not None else None


_READERS = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _pressed,
    "my_chat_member": _membership,
    "channel_post": _post,
}


def _incoming(
    number: int,
    address: str,
    kind: Kind,
    sender: Json,
    dated: Json,
    text: str = "",
    place: Optional[tuple[float, float]] = None,
    reference: str = "",
) -> Incoming:
    date = dated.get("edit_date") or dated.get("date")
    language = sender.get("language_code")
    return Incoming(
        id=str(number),
        address=address,
        kind=kind,
        text=text,
        language=language if isinstance(language, str) else None,
        sent=float(date) if isinstance(date, int) and _is_integer(date) else None,
        order=number,
        place=place,
        reference=reference,
    )


def _address(chat: Json) -> Optional[str]:
    return str(chat["id"]) if _is_integer(chat.get("id")) else None


def _is_private(chat: Json) -> bool:
    """Ids of groups and channels are negative; very old updates have no type."""
    return bool(chat.get("type", "private") == "private" and chat["id"] > 0)


def _place(message: Json) -> Optional[tuple[float, float]]:
    location = _object(message, "location") or _object(_object(message, "venue"), "location")
    latitude, longitude = (_number(location.get(name)) for name in ("latitude", "longitude"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude, longitude


def _number(value: Any) -> Optional[float]:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= 180:
        return None
    return float(value)


def _object(value: Json, name: str) -> Json:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53

// A service as a card.

import { el, hidden, icon, phoneLink, webAddress } from "./dom.js";
import { outside, own } from "./labels.js";
import { directionOf } from "./texts.js";

const PRICES = { free: "free", charged: "charged" };

/**
 * A card.
 * @param {object} card as `assistant/catalogue/cards.py` makes it
 * @param {Texts} texts in the language of the widget
 * @param {object} host the widget
 */
export function renderCard(card, texts, host) {
  const written = card.text_language;
  // The text keeps its own direction but stands on the card's side.
  const inItsLanguage = (text) =>
    el("bdi", { lang: written, dir: written ? directionOf(written) : null, text });
  return el(
    "section.card",
    {},
    el("h3.card-title", {}, inItsLanguage(card.title)),
    card.provider && el("p.provider", {}, el("bdi", { text: card.provider })),
    card.summary && el("p.summary", {}, inItsLanguage(card.summary)),
    written &&
      written !== texts.language &&
      own(texts, "p.other-language", "text_language", { language: written }),
    details(card, texts),
    links(card, texts),
    hasHours(card) && week(card, texts, host),
    origin(card, texts),
  );
}

function details(card, texts) {
  const distance = card.distance_km;
  const rows = [
    card.when && row("calendar", null, el("bdi", { text: card.when })),
    card.address &&
      row(
        "pin",
        own(texts, "span", "{address}: "),
        el("bdi", { text: card.address }),
        distance && [" ", own(texts, "span.note.distance", "{kilometres}", { kilometres: distance })],
      ),
    hasHours(card) && row("clock", null, ...hours(card, texts)),
    ...(card.phones ?? []).map((phone) => phoneRow(phone, texts)),
    PRICES[card.cost] &&
      row("coin", own(texts, "span", "{charge}: "), own(texts, "span", PRICES[card.cost])),
    card.languages?.length &&
      row("speech", own(texts, "span", "{service_languages}: "), tags(card.languages, texts)),
  ].filter(Boolean);
  return rows.length ? el("ul.details", {}, ...rows) : null;
}

function row(symbol, label, ...values) {
  return el("li", {}, icon(symbol), el("div", {}, label && hidden(label), ...values.flat()));
}

function tags(languages, texts) {
  return el(
    "ul.tags",
    {},
    ...languages.map((language) =>
      el(
        `li${language === texts.language ? ".mine" : ""}`,
        {},
        own(texts, "span", "{language}", { language }),
      ),
    ),
  );
}

function hasHours(card) {
  return Boolean(card.hours_today) || typeof card.open_now === "boolean";
}

function hours(card, texts) {
  const state =
    typeof card.open_now === "boolean" &&
    own(
      texts,
      `span.state.${card.open_now ? "open" : "closed"}`,
      card.open_now ? "open_now" : "closed_now",
    );
  const today = card.hours_today && [
    own(texts, "span", "today"),
    " ",
    el("bdi", { text: card.hours_today }),
    " ",
  ];
  return [...(today || []), state];
}

function phoneRow(phone, texts) {
  const charge = PRICES[phone.charge]
    ? own(texts, "span", phone.charge)
    : el("bdi", { text: phone.charge });
  const note = [
    phone.label && el("bdi", { text: phone.label }),
    phone.charge && phone.charge !== "unknown" && charge,
  ]
    .filter(Boolean)
    .flatMap((part) => [" · ", part])
    .slice(1);
  return row(
    "phone",
    own(texts, "span", "{phone}: "),
    phoneLink(phone.number, "a.phone"),
    " ",
    note.length && el("span.note", {}, ...note),
  );
}

function links(card, texts) {
  const found = [
    ["e_service", card.e_service_url],
    ["form", card.form_url],
    ["website", card.url],
    ["map", card.map_url],
  ].filter(([, url]) => webAddress(url));
  if (!found.length) return null;
  return el(
    "p.links",
    {},
    ...found.map(([name, url], place) =>
      outside(url, [own(texts, "span", name)], texts, place === 0 ? "a.link.first" : "a.link"),
    ),
  );
}

/** The hours of the week, asked for when they are wanted. */
function week(card, texts, host) {
  const part = el("details.week", {}, own(texts, "summary", "week"));
  const fill = async () => {
    if (!part.open) return;
    const { fillWeek } = await import("./hours.js");
    await fillWeek(part, card, host);
  };
  part.addEventListener("toggle", fill);
  return part;
}

function origin(card, texts) {
  const parts = [];
  if (card.source)
    parts.push(own(texts, "span", "{source}: "), el("bdi", { text: card.source }));
  if (card.checked) {
    if (parts.length) parts.push(" · ");
    parts.push(own(texts, "span", "checked", { date: card.checked }));
  }
  return parts.length ? el("p.origin", {}, ...parts) : null;
}

// A service as a card.

import { el, hidden, icon, outside, phoneLink, webAddress } from "./dom.js";
import { directionOf } from "./texts.js";

const PRICES = { free: "free", charged: "charged" };

export function renderCard(card, texts) {
  const written = card.text_language;
  // The text keeps its own direction but stands on the card's side.
  const own = (text) =>
    el("bdi", { lang: written, dir: written ? directionOf(written) : null, text });
  return el(
    "section.card",
    {},
    el("h3.card-title", {}, own(card.title)),
    card.provider && el("p.provider", {}, el("bdi", { text: card.provider })),
    card.summary && el("p.summary", {}, own(card.summary)),
    written && written !== texts.language && otherLanguage(written, texts),
    details(card, texts),
    links(card, texts),
    origin(card, texts),
  );
}

function otherLanguage(language, texts) {
  const name = texts.languageName(language);
  return el("p.other-language", { text: texts.get("text_language", { language: name }) });
}

function details(card, texts) {
  const rows = [
    card.address && row("pin", texts.get("address"), el("bdi", { text: card.address })),
    hours(card, texts),
    ...(card.phones ?? []).map((phone) => phoneRow(phone, texts)),
    PRICES[card.cost] && row("coin", texts.get("charge"), texts.get(PRICES[card.cost])),
    card.languages?.length &&
      row(
        "speech",
        texts.get("service_languages"),
        texts.list(card.languages.map((code) => texts.languageName(code))),
      ),
  ].filter(Boolean);
  return rows.length ? el("ul.details", {}, ...rows) : null;
}

function row(symbol, label, ...values) {
  return el("li", {}, icon(symbol), el("span", {}, label && hidden(`${label}: `), ...values));
}

function hours(card, texts) {
  if (!card.hours_today && typeof card.open_now !== "boolean") return null;
  const state =
    typeof card.open_now === "boolean" &&
    el(`span.state.${card.open_now ? "open" : "closed"}`, {
      text: texts.get(card.open_now ? "open_now" : "closed_now"),
    });
  const today = card.hours_today && [
    `${texts.get("today")} `,
    el("bdi", { text: card.hours_today }),
    " ",
  ];
  return row("clock", null, ...(today || []), state);
}

function phoneRow(phone, texts) {
  const charge = PRICES[phone.charge] ? texts.get(PRICES[phone.charge]) : phone.charge;
  const note = [phone.label, charge]
    .filter((part) => part && part !== "unknown")
    .flatMap((part) => [" · ", el("bdi", { text: part })])
    .slice(1);
  return row(
    "phone",
    texts.get("phone"),
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
      outside(url, [texts.get(name)], texts, place === 0 ? "a.link.first" : "a.link"),
    ),
  );
}

function origin(card, texts) {
  const parts = [];
  if (card.source) parts.push(`${texts.get("source")}: `, el("bdi", { text: card.source }));
  if (card.checked) {
    if (parts.length) parts.push(" · ");
    parts.push(texts.get("checked", { date: texts.date(card.checked) }));
  }
  return parts.length ? el("p.origin", {}, ...parts) : null;
}

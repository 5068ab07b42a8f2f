// The conversation, or one answer, to take along: copied, printed, saved. Loaded when asked for.

import { asset } from "../base.js";
import { copyText } from "./clipboard.js";
import { el, webAddress } from "./dom.js";
import { own, wording } from "./labels.js";
import { contentOf } from "./messages.js";

const LRI = "\u2066";
const PDI = "\u2069";
const RLM = "\u200f";
const LRM = "\u200e";
const LINE = "\r\n";
const LETTER = /[\p{L}]/u;
const ARABIC = /\p{Script=Arabic}/u;
const NOT_PRINTED = "button, .tools, .reasons, .choices, .week:not([open]), .not-loaded";

/** Copy the conversation; true when it is copied. */
export function copyAll(log, texts) {
  return copyText(conversationText(log, texts));
}

/** Save the conversation as a file of plain text. */
export function saveAll(log, texts) {
  // The mark at the beginning tells every program that this is UTF-8.
  const file = new Blob(["\ufeff", conversationText(log, texts)], { type: "text/plain;charset=utf-8" });
  const address = URL.createObjectURL(file);
  const day = new Date().toLocaleDateString("sv-SE");
  const link = el("a", { href: address, download: `kuntaopas-${day}.txt` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Print the conversation alone, whatever page it is on. */
export async function printAll(log, texts) {
  const sheet = el("div", { lang: texts.language, dir: texts.direction });
  const root = sheet.attachShadow({ mode: "open" });
  const style = el("link", { rel: "stylesheet", href: asset("chat/print.css") });
  const ready = new Promise((done) => {
    style.onload = style.onerror = done;
  });
  const messages = [...log.querySelectorAll(".message")].map((one) => printed(one, texts));
  root.append(
    style,
    el(
      "main",
      { lang: texts.language, dir: texts.direction },
      el("h1", { text: "Kuntaopas" }),
      el("p.about", { text: `${texts.get("about")} · ${moment(texts)}` }),
      ...messages,
    ),
  );
  const alone = new CSSStyleSheet();
  alone.replaceSync(
    `@media print { body > :not([data-kuntaopas-print]) { display: none !important }
      html, body { block-size: auto !important; overflow: visible !important } }
    @media screen { [data-kuntaopas-print] { display: none !important } }`,
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, alone];
  sheet.dataset.kuntaopasPrint = "";
  document.body.append(sheet);
  const done = () => {
    sheet.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== alone);
  };
  addEventListener("afterprint", done, { once: true });
  await ready;
  print();
}

/** A copy of a message for paper: nothing to press, addresses written out. */
function printed(message, texts) {
  const copy = message.cloneNode(true);
  for (const one of copy.querySelectorAll(NOT_PRINTED)) one.remove();
  for (const one of copy.querySelectorAll("details")) one.open = true;
  for (const link of copy.querySelectorAll("a[href]")) {
    link.querySelector(".visually-hidden")?.remove();
    const address = webAddress(link.getAttribute("href"));
    if (address && link.textContent !== address)
      link.after(" ", el("bdi.address", { dir: "ltr", text: address }));
  }
  const { sender } = contentOf(message);
  const who = sender === "assistant" ? "assistant" : "you";
  copy.querySelector(".bubble > .visually-hidden")?.remove();
  copy.prepend(own(texts, "h2", who));
  return copy;
}

// Text ----------------------------------------------------------------------------------------

/** The whole conversation as text. */
export function conversationText(log, texts) {
  const entries = [...log.querySelectorAll(".message")].map(contentOf);
  const languages = new Set(entries.map(({ message }) => message?.language).filter(Boolean));
  const names = texts.list([...languages].map((code) => texts.languageName(code)));
  const head = [
    "Kuntaopas",
    texts.get("about"),
    moment(texts),
    wording(texts, `{service_languages}: ${names}`),
  ].map((line) => directed(line, texts.direction));
  const said = entries.map((entry) =>
    entry.sender === "person"
      ? `${directed(wording(texts, "{you}:"), texts.direction)}${LINE}${entry.text}`
      : `${directed(wording(texts, "{assistant}:"), texts.direction)}${LINE}${textOf(entry.message, texts)}`,
  );
  return [head.join(LINE), ...said].join(LINE + LINE) + LINE;
}

/** What an element of the conversation shows, as text. */
export function messageText(element, texts) {
  return textOf(contentOf(element).message, texts);
}

/** A message with its cards and the addresses of its sources. */
function textOf(message, texts) {
  const blocks = [
    message.text.split("\n"),
    ...(message.cards ?? []).map((card) => cardLines(card, texts)),
  ];
  if (message.sources?.length)
    blocks.push([
      wording(texts, "{sources}:"),
      ...message.sources.flatMap((source) => [
        `- ${source.title}${source.checked ? ` (${wording(texts, "checked", { date: source.checked })})` : ""}`,
        ...(webAddress(source.url) ? [`  ${source.url}`] : []),
      ]),
    ]);
  return blocks
    .map((lines) => lines.map((line) => directed(line, message.direction)).join(LINE))
    .join(LINE + LINE);
}

function cardLines(card, texts) {
  const line = (name, value) => value && `${texts.get(name)}: ${apart(value, texts)}`;
  return [
    `* ${card.title}`,
    card.provider,
    card.summary,
    card.when,
    line("address", card.address),
    line("today", card.hours_today),
    ...(card.phones ?? []).map(({ number, label }) =>
      [line("phone", number), label].filter(Boolean).join(" · "),
    ),
    ["free", "charged"].includes(card.cost) && `${texts.get("charge")}: ${texts.get(card.cost)}`,
    line("e_service", webAddress(card.e_service_url)),
    line("form", webAddress(card.form_url)),
    line("website", webAddress(card.url)),
    line("map", webAddress(card.map_url)),
    [
      card.source && `${texts.get("source")}: ${card.source}`,
      card.checked && wording(texts, "checked", { date: card.checked }),
    ]
      .filter(Boolean)
      .join(" · "),
  ].filter(Boolean);
}

/** A number or an address that keeps its order within right-to-left text. */
function apart(value, texts) {
  return texts.direction === "rtl" ? LRI + value + PDI : value;
}

/** A line that programs show in its direction: they look at its first letter. */
function directed(line, direction) {
  const first = LETTER.exec(line.replace(/\u2066[^\u2069]*\u2069/g, ""))?.[0];
  const shown = first && ARABIC.test(first) ? "rtl" : "ltr";
  if (!line || shown === direction) return line;
  return (direction === "rtl" ? RLM : LRM) + line;
}

function moment(texts) {
  const locale = [`${texts.language}-u-ca-gregory-nu-latn`, "fi"];
  const parts = { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(locale, parts).format(new Date());
}

// Channel-neutral messages as elements.

import { renderCard } from "./cards.js";
import { el, hidden, icon, phoneLink, webAddress } from "./dom.js";
import { outside, own } from "./labels.js";
import { SIMPLER, answerTools } from "./tools.js";

const LRI = "\u2066";
const PDI = "\u2069";
// "1. text"; in right-to-left texts the number, or the number with what follows, is isolated.
const NUMBERED = /^(\u2066?)([0-9\u0660-\u0669\u06f0-\u06f9]{1,2})(\u2069?)[.)](\u2069?)\s+/;
const BULLET = /^[•*–-]\s+/;
// Web addresses, and numbers as they are written in Finland: +358 9 310 1691, 0800 147 111,
// 09 2525 0112, 116 117, 112.
const LINKED = new RegExp(
  [
    "https?://[^\\s\u2066-\u2069<>]+",
    "\\+358[\\d ]{5,14}\\d",
    "(?<![\\d.,/:+-] ?)(?:0\\d{1,3}[ -]\\d[\\d ]{3,10}\\d|116 ?\\d{3}|112)(?![\\d.,/:-]*\\d)",
  ].join("|"),
  "g",
);
const MUNICIPALITY = "/inform/municipality/";

const contents = new WeakMap();

/**
 * A message of the assistant.
 * @param {object} message
 * @param {Texts} texts in the language of the widget, which need not be the message's
 * @param {object} host the widget: see `widget.js`
 */
export function renderMessage(message, texts, host) {
  const urgent = message.kind === "emergency";
  const element = el(
    `article.message.assistant.${message.kind}`,
    // The widget announces an emergency at once, and only once: the log leaves it out.
    { lang: message.language, dir: message.direction, "aria-live": urgent ? "off" : null },
    el(
      "div.bubble",
      {},
      urgent
        ? el("p.urgent", {}, icon("warning"), own(texts, "strong", "important"))
        : hidden(own(texts, "span", "{assistant}: ")),
      ...renderText(message.text),
      message.sources?.length && renderSources(message.sources, texts),
    ),
    ...(message.cards ?? []).map((card) => renderCard(card, texts, host)),
  );
  element.append(
    ...[
      answerTools(message, element, texts, host),
      message.buttons?.length && renderButtons(message.buttons, texts, host),
    ].filter(Boolean),
  );
  contents.set(element, { sender: "assistant", message });
  return element;
}

/** What the person said; `payload` is that of the button that was pressed. */
export function renderSaid(text, texts, payload = null) {
  const element = el(
    "article.message.person",
    { "data-payload": payload },
    el("div.bubble", { dir: "auto" }, hidden(own(texts, "span", "{you}: ")), text),
  );
  contents.set(element, { sender: "person", text });
  return element;
}

/** What an element of the conversation shows: `{sender, message}` or `{sender, text}`. */
export function contentOf(element) {
  return contents.get(element);
}

/**
 * Mark the latest choices. What was said in simpler words cannot be made simpler once more.
 */
export function markLatest(log) {
  for (const selector of [".choices", ".tools:not(.few)"]) {
    const all = log.querySelectorAll(selector);
    const last = all[all.length - 1];
    for (const one of log.querySelectorAll(`${selector}.latest`)) one.classList.remove("latest");
    last?.classList.add("latest");
    const asked = last?.closest(".message").previousElementSibling?.dataset.payload;
    if (asked?.startsWith(SIMPLER)) last.querySelector(".simpler")?.remove();
  }
}

/** A text as paragraphs and lists. */
export function renderText(text) {
  const blocks = [];
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (!line) continue;
    const numbered = NUMBERED.exec(line);
    const bullet = BULLET.exec(line);
    if (numbered) {
      let rest = line.slice(numbered[0].length);
      // The isolate went on after the number: it has to begin anew.
      if (numbered[1] && !numbered[3] && !numbered[4]) rest = LRI + rest;
      const number = [...numbered[2]].map(westernDigit).join("");
      listOf("ol", blocks).append(el("li", { value: number }, ...linked(rest)));
    } else if (bullet) {
      listOf("ul", blocks).append(el("li", {}, ...linked(line.slice(bullet[0].length))));
    } else {
      blocks.push(el("p", {}, ...linked(line)));
    }
  }
  return blocks;
}

function listOf(tag, blocks) {
  const last = blocks.at(-1);
  if (last?.localName === tag) return last;
  const list = el(tag);
  blocks.push(list);
  return list;
}

function westernDigit(digit) {
  const code = digit.codePointAt(0);
  return code < 0x660 ? digit : String(code & 0xf);
}

/** A line with its web addresses and telephone numbers as links, and isolates as elements. */
function linked(line) {
  const parts = [];
  let end = 0;
  for (const found of line.matchAll(/\u2066([^\u2066\u2069]*)\u2069/g)) {
    parts.push(...links(line.slice(end, found.index)), el("bdi", { dir: "ltr" }, ...links(found[1])));
    end = found.index + found[0].length;
  }
  parts.push(...links(line.slice(end).replaceAll(LRI, "").replaceAll(PDI, "")));
  return parts;
}

function links(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINKED)) {
    const shown = found[0].replace(/[.,;:!?)\u3002\uff0c]+$/, "");
    parts.push(text.slice(end, found.index));
    parts.push(
      webAddress(shown)
        ? el("a", { href: shown, target: "_blank", rel: "noopener noreferrer", text: shown })
        : phoneLink(shown),
    );
    end = found.index + shown.length;
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== "");
}

function renderSources(sources, texts) {
  return el(
    "details.sources",
    {},
    own(texts, "summary", `{sources} (${sources.length})`),
    el(
      "ul",
      {},
      ...sources.map((source) =>
        el(
          "li",
          {},
          webAddress(source.url)
            ? outside(source.url, [el("bdi", { text: source.title })], texts)
            : el("bdi", { text: source.title }),
          source.checked && own(texts, "span.note", "checked", { date: source.checked }),
        ),
      ),
    ),
  );
}

function renderButtons(buttons, texts, host) {
  const places = buttons.some(({ payload }) => payload.startsWith(MUNICIPALITY));
  return el(
    "div.choices",
    { role: "group", "data-label": "choices", "aria-label": texts.get("choices") },
    ...buttons.map(({ title, payload }) =>
      el("button.choice", {
        type: "button",
        text: title,
        onclick: () => host.say({ payload }, title),
      }),
    ),
    places && otherMunicipality(texts, host),
  );
}

/** So that nothing has to be typed: every municipality in a list. */
function otherMunicipality(texts, host) {
  const button = own(texts, "button.choice.other", "other_municipality", null, { type: "button" });
  button.addEventListener("click", async () => {
    const { chooseMunicipality } = await import("./municipalities.js");
    await chooseMunicipality(button, host);
  });
  return button;
}

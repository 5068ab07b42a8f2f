// Channel-neutral messages as elements.

import { renderCard } from "./cards.js";
import { el, hidden, icon, outside, phoneLink, webAddress } from "./dom.js";

const LRI = "\u2066";
// "1. text"; in right-to-left texts the number, or the number with what follows, is isolated.
const NUMBERED = /^(\u2066?)([0-9\u0660-\u0669\u06f0-\u06f9]{1,2})(\u2069?)[.)](\u2069?)\s+/;
const BULLET = /^[•*–-]\s+/;
const LINKED = /https?:\/\/[^\s\u2066-\u2069<>]+|\+358[\d ]{5,14}\d|(?<![\d.,])112(?![\d.,]*\d)/g;

/**
 * A message of the assistant.
 * @param {object} message
 * @param {Texts} texts in the message's language
 * @param {(button: object) => void} press called with the button that was pressed
 */
export function renderMessage(message, texts, press) {
  const urgent = message.kind === "emergency";
  return el(
    `article.message.assistant.${message.kind}`,
    { lang: message.language, dir: message.direction, role: urgent ? "alert" : null },
    el(
      "div.bubble",
      {},
      urgent
        ? el("p.urgent", {}, icon("warning"), texts.get("important"))
        : hidden(`${texts.get("assistant")}: `),
      ...renderText(message.text),
      message.sources?.length && renderSources(message.sources, texts),
    ),
    ...(message.cards ?? []).map((card) => renderCard(card, texts)),
    message.buttons?.length && renderButtons(message.buttons, texts, press),
  );
}

/** What the person said. */
export function renderSaid(text, texts) {
  return el(
    "article.message.person",
    {},
    el("div.bubble", { dir: "auto" }, hidden(`${texts.get("you")}: `), text),
  );
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

/** A line with its web addresses and telephone numbers as links. */
function linked(line) {
  const parts = [];
  let end = 0;
  for (const found of line.matchAll(LINKED)) {
    const shown = found[0].replace(/[.,;:!?)\u3002\uff0c]+$/, "");
    parts.push(line.slice(end, found.index));
    parts.push(
      webAddress(shown)
        ? el("a", { href: shown, target: "_blank", rel: "noopener noreferrer", text: shown })
        : phoneLink(shown),
    );
    end = found.index + shown.length;
  }
  parts.push(line.slice(end));
  return parts.filter((part) => part !== "");
}

function renderSources(sources, texts) {
  return el(
    "details.sources",
    {},
    el("summary", { text: `${texts.get("sources")} (${sources.length})` }),
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
          source.checked &&
            el("span.note", { text: texts.get("checked", { date: texts.date(source.checked) }) }),
        ),
      ),
    ),
  );
}

function renderButtons(buttons, texts, press) {
  return el(
    "div.choices",
    { role: "group", "aria-label": texts.get("choices") },
    ...buttons.map((button) =>
      el("button.choice", { type: "button", text: button.title, onclick: () => press(button) }),
    ),
  );
}

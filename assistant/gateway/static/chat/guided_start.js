// A start without writing: a topic by its picture, then what is needed of it. Loaded when asked for.

import { asset } from "../base.js";
import { el, icon, phoneLink } from "./dom.js";
import { named, own } from "./labels.js";
import { picture } from "./pictures.js";
import { quiet, readButton } from "./sound.js";

const loaded = new Map();

/**
 * The guided start, to be shown outside the log.
 * @param {Texts} texts in the language of the widget
 * @param {object} host the widget; `closePanel()` takes this away again
 */
export function renderGuidedStart(texts, host) {
  const panel = el("section.guided", { "aria-labelledby": "guided-title" });
  const style = el("link", { rel: "stylesheet", href: asset("chat/guided_start.css") });
  const styled = new Promise((done) => {
    style.onload = style.onerror = done;
  });
  let fresh = true;
  const show = (...content) => {
    // In another language it is only said again: the focus stays where the person is.
    const hadFocus = fresh || panel.contains(panel.getRootNode().activeElement);
    quiet();
    panel.replaceChildren(style, ...content);
    panel.scrollTop = 0;
    if (hadFocus) panel.querySelector("h2").focus({ preventScroll: true });
    fresh = false;
  };
  const close = () => {
    quiet();
    host.closePanel();
  };
  const choose = ({ id, name }) => {
    close();
    host.say({ payload: `/${id}` }, name);
  };
  const open = (topic) => {
    if (topic.needs.length === 1) choose(topic.needs[0]);
    else show(...renderNeeds(topic, host.texts, host, choose, () => panel.refresh(host.texts)));
  };
  /** Shows the topics, also again in another language. */
  panel.refresh = async (wanted) => {
    try {
      const [{ topics }] = await Promise.all([loadTopics(wanted.language), styled]);
      show(...renderTopics(topics, wanted, host, open));
    } catch {
      show(...failed(wanted, host, () => panel.refresh(host.texts)));
    }
  };
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    const back = panel.querySelector(".back");
    if (back) back.click();
    else close();
  });
  panel.append(style, head(texts, host, own(texts, "span", "what_need")));
  panel.refresh(texts);
  return panel;
}

function renderTopics(topics, texts, host, open) {
  const list = el(
    "ul.tiles",
    {},
    ...topics.map((topic) =>
      el(
        "li",
        {},
        el(
          `button.tile.tile-${topic.picture}`,
          { type: "button", onclick: () => open(topic) },
          picture(topic.picture),
          el("span", { text: topic.name }),
        ),
      ),
    ),
  );
  return [head(texts, host, own(texts, "span", "what_need"), list), list];
}

function renderNeeds(topic, texts, host, choose, back) {
  const list = el(
    "ul.needs",
    {},
    ...topic.needs.map((need) =>
      el(
        "li",
        {},
        el("button.need", { type: "button", text: need.name, onclick: () => choose(need) }),
      ),
    ),
  );
  const title = el("span.of-topic", {}, picture(topic.picture), el("span", { text: topic.name }));
  return [
    head(texts, host, title, list),
    topic.picture === "danger" &&
      el("p.call", {}, own(texts, "span", "danger"), " ", phoneLink("112", "a.phone")),
    list,
    el(
      "p.ways",
      {},
      el(
        "button.back",
        { type: "button", onclick: back },
        icon("back"),
        own(texts, "span", "back"),
      ),
    ),
  ].filter(Boolean);
}

function head(texts, host, title, list = null) {
  const close = named(texts, "button.tool.close", "close", { type: "button" }, icon("close"));
  close.addEventListener("click", () => {
    quiet();
    host.closePanel();
  });
  return el(
    "div.guided-head",
    {},
    el("h2", { id: "guided-title", tabindex: "-1" }, title),
    list && readButton(list, texts.language, texts, host),
    close,
  );
}

function failed(texts, host, again) {
  const button = own(texts, "button.again", "try_again", null, { type: "button" });
  button.addEventListener("click", again);
  return [
    head(texts, host, own(texts, "span", "what_need")),
    el("p", {}, own(texts, "span", "not_loaded")),
    el("p", {}, button),
  ];
}

async function loadTopics(language) {
  if (!loaded.has(language)) {
    const address = asset(`i18n/${encodeURIComponent(language)}/topics.json`);
    const response = await fetch(address, { credentials: "omit" });
    if (!response.ok) throw new Error(`topics: ${response.status}`);
    loaded.set(language, await response.json());
  }
  return loaded.get(language);
}

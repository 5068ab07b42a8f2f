// <kuntaopas-chat>: a chat with Kuntaopas, on any page.
//
//   <script type="module" src="/widget.js"></script>
//   <kuntaopas-chat municipality="091" language="fi"></kuntaopas-chat>
//
// Both attributes are optional. The element tells its language with a `kuntaopas-language` event.

import { Connection, isGone } from "./chat/connection.js";
import { el, icon, phoneLink } from "./chat/dom.js";
import { renderMessage, renderSaid } from "./chat/messages.js";
import { loadTexts, noTexts } from "./chat/texts.js";

const BASE = new URL(".", import.meta.url);
const START_OVER = "/bot_meta/start_over";

class KuntaopasChat extends HTMLElement {
  #parts = {};
  #texts = noTexts;
  #connection;
  #languages = [];
  #spoken = false;
  #queue = Promise.resolve();
  #waiting = 0;

  connectedCallback() {
    if (this.shadowRoot) return;
    this.#connection = new Connection(BASE, this.getAttribute("municipality"));
    this.#build(this.attachShadow({ mode: "open" }));
    this.#start();
  }

  // Beginning and going on ------------------------------------------------------------------

  async #start() {
    try {
      const before = await this.#connection.resume();
      if (!before) return await this.#begin(this.getAttribute("language"));
      await this.#introduce(before);
      for (const entry of before.messages) {
        if (entry.sender === "assistant") await this.#show(entry.message);
        else this.#showSaid(entry.text);
      }
      this.#parts.log.scrollTop = this.#parts.log.scrollHeight;
    } catch {
      this.#notice("not_started", () => this.#start());
    }
  }

  async #begin(language) {
    const begun = await this.#open(language);
    this.#spoken = false;
    for (const message of begun.greeting) await this.#show(message);
  }

  async #open(language) {
    const municipality = this.getAttribute("municipality");
    const begun = await this.#connection.begin({
      ...(language && { language }),
      ...(municipality && { municipality }),
    });
    await this.#introduce(begun);
    return begun;
  }

  async #introduce(conversation) {
    if (!this.#languages.length) {
      this.#languages = conversation.languages;
      this.#parts.select.append(
        ...this.#languages.map(({ code, name, direction }) =>
          el("option", { value: code, lang: code, dir: direction, text: name }),
        ),
      );
    }
    await this.#speak(conversation.language);
    const { place } = this.#parts;
    place.replaceChildren();
    if (conversation.municipality) {
      place.append(el("bdi", { text: conversation.municipality.name }));
      if (conversation.municipality.fictional)
        place.append(el("span.tag", { "data-text": "demonstration" }));
      this.#label();
    }
  }

  /** Show the widget itself in a language. */
  async #speak(language) {
    this.#texts = await loadTexts(BASE, language);
    const { direction } = this.#texts;
    this.#parts.chat.lang = this.lang = language;
    this.#parts.chat.dir = this.dir = direction;
    this.#parts.select.value = language;
    this.#label();
    this.dispatchEvent(
      new CustomEvent("kuntaopas-language", { detail: { language, direction } }),
    );
  }

  #label() {
    for (const one of this.shadowRoot.querySelectorAll("[data-text]"))
      one.textContent = this.#texts.get(one.dataset.text);
    for (const one of this.shadowRoot.querySelectorAll("[data-label]"))
      one.setAttribute("aria-label", this.#texts.get(one.dataset.label));
    this.#parts.input.placeholder = this.#texts.get("write_here");
  }

  // Saying something ------------------------------------------------------------------------

  #say(said, shown) {
    const bubble = this.#showSaid(shown);
    this.#enqueue(said, bubble);
  }

  #enqueue(said, bubble) {
    this.#queue = this.#queue.then(() => this.#deliver(said, bubble));
  }

  async #deliver(said, bubble) {
    this.#wait(1);
    try {
      const answer = await this.#send(said);
      await this.#speak(answer.language);
      for (const message of answer.messages) await this.#show(message);
      this.#scrollTo(bubble);
    } catch {
      bubble.classList.add("unsent");
      this.#notice("not_sent", () => {
        bubble.classList.remove("unsent");
        this.#append(bubble);
        this.#enqueue(said, bubble);
      });
    } finally {
      this.#wait(-1);
    }
  }

  async #send(said) {
    if (!this.#connection.open) await this.#open(this.#texts.language);
    try {
      return await this.#connection.send(said);
    } catch (error) {
      if (!isGone(error)) throw error;
      // Erased after a time, or in another tab: go on in a new conversation.
      await this.#open(this.#texts.language);
      return this.#connection.send(said);
    }
  }

  async #chooseLanguage(code) {
    const language = this.#languages.find((one) => one.code === code);
    try {
      await this.#speak(code);
      if (!this.#spoken) {
        // Nothing was said yet: the greeting too is better in the new language.
        await this.#connection.erase();
        this.#parts.log.replaceChildren();
        await this.#begin(code);
      }
      this.#say({ payload: `/language/${code}` }, language.name);
    } catch {
      this.#notice("not_started", () => this.#chooseLanguage(code));
    }
  }

  async #erase() {
    try {
      await this.#queue;
      await this.#connection.erase();
    } catch {
      this.#notice("not_deleted", () => this.#erase());
      return;
    }
    this.#parts.log.replaceChildren(
      el("p.notice", { role: "status", "data-text": "deleted", text: this.#texts.get("deleted") }),
    );
    this.#parts.input.value = "";
    try {
      await this.#begin(this.#texts.language);
    } catch {
      this.#notice("not_started", () => this.#start());
    }
    this.#parts.input.focus();
  }

  // Showing ---------------------------------------------------------------------------------

  async #show(message) {
    const texts = await loadTexts(BASE, message.language);
    const shown = renderMessage(message, texts, (button) =>
      this.#say({ payload: button.payload }, button.title),
    );
    this.#append(shown);
    const choices = this.#parts.log.querySelectorAll(".choices");
    choices.forEach((one, place) => one.classList.toggle("latest", place === choices.length - 1));
  }

  #showSaid(text) {
    this.#spoken = true;
    const bubble = renderSaid(text, this.#texts);
    this.#append(bubble);
    this.#parts.log.scrollTop = this.#parts.log.scrollHeight;
    return bubble;
  }

  #notice(name, retry) {
    const notice = el("div.notice.failed", { role: "alert" });
    const again = el("button.again", {
      type: "button",
      "data-text": "try_again",
      text: this.#texts.get("try_again"),
      onclick: () => {
        notice.remove();
        retry();
      },
    });
    notice.append(el("p", { "data-text": name, text: this.#texts.get(name) }), again);
    this.#append(notice);
    this.#parts.log.scrollTop = this.#parts.log.scrollHeight;
  }

  #append(element) {
    this.#parts.log.insertBefore(element, this.#parts.log.querySelector(".typing"));
  }

  #wait(change) {
    this.#waiting += change;
    const { log } = this.#parts;
    log.setAttribute("aria-busy", String(this.#waiting > 0));
    const typing = log.querySelector(".typing");
    if (this.#waiting > 0 && !typing) {
      log.append(
        el(
          "div.typing",
          {},
          el("span.visually-hidden", { text: this.#texts.get("answering") }),
          ...[1, 2, 3].map(() => el("span.dot", { "aria-hidden": "true" })),
        ),
      );
      log.scrollTop = log.scrollHeight;
    } else if (this.#waiting === 0) typing?.remove();
  }

  /** A long answer is read from its beginning: what was asked stays in sight above it. */
  #scrollTo(bubble) {
    this.#parts.log.scrollTop = bubble.offsetTop - this.#parts.log.offsetTop - 12;
  }

  // The frame -------------------------------------------------------------------------------

  #build(root) {
    const style = el("link", { rel: "stylesheet", href: new URL("widget.css", BASE).href });
    const select = el("select", {
      "data-label": "language",
      onchange: () => this.#chooseLanguage(select.value),
    });
    const log = el("div.log", {
      role: "log",
      "aria-live": "polite",
      "data-label": "conversation",
      tabindex: "0",
    });
    const place = el("span.place");
    const input = el("textarea", {
      id: "text",
      rows: "1",
      dir: "auto",
      autocomplete: "off",
      enterkeyhint: "send",
      onkeydown: (event) => this.#onKey(event),
      oninput: () => this.#grow(),
    });
    const form = el(
      "form.composer",
      {
        onsubmit: (event) => {
          event.preventDefault();
          this.#submit();
        },
      },
      el("label.visually-hidden", { for: "text", "data-text": "write_here" }),
      el(
        "div.line",
        {},
        input,
        el("button.send", { type: "submit", "data-label": "send" }, icon("send")),
      ),
      el("p.privacy", { "data-text": "privacy" }),
    );
    const dialog = this.#confirmation();
    const chat = el(
      "section.chat",
      { "aria-label": "Kuntaopas", hidden: true },
      el(
        "header",
        {},
        el(
          "div.brand",
          {},
          el("h1", { text: "Kuntaopas" }),
          el("p.about", { "data-text": "about" }),
        ),
        el("label.language", {}, icon("globe"), select),
        this.#menu(dialog),
      ),
      el(
        "div.strip",
        {},
        place,
        el("span.danger", {}, el("span", { "data-text": "danger" }), " ", phoneLink("112")),
      ),
      log,
      form,
      dialog,
    );
    this.#parts = { chat, select, log, place, input, form };
    const reveal = () => {
      chat.hidden = false;
    };
    style.addEventListener("load", reveal);
    style.addEventListener("error", reveal);
    root.append(style, chat);
  }

  #menu(dialog) {
    const toggle = el(
      "button.toggle",
      { type: "button", "data-label": "menu", "aria-expanded": "false", "aria-controls": "menu" },
      icon("menu"),
    );
    const entry = (symbol, name, act) =>
      el(
        "li",
        {},
        el(
          "button",
          {
            type: "button",
            onclick: () => {
              open(false);
              act();
            },
          },
          icon(symbol),
          el("span", { "data-text": name }),
        ),
      );
    const list = el(
      "ul.entries",
      { id: "menu", hidden: true },
      entry("restart", "start_over", () =>
        this.#say({ payload: START_OVER }, this.#texts.get("start_over")),
      ),
      entry("erase", "delete", () => dialog.showModal()),
    );
    const open = (wanted) => {
      list.hidden = !wanted;
      toggle.setAttribute("aria-expanded", String(wanted));
      if (wanted) list.querySelector("button").focus();
    };
    toggle.addEventListener("click", () => open(list.hidden));
    const menu = el("div.menu", {}, toggle, list);
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || list.hidden) return;
      open(false);
      toggle.focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (!menu.contains(event.relatedTarget)) open(false);
    });
    return menu;
  }

  #confirmation() {
    const dialog = el(
      "dialog",
      { "aria-labelledby": "question", onclose: () => dialog.returnValue === "yes" && this.#erase() },
      el(
        "form",
        { method: "dialog" },
        el("p", { id: "question", "data-text": "delete_question" }),
        el(
          "p.answers",
          {},
          el("button.cancel", { value: "no", "data-text": "cancel" }),
          el("button.confirm", { value: "yes", "data-text": "delete_confirm" }),
        ),
      ),
    );
    return dialog;
  }

  #onKey(event) {
    // Enter that only ends the choice of a character (Chinese and other input methods) sends nothing.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const { input } = this.#parts;
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    this.#grow();
    this.#say({ text }, text);
  }

  #grow() {
    const { input } = this.#parts;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
  }
}

customElements.define("kuntaopas-chat", KuntaopasChat);

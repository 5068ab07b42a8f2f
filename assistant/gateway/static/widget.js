// <kuntaopas-chat>: a chat with Kuntaopas, on any page.
//
//   <script type="module" src="/widget.js"></script>
//   <kuntaopas-chat municipality="091" language="fi" mode="button"></kuntaopas-chat>
//
// All attributes are optional (docs/embed.md). The element tells its language with a
// `kuntaopas-language` event.

import { BASE, asset } from "./base.js";
import { Connection, isGone } from "./chat/connection.js";
import { newMessageId, persist } from "./chat/delivery.js";
import { el, icon, phoneLink } from "./chat/dom.js";
import { Kept } from "./chat/kept.js";
import { relabel } from "./chat/labels.js";
import { markLatest, renderMessage, renderSaid } from "./chat/messages.js";
import { makePanel } from "./chat/panel.js";
import { dictateButton } from "./chat/sound.js";
import { loadTexts, noTexts } from "./chat/texts.js";

const START_OVER = "/bot_meta/start_over";
const SIZES = ["", "larger", "largest"];
const settings = new Kept("kuntaopas-", () => localStorage);

class KuntaopasChat extends HTMLElement {
  #parts = {};
  #texts = noTexts;
  #connection;
  #languages = [];
  #spoken = false;
  #queue = Promise.resolve();
  #waiting = 0;
  #started = false;
  #tabs;

  connectedCallback() {
    if (this.shadowRoot) return;
    this.#connection = new Connection(BASE, this.getAttribute("municipality"));
    this.#build(this.attachShadow({ mode: "open" }));
    // A page that came back from the browser's memory may be behind.
    addEventListener("pageshow", (event) => event.persisted && this.#catchUp());
    if (this.getAttribute("mode") !== "button") this.#startOnce();
  }

  /** A closed panel asks the gateway for nothing. */
  #startOnce() {
    if (this.#started) return;
    this.#started = true;
    this.#start();
  }

  // Beginning and going on ------------------------------------------------------------------

  async #start() {
    try {
      await this.#sendUnanswered();
      const before = await this.#connection.resume();
      if (!before) return await this.#begin(this.getAttribute("language"));
      await this.#introduce(before);
      for (const entry of before.messages) {
        if (entry.sender === "assistant") this.#show(entry.message, true);
        else this.#showSaid(entry.text, entry.payload);
      }
      this.#parts.log.scrollTop = this.#parts.log.scrollHeight;
    } catch {
      this.#notice("not_started", () => this.#start());
    }
  }

  /** What was on its way when the page was left: its id keeps it from counting twice. */
  async #sendUnanswered() {
    for (const { said } of this.#connection.unanswered) {
      try {
        await persist(() => this.#connection.send(said));
      } catch (error) {
        if (!isGone(error)) throw error;
      }
      this.#forgetUnanswered(said);
    }
  }

  async #catchUp() {
    if (!this.#started || this.#waiting) return;
    const shown = this.#parts.log.querySelectorAll(".message").length;
    const before = await this.#connection.resume().catch(() => undefined);
    if (before === undefined || before?.messages.length === shown) return;
    this.#parts.log.replaceChildren();
    await this.#start();
  }

  /** Another tab with the same conversation says that something happened. */
  #listenToTabs() {
    this.#tabs?.close();
    if (!("BroadcastChannel" in globalThis) || !this.#connection.id) return;
    this.#tabs = new BroadcastChannel(`kuntaopas-${this.#connection.id}`);
    this.#tabs.onmessage = () => this.#catchUp();
  }

  async #begin(language) {
    const begun = await this.#open(language);
    this.#spoken = false;
    for (const message of begun.greeting) this.#show(message);
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
    this.#listenToTabs();
    this.#showOperator(conversation.operator);
    const { place } = this.#parts;
    place.replaceChildren();
    if (conversation.municipality) {
      place.append(el("bdi", { text: conversation.municipality.name }));
      if (conversation.municipality.fictional)
        place.append(el("span.tag", { "data-text": "demonstration" }));
      this.#label();
    }
  }

  #showOperator(operator) {
    const { operator: line } = this.#parts;
    line.hidden = !operator?.name && !operator?.privacy_url;
    const link = (url, node) => (url ? el("a", { href: url, target: "_blank", rel: "noopener" }, node) : node);
    line.replaceChildren(
      ...[
        operator?.name && link(operator.url, el("bdi", { text: operator.name })),
        operator?.privacy_url && link(operator.privacy_url, el("span", { "data-text": "privacy_notice" })),
      ].filter(Boolean),
    );
    this.#label();
  }

  /** Show the widget itself in a language. */
  async #speak(language) {
    this.#texts = await loadTexts(language);
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
    relabel(this.shadowRoot, this.#texts);
    this.#parts.input.placeholder = this.#texts.get("write_here");
    this.shadowRoot.querySelector(".guided")?.refresh(this.#texts);
  }

  /** What messages and their tools need of the widget. */
  #host = (() => {
    const widget = this;
    return {
      get texts() {
        return widget.#texts;
      },
      get language() {
        return widget.#texts.language;
      },
      get connection() {
        return widget.#connection;
      },
      get exitUrl() {
        return widget.dataset.exitUrl;
      },
      say: (said, shown) => widget.#say(said, shown),
      announce: (text, options) => widget.#announce(text, options),
      closePanel: () => widget.#closePanel(),
    };
  })();

  /** Have a screen reader say something; what is urgent interrupts it. */
  #announce(text, { urgent = false } = {}) {
    const { chat, status } = this.#parts;
    if (urgent) {
      const alert = el("div.visually-hidden", { role: "alert", text });
      chat.append(alert);
      // It is in the conversation as well: nobody should come across it twice.
      setTimeout(() => alert.remove(), 5000);
      return;
    }
    status.textContent = "";
    // A change is noticed only after the emptiness was.
    setTimeout(() => {
      status.textContent = text;
    }, 100);
  }

  async #openGuidedStart() {
    const { renderGuidedStart } = await import("./chat/guided_start.js");
    this.#closePanel();
    this.#parts.log.hidden = true;
    this.#parts.log.after(renderGuidedStart(this.#texts, this.#host));
  }

  #closePanel() {
    this.shadowRoot.querySelector(".guided")?.remove();
    this.#parts.log.hidden = false;
    this.#parts.input.focus();
  }

  async #showQuickExit() {
    if (this.shadowRoot.querySelector(".quick-exit")) return;
    const { quickExit } = await import("./chat/quick_exit.js");
    if (this.shadowRoot.querySelector(".quick-exit")) return;
    this.#parts.log.before(quickExit(this.#texts, this.#host));
  }

  async #takeAlong(how) {
    const all = await import("./chat/transcript.js");
    const copied = await all[how](this.#parts.log, this.#texts);
    if (how === "copyAll") this.#announce(this.#texts.get(copied ? "copied" : "not_copied"));
  }

  // Saying something ------------------------------------------------------------------------

  #say(said, shown) {
    const sent = { ...said, message_id: newMessageId() };
    this.#connection.unanswered = [...this.#connection.unanswered, { said: sent, shown }];
    this.#enqueue(sent, this.#showSaid(shown, said.payload));
  }

  #enqueue(said, bubble) {
    this.#queue = this.#queue.then(() => this.#deliver(said, bubble));
  }

  async #deliver(said, bubble) {
    this.#wait(1);
    try {
      const answer = await this.#send(said);
      await this.#speak(answer.language);
      for (const message of answer.messages) this.#show(message);
      this.#scrollTo(bubble);
      this.#forgetUnanswered(said);
      this.#tabs?.postMessage("answered");
    } catch (error) {
      for (const message of error.messages ?? []) this.#show(message);
      bubble.classList.add("unsent");
      const again = () => {
        removeEventListener("online", retry);
        bubble.classList.remove("unsent");
        this.#append(bubble);
        this.#enqueue(said, bubble);
      };
      const notice = this.#notice("not_sent", again);
      const retry = () => {
        notice.remove();
        again();
      };
      addEventListener("online", retry, { once: true });
    } finally {
      this.#wait(-1);
    }
  }

  #forgetUnanswered(said) {
    const { unanswered } = this.#connection;
    this.#connection.unanswered = unanswered.filter((one) => one.said.message_id !== said.message_id);
  }

  async #send(said) {
    if (!this.#connection.open) await this.#open(this.#texts.language);
    try {
      return await persist(() => this.#connection.send(said));
    } catch (error) {
      if (!isGone(error)) throw error;
      // Erased after a time, or in another tab: go on in a new conversation.
      await this.#open(this.#texts.language);
      return persist(() => this.#connection.send(said));
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
      this.#tabs?.postMessage("erased");
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

  #show(message, before = false) {
    const shown = renderMessage(message, this.#texts, this.#host);
    this.#append(shown);
    markLatest(this.#parts.log);
    if (message.kind === "emergency" && !before) this.#announce(message.text, { urgent: true });
    if (message.sensitive) this.#showQuickExit();
  }

  #showSaid(text, payload = null) {
    this.#spoken = true;
    const bubble = renderSaid(text, this.#texts, payload);
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
    return notice;
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
    const styles = ["widget.css", "chat/messages.css"].map((name) =>
      el("link", { rel: "stylesheet", href: asset(name) }),
    );
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
      oninput: () => {
        this.#connection.draft = input.value;
        this.#grow();
      },
    });
    const operator = el("p.privacy.operator", { hidden: true });
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
        el(
          "button.tool.pictures",
          { type: "button", "data-label": "guided_start", onclick: () => this.#openGuidedStart() },
          icon("pictures"),
        ),
        input,
        dictateButton(input, this.#texts, this.#host),
        el("button.send", { type: "submit", "data-label": "send" }, icon("send")),
      ),
      el("p.privacy", { "data-text": "privacy" }),
      operator,
    );
    input.value = this.#connection.draft;
    const dialog = this.#confirmation();
    const title = this.getAttribute("heading") || "Kuntaopas";
    const chat = el(
      "section.chat",
      { id: "chat", "aria-label": title, hidden: true },
      el(
        "header",
        {},
        el(
          "div.brand",
          {},
          // The page around it has a heading of its own, unless the chat is the page.
          el(this.getAttribute("mode") === "page" ? "h1" : "h2", { text: title }),
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
    const status = el("div.visually-hidden", { role: "status" });
    chat.append(status);
    this.#parts = { chat, select, log, place, input, form, status, operator };
    this.#resize(settings.get("size") ?? 0);
    if (this.getAttribute("mode") === "button") {
      const { launcher, close } = makePanel(this, chat, () => this.#startOnce());
      chat.querySelector("header").append(close);
      root.append(launcher);
    }
    Promise.all(
      styles.map(
        (style) =>
          new Promise((done) => {
            style.onload = style.onerror = done;
          }),
      ),
    ).then(() => {
      chat.hidden = false;
    });
    root.append(...styles, chat);
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
      entry("copy", "copy", () => this.#takeAlong("copyAll")),
      entry("print", "print", () => this.#takeAlong("printAll")),
      entry("save", "save", () => this.#takeAlong("saveAll")),
      entry("size", "text_size", () => this.#resize((settings.get("size") ?? 0) + 1)),
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
      event.preventDefault();
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
    input.value = this.#connection.draft = "";
    this.#grow();
    this.#say({ text }, text);
  }

  /** Text in one of three sizes, remembered for the next visit. */
  #resize(step) {
    const size = step % SIZES.length;
    settings.set("size", size || null);
    this.#parts.chat.dataset.size = SIZES[size];
  }

  #grow() {
    const { input } = this.#parts;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
  }
}

customElements.define("kuntaopas-chat", KuntaopasChat);

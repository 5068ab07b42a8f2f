// The HTTP interface of the gateway. The conversation lives in sessionStorage, so that a reload
// goes on with it and closing the tab ends it.

import { Kept } from "./kept.js";

const TIMEOUT = 30_000;

export class RequestFailed extends Error {
  constructor(status, answer) {
    super(answer?.detail ?? `status ${status}`);
    this.status = status;
    // What the gateway says to the person, such as that too much came at once.
    this.messages = answer?.messages ?? [];
  }
}

export class Connection {
  #base;
  #kept;
  #conversation;

  /**
   * @param {URL} base where the gateway is
   * @param {string|null} municipality conversations about different places are kept apart
   */
  constructor(base, municipality) {
    this.#base = base;
    this.#kept = new Kept(`kuntaopas-conversation-${municipality ?? ""}`);
    this.#conversation = this.#kept.get("");
  }

  get open() {
    return this.#conversation !== null;
  }

  /** What is written or sent, and not answered yet: a reload does not lose it. */
  get unanswered() {
    return this.#kept.get("-unanswered") ?? [];
  }

  set unanswered(said) {
    this.#kept.set("-unanswered", said.length ? said : null);
  }

  get draft() {
    return this.#kept.get("-draft") ?? "";
  }

  set draft(text) {
    this.#kept.set("-draft", text || null);
  }

  get id() {
    return this.#conversation?.id ?? "";
  }

  /** Begin a new conversation. */
  async begin(wanted) {
    const begun = await this.#request("POST", "", wanted);
    this.#keep({ id: begun.id, token: begun.token });
    return begun;
  }

  /** The conversation of before a reload, or null. */
  async resume() {
    if (!this.open) return null;
    try {
      return await this.#request("GET", `/${this.#conversation.id}`);
    } catch (error) {
      if (!isGone(error)) throw error;
      this.drop();
      return null;
    }
  }

  /** Say something: `{text}` or `{payload}`. */
  send(said) {
    return this.#request("POST", `/${this.#conversation.id}/messages`, said);
  }

  /** Erase the conversation, here and on the server. */
  async erase() {
    if (!this.open) return;
    try {
      await this.#request("DELETE", `/${this.#conversation.id}`);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    this.drop();
  }

  /** Erase the conversation while the page is left. */
  async eraseAtOnce() {
    if (!this.open) return;
    const erased = this.#request("DELETE", `/${this.#conversation.id}`);
    this.drop();
    await erased;
  }

  /** Say whether an answer helped: `{message, helpful, reason}`. */
  rate(feedback) {
    return this.#request("POST", `/${this.#conversation.id}/feedback`, feedback);
  }

  /** Forget the conversation here. */
  drop() {
    this.#keep(null);
  }

  async #request(method, path, body) {
    const headers = {};
    if (body) headers["Content-Type"] = "application/json";
    if (path) headers.Authorization = `Bearer ${this.#conversation.token}`;
    const response = await fetch(new URL(`api/conversations${path}`, this.#base), {
      method,
      headers,
      body: body ? JSON.stringify(body) : undefined,
      credentials: "omit",
      // What is sent while the page is left still arrives.
      keepalive: method === "DELETE" || path.endsWith("/feedback"),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const answer = response.status === 204 ? null : await response.json().catch(() => null);
    if (!response.ok) throw new RequestFailed(response.status, answer);
    return answer;
  }

  #keep(conversation) {
    this.#conversation = conversation;
    this.#kept.set("", conversation);
    if (conversation === null) {
      this.draft = "";
      this.unanswered = [];
    }
  }
}

/** True when the server does not know the conversation any more. */
export function isGone(error) {
  return error instanceof RequestFailed && (error.status === 401 || error.status === 404);
}

// The HTTP interface of the gateway. The conversation lives in sessionStorage, so that a reload
// goes on with it and closing the tab ends it.

const TIMEOUT = 30_000;

export class RequestFailed extends Error {
  constructor(status, detail) {
    super(detail ?? `status ${status}`);
    this.status = status;
  }
}

export class Connection {
  #base;
  #key;
  #conversation;

  /**
   * @param {URL} base where the gateway is
   * @param {string|null} municipality conversations about different places are kept apart
   */
  constructor(base, municipality) {
    this.#base = base;
    this.#key = `kuntaopas-conversation-${municipality ?? ""}`;
    this.#conversation = this.#stored();
  }

  get open() {
    return this.#conversation !== null;
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
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const answer = response.status === 204 ? null : await response.json().catch(() => null);
    if (!response.ok) throw new RequestFailed(response.status, answer?.detail);
    return answer;
  }

  #stored() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key));
    } catch {
      return null; // the browser keeps nothing: the conversation lasts until a reload
    }
  }

  #keep(conversation) {
    this.#conversation = conversation;
    try {
      if (conversation) sessionStorage.setItem(this.#key, JSON.stringify(conversation));
      else sessionStorage.removeItem(this.#key);
    } catch {
      // as above
    }
  }
}

/** True when the server does not know the conversation any more. */
export function isGone(error) {
  return error instanceof RequestFailed && (error.status === 401 || error.status === 404);
}

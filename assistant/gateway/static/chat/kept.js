// What the browser keeps for a conversation, and how it does without.

/** Values of one storage under one prefix; where the browser keeps nothing, they live as long as the page. */
export class Kept {
  #storage;
  #prefix;
  #values = new Map();

  constructor(prefix, storage = () => sessionStorage) {
    this.#storage = storage;
    this.#prefix = prefix;
  }

  get(name) {
    try {
      return JSON.parse(this.#storage().getItem(this.#prefix + name));
    } catch {
      return this.#values.get(name) ?? null;
    }
  }

  /** Keep a value; null forgets it. */
  set(name, value) {
    this.#values.set(name, value);
    try {
      if (value === null) this.#storage().removeItem(this.#prefix + name);
      else this.#storage().setItem(this.#prefix + name, JSON.stringify(value));
    } catch {
      // Storage is switched off, or full.
    }
  }
}

// Sends messages over a network that may be slow, or away for a while.

import { RequestFailed } from "./connection.js";

// Milliseconds before each further attempt.
const PAUSES = [400, 1600];

/** An id that the gateway knows a message by when it comes again. */
export function newMessageId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Try until an answer comes, or it makes no sense to go on.
 * The message carries its id, so that one that arrived although its answer was lost is not taken
 * for a second one.
 * @param {() => Promise} send
 */
export async function persist(send) {
  for (const pause of [...PAUSES, null]) {
    try {
      return await send();
    } catch (error) {
      if (pause === null || !mayPass(error)) throw error;
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}

/** True for what may be over in a moment: no network, a server that restarts. */
function mayPass(error) {
  return !(error instanceof RequestFailed) || error.status >= 500;
}

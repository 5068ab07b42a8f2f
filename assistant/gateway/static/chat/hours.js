// The opening hours of the seven days from today on, as a table. Loaded when they are asked for.

import { BASE } from "../base.js";
import { el, hidden } from "./dom.js";
import { own } from "./labels.js";

/**
 * Fill the place of the hours, once.
 * @param {HTMLElement} part the place, with its summary
 * @param {object} card
 * @param {object} host the widget
 */
export async function fillWeek(part, card, host) {
  if (part.dataset.state) return;
  part.dataset.state = "loading";
  part.querySelector(".not-loaded")?.remove();
  let days = [];
  try {
    days = hoursOf(await details(card.id, host.language), card);
  } catch {
    // as if they were not known
  }
  if (days.length) {
    part.append(table(days, host.texts));
    part.dataset.state = "loaded";
  } else {
    part.append(own(host.texts, "p.not-loaded", "not_loaded", null, { role: "status" }));
    delete part.dataset.state;
  }
}

async function details(id, language) {
  const path = id.split("/").map(encodeURIComponent).join("/");
  const address = new URL(`api/services/${path}`, BASE);
  address.search = new URLSearchParams({ language });
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) throw new Error(`service: ${response.status}`);
  return response.json();
}

/** Of several places, the hours of the one that the card shows. */
function hoursOf({ places, channels }, card) {
  const known = (one) => one.hours?.length > 0;
  const shown = places.filter((place) =>
    place.addresses.some(({ address }) => address === card.address),
  );
  return ([...shown, ...places, ...channels].find(known) ?? { hours: [] }).hours;
}

function table(days, texts) {
  return el(
    "table.hours",
    {},
    el("caption", {}, hidden(own(texts, "span", "week"))),
    el("tbody", {}, ...days.map((day, place) => row(day, place === 0, texts))),
  );
}

function row(day, isToday, texts) {
  const [, month, date] = day.date.split("-").map(Number);
  const times = [
    day.open && el("bdi", { dir: "ltr", text: day.open }),
    day.on_reservation &&
      own(texts, "span.reserved", "by_appointment", { hours: day.on_reservation }),
  ].filter(Boolean);
  return el(
    `tr${isToday ? ".today" : ""}`,
    {},
    el(
      "th",
      { scope: "row" },
      own(texts, "span", "{day}", { day: day.date }),
      " ",
      el("bdi.date", { dir: "ltr", text: `${date}.${month}.` }),
      isToday && hidden(" ", own(texts, "span", "({today})")),
    ),
    el("td", {}, ...(times.length ? times : [own(texts, "span.shut", "closed")])),
  );
}

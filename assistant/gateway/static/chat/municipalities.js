// Every municipality in a list, for who does not want to type. Loaded when it is asked for.

import { BASE } from "../base.js";
import { el } from "./dom.js";
import { own } from "./labels.js";

/**
 * Put a list in the place of a button.
 * @param {HTMLElement} button
 * @param {object} host the widget
 */
export async function chooseMunicipality(button, host) {
  const { texts } = host;
  button.disabled = true;
  let places;
  try {
    const response = await fetch(new URL("api/municipalities", BASE), { credentials: "omit" });
    places = await response.json();
  } catch {
    host.announce(texts.get("not_loaded"));
    button.disabled = false;
    return;
  }
  const named = (place) => place.name[texts.language] ?? place.name.fi;
  const order = new Intl.Collator("fi");
  const select = el(
    "select",
    { "data-label": "other_municipality", "aria-label": texts.get("other_municipality") },
    ...places
      .filter((place) => !place.fictional)
      .map((place) => ({ code: place.code, name: named(place) }))
      .sort((one, other) => order.compare(one.name, other.name))
      .map(({ code, name }) => el("option", { value: code, text: name })),
  );
  const choose = own(texts, "button.choice", "choose", null, { type: "button" });
  choose.addEventListener("click", () => {
    const { value, selectedOptions } = select;
    host.say({ payload: `/inform/municipality/${value}` }, selectedOptions[0].text);
  });
  button.replaceWith(el("span.list", { lang: "fi", dir: "ltr" }, select), choose);
  select.focus();
}

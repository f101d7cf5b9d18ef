/* Every text that a reader sees, in the language of the interface. A message is a whole English sentence with its
   places in braces; `globalThis.candorWords`, loaded before our scripts where the language is another one, says it in
   that language. What it does not say, or says with other places, stays English. Ask when the text is shown, and not as
   the module loads: on the desk the catalogue comes later. */

/** @typedef {import("./messages.d.ts").Message} Message */
/** @template {string} Text @typedef {import("./messages.d.ts").Values<Text>} Values */

const APART = "\u0004"; // between a context and its message, as gettext has it
const PLACE = /\{(\w+)\}/g;

/** The language of the interface. */
export const language = () => globalThis.candorWords?.[""]?.lang ?? "en";

/** The reader's own kind of it, for dates and figures. */
function locale() {
  const tag = language();
  return tag !== "en" ? tag : globalThis.navigator?.languages?.find((name) => name.startsWith("en")) ?? "en-GB";
}

/** Made once for each language and way: a map of a long mock exam asks for hundreds of figures at a time.
 * @type {Map<string, Intl.NumberFormat>} */
const figures = new Map();

/** A figure as it is read: without groups, with two decimals at most, or with so many.
 * @param {number} value @param {number} [decimals] */
export function number(value, decimals) {
  const [tag, [least, most]] = [locale(), decimals === undefined ? [0, 2] : [decimals, decimals]];
  const name = `${tag} ${least} ${most}`;
  const how = { useGrouping: false, minimumFractionDigits: least, maximumFractionDigits: most };
  const form = figures.get(name) ?? new Intl.NumberFormat(tag, how);
  figures.set(name, form);
  return form.format(value);
}

/** Without the seconds, and the month in letters, so that nobody takes it for a day: one form everywhere.
 * @param {number | Date} at @param {Intl.DateTimeFormatOptions} how */
export const dateTime = (at, how = { dateStyle: "long", timeStyle: "short" }) => new Date(at).toLocaleString(locale(), how);
/** @param {number | Date} at @param {Intl.DateTimeFormatOptions} how */
export const date = (at, how = { dateStyle: "long" }) => new Date(at).toLocaleDateString(locale(), how);
/** Hours and minutes. @param {number | Date} at */
export const time = (at) => new Date(at).toLocaleTimeString(locale(), { timeStyle: "short" });
/** `in 2 days`, `3 hours ago`. @param {number} value @param {Intl.RelativeTimeFormatUnit} unit */
export const away = (value, unit) => new Intl.RelativeTimeFormat(language()).format(value, unit);
/** `A, B, C`. @param {string[]} items */
export const list = (items) => new Intl.ListFormat(language(), { style: "narrow" }).format(items);

/** @param {string} text */
const placesOf = (text) => new Set([...text.matchAll(PLACE)].map(([, name]) => name));

/** The translation, where there is one and it asks for nothing that the English does not say.
 * @param {string} id @param {string} english @param {string} category of the plural; "" for none */
function said(id, english, category) {
  const found = /** @type {any} */ (globalThis.candorWords)?.[id];
  const text = typeof found === "object" && category ? found[category] ?? found.other : found;
  if (!id || typeof text !== "string" || !text) return english;
  const places = placesOf(english);
  return [...placesOf(text)].every((name) => places.has(name)) ? text : english;
}

/** @param {string} text @param {Record<string, unknown>} values */
const filled = (text, values) => text.replace(PLACE, (whole, name) => {
  const value = values[name];
  return typeof value === "number" ? number(value) : typeof value === "string" ? value : whole;
});

/** A message: `t("English with {name}", { name })`. Figures are written as the language writes them.
 * @template {string} Text @param {Text} text @param {Values<Text>} [values] */
export const t = (text, values) => filled(said(text, text.slice(text.indexOf(APART) + 1), ""), values ?? {});

/** A message whose English means several things: `tc("question", "Next")`.
 * @template {string} Text @param {string} context @param {Text} text @param {Values<Text>} [values] */
export const tc = (context, text, values) => t(/** @type {Text} */ (laterIn(context, text)), values);

/** A message that stands in a table which is read earlier: `t` says it when it is shown.
 * @template {string} Text @param {Text} text */
export const later = (text) => text;

/** The same of one whose English means several things. @param {string} context @param {string} text */
export const laterIn = (context, text) => context + APART + text;

/** A message that counts: `tn("{n} question", "{n} questions", n)`.
 * @template {string} One @template {string} More @param {One} one @param {More} more @param {number} n
 * @param {Omit<Values<One | More>, "n">} [values] */
export function tn(one, more, n, values) {
  const english = new Intl.PluralRules("en").select(n) === "one" ? one : more;
  return filled(said(one, english, new Intl.PluralRules(language()).select(n)), { ...values, n });
}

/** A message with elements in its places, for `append`: `woven(t("Read on: {link}"), { link })`.
 * @param {string} text @param {Record<string, Node | string>} nodes @returns {(Node | string)[]} */
export const woven = (text, nodes) => text.split(PLACE).map((part, at) => (at % 2 ? nodes[part] ?? `{${part}}` : part));

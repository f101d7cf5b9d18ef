/* Handing in on a hub: through nbgrader's exchange, by the addresses of its Assignment List, with the time under which
   it was taken. */
import { configured, ownBase } from "./dom.js";
import { dateTime, t } from "../words.js";

/** An assignment that was fetched from the exchange: its course, its name there, the times of what was handed in.
 * @typedef {{ course: string, name: string, times: string[] }} Fetched */

/** What Assignment List says of one assignment, as fetched or as handed in.
 * @typedef {{ status?: string, course_id: string, assignment_id: string, notebooks?: { path: string }[],
 *   submissions?: { timestamp: string }[] }} Row */

/** Why it was not handed in, in words for a person. */
export class NotTaken extends Error {}

/** @param {string} method @param {string} path @param {Record<string, string>} words @returns {Promise<Row[]>} */
async function ask(method, path, words) {
  const address = `${ownBase()}${path}?${new URLSearchParams(words)}`;
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  const sign = document.cookie.match(/(?:^|; *)_xsrf=([^;]*)/);
  if (sign) headers["X-XSRFToken"] = sign[1];
  const token = configured("token");
  if (token) headers.Authorization = `token ${token}`;
  const answer = await fetch(address, { method, headers, credentials: "same-origin", cache: "no-store" }).catch(() => {
    throw new NotTaken(t("the hub cannot be reached"));
  });
  const said = answer.ok ? await answer.json().catch(() => null) : null;
  if (answer.status === 403 || answer.redirected) {
    throw new NotTaken(t("you are no longer logged in: load this page again"));
  };
  if (!said) throw new NotTaken(t("the hub answered with an error ({status})", { status: answer.status }));
  if (!said.success) throw new NotTaken(reasonIn(String(said.value || "")));
  return said.value;
}

/** The words of nbgrader in a traceback, which nobody else need see. @param {string} text */
export function reasonIn(text) {
  const said = text.match(/^\S*(?:ExchangeError|RuntimeError): (.+)$/m);
  return (said?.[1] || t("the hub could not put it into the exchange")).trim().replace(/[.\s]+$/, "");
}

/** The assignment whose notebook lies at a path; null where it was not fetched from the exchange.
 * @param {Row[]} rows @param {string} path @returns {Fetched | null} */
export function fetchedAt(rows, path) {
  const own = rows.find((row) => row.status === "fetched" && row.notebooks?.some((one) => one.path === path));
  if (!own) return null;
  const { course_id: course, assignment_id: name } = own;
  const times = rows.filter((row) => row.submissions && row.course_id === course && row.assignment_id === name)
    .flatMap((row) => (row.submissions || []).map((one) => one.timestamp));
  return { course, name, times: times.sort() };
}

/** Where there is an exchange, and this notebook came from it; null in any other JupyterLab. @param {string} path */
export async function find(path) {
  try {
    return fetchedAt(await ask("GET", "assignments", { course_id: "" }), path);
  } catch (error) {
    if (error instanceof NotTaken) return null; // there is no Assignment List, or no exchange
    throw error;
  }
}

/** Hands in what is saved at a path. The time is the exchange's, and new. @param {Fetched} one @param {string} path
 * @returns {Promise<Fetched>} */
export async function submit(one, path) {
  const rows = await ask("POST", "assignments/submit", { course_id: one.course, assignment_id: one.name });
  const now = fetchedAt(rows, path);
  if (!now || now.times.length <= one.times.length) throw new NotTaken(t("the hub took it and does not list it"));
  return now;
}

/** The exchange's time in the reader's own words: `2026-11-29 15:20:11.123456 UTC`. @param {string} said */
export function timeInWords(said) {
  const [, day, time] = said.match(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\S* UTC$/) || [];
  if (!day) return said;
  return dateTime(new Date(`${day}T${time}Z`), { dateStyle: "full", timeStyle: "long" });
}

/* What in a line may name a client, by the guard of reflections: as `notices` of grader/learner/readiness/ledger.py. */
import { identifiers, mostTelling } from "../../desk/guard.js";
import { t } from "../../words.js";

/** Kinds that no line may hold, whatever it is about. */
const NAMING = ["name", "telephone", "e-mail", "record number", "date of birth", "address", "handle"];
const INITIALS = 5; // letters

/** A line of one's own learning names authors, towns and days; one of sessions with clients has no reason to, and one of
 * supervision names nobody but the supervisor.
 * @param {import("./line.js").Entry} entry @returns {string[]} */
export function naming({ kind, title, evidence, area, initials }) {
  const client = kind === "client";
  const words = identifiers([title, evidence, area].join(". ")).sort(mostTelling).flatMap((found) => {
    if (!found.sure && (client || (kind === "supervision" && found.kind === "perhaps a name"))) {
      const what = found.kind === "perhaps a name" ? t("a client's name or a place") : t(found.why);
      return [t("“{text}” looks like {what}. A ledger names no client: say what was done.", { text: found.text, what })];
    }
    const told = NAMING.includes(found.kind) || (client && found.kind !== "date");
    return told ? [t("“{text}” is {what}. A ledger names no client: write {better}.",
      { text: found.text, what: t(found.why), better: t(found.better) })] : [];
  });
  const long = initials.replace(/[^A-Za-z]/g, "").length > INITIALS;
  return long ? [...words, t("“{text}” is longer than initials. Write the supervisor's initials alone.", { text: initials })]
    : words;
}

/* When a trainee would have the hours that are missing: the twin of grader/learner/readiness/forecast.py. Pure. */
import { date as inWords, number, t } from "../../words.js";

const WINDOW = 26; // weeks from which the rate is taken
export const FEW = 8; // weeks that a rate needs
const DAY = 86_400_000;
const ONE_IN_TEN = 1.2816; // standard deviations, on either side of which one in ten lies

/** What is said where none can be made. */
export const noForecast = () =>
  t("no forecast: fewer than {weeks} weeks since the first hours that count, or fewer than three with hours in the last half"
    + " year.", { weeks: FEW });

/** A day in ms, in UTC, so that every day has 24 hours. @param {string} day */
const ms = (day) => Date.parse(`${day}T00:00Z`);

/** At the rate of the last weeks, with a range that holds about 8 times in 10 (renewal-reward theorem).
 * @param {import("./line.js").Entry[]} entries hours that counted, without formats whose cap is full
 * @param {number} missing hours @param {string} today */
export function forecast(entries, missing, today) {
  const past = entries.filter(({ date }) => date <= today)
    .map(({ date, hours }) => ({ hours, age: Math.floor((ms(today) - ms(date)) / (7 * DAY)) }));
  const begun = Math.max(0, ...past.map(({ age }) => age + 1));
  const weeks = Array(Math.min(WINDOW, begun)).fill(0);
  for (const { age, hours } of past) if (age < weeks.length) weeks[age] += hours;
  if (begun < FEW || weeks.filter((hours) => hours > 0).length < 3) return noForecast();
  const rate = weeks.reduce((one, other) => one + other, 0) / weeks.length;
  const variance = weeks.reduce((all, hours) => all + (hours - rate) ** 2, 0) / weeks.length;
  const middle = missing / rate;
  const wide = ONE_IN_TEN * Math.sqrt(missing * variance / rate ** 3);
  const weekly = number(rate, 1);
  if (middle > 520) return t("at {rate} hours a week, more than ten years away.", { rate: weekly });
  const [first, likely, last] = [middle - wide, middle, middle + wide].map((after) =>
    inWords(ms(today) + Math.floor(Math.max(0, after) * 7) * DAY, { month: "long", year: "numeric", timeZone: "UTC" }));
  return t("at {rate} hours a week: about {month}, most likely between {first} and {last}.",
    { rate: weekly, month: likely, first, last });
}

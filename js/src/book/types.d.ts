/** What the book's build writes for the practice pages (grader/book/practice.py), and what is kept of one's work. */

export interface Option { text: string; why: string; right: boolean }

/** What is known of a practice question before it is here. Addresses are from the root of the book. */
export interface Entry {
  chapter: string;
  part: string;
  page: string;
  /** Where what stands on it is. */
  file: string;
  safety: boolean;
}

/** What stands on a practice question; texts are HTML that was made and escaped by the build. */
export interface Face {
  kind: string;
  story: string;
  ask: string;
  options: Option[];
  explain: string;
  unless: string;
  /** Each with its name and its address in the list of references; "" where it has none. */
  sources: [string, string][];
  /** The danger that a safety question asks about; "" for any other question. */
  gate: string;
  section: string;
  objective: string;
}

export type Card = Entry & Face;
export type Index = Record<string, Entry>;

/** Cards of any kind that come one by one; `load` brings what stands on them. */
export interface Cards {
  index: Record<string, unknown>;
  parameters: number[];
  missing(names: string[]): string[];
  load(names: string[]): Promise<void>;
}

/** A card with two sides; texts are HTML that was made and escaped by the build. */
export interface Side {
  /** Which way it asks: `word` and `meaning` of the glossary's words, `fact` of a chapter. */
  deck: Deck;
  label: string;
  front: string;
  back: string;
  href: string;
  from: string;
  /** Pages on which it is met. */
  pages: string[];
  /** The card that one meets before it; "" for none. */
  after: string;
}
export type Deck = "word" | "meaning" | "fact";

/** What the build writes of the glossary and of chapters' facts (grader/book/deck.py). */
export interface Written {
  parameters: number[];
  /** Name, word, meaning, address, pages where it stands. */
  words: [string, string, string, string, string[]][];
  /** Name, lead, text, page, title of the chapter. */
  facts: [string, string, string, string, string][];
}

/** A chapter with the names of its cards, and which of them are safety questions. */
export interface Shelf {
  title: string;
  part: string;
  page: string;
  file: string;
  cards: string[];
  safety: string[];
}

/** A question of a form, and the area that it is counted in. */
export interface Slot { card: string; area: string }

export interface Exam { title: string; minutes: number; forms: Slot[][] }

export interface Practice {
  /** In the order of the book. */
  chapters: Shelf[];
  areas: Record<string, string>;
  exams: Record<string, Exam>;
  /** The 21 weights of FSRS-6. */
  parameters: number[];
}

/** A value, and when it was set (milliseconds since 1970). */
export type Stamped<T> = [T, number];
export type StampMap<T> = Record<string, Stamped<T>>;

export type Mode = "exam" | "tutor";

/** A mock exam or session under way. `left`: seconds on the clock, null for no clock. */
export interface Run {
  began: number;
  form: number;
  mode: Mode;
  left: number | null;
  slots: Slot[];
  place: number;
  /** When one went there (milliseconds since 1970); nothing while one is where the run began. */
  placed?: number;
  section: number;
  paused: Stamped<boolean>;
  answers: StampMap<string>;
  flags: StampMap<boolean>;
  told: StampMap<boolean>;
  /** How sure one was before the reasons: 1 guessing, 2 fairly, 3 sure. */
  sure: StampMap<number>;
  /** What a session was drawn from, in words; a mock exam has none. */
  title?: string;
  /** A session by the clock: more were drawn than anybody gets to, and those count that were answered. */
  timed?: boolean;
  /** What the clock does when the lid or the page is closed; it stops where nothing was chosen. */
  lid?: import("./clock.js").Lid;
  /** When its clock was last looked at (milliseconds since 1970). */
  seen?: number;
}

/** A run that is over. */
export interface Result {
  began: number;
  at: number;
  form: number;
  mode: Mode;
  slots: Slot[];
  answers: Record<string, string>;
  when?: Record<string, number>;
  flags: string[];
  sure?: Record<string, number>;
  words: string;
  title?: string;
  timed?: boolean;
  share?: number;
  error?: number;
  areas?: Record<string, number[]>;
  /** Answers came into it that its score does not have yet. */
  unscored?: boolean;
}

/** A result that was deleted: the run of it is over, and nothing of it is kept. */
export interface Gone { began: number; at: number; gone: true }

/** A question of a run as it was answered: `got` is the share of its points. */
export interface Row {
  number: number;
  card: Card;
  chosen: string;
  got: number;
  area: string;
  flagged: boolean;
  /** 0 where it was not said. */
  sure: number;
}

/** What spaced review knows of a card. Times in milliseconds since 1970, stability and interval in days. */
export interface Memory {
  stability: number;
  difficulty: number;
  interval: number;
  last: number;
  due: number;
  first: number;
  /** When it was last changed, where that was no answer: an answer that was taken back, a card that was left out. */
  at?: number;
  /** Left out: it is not asked. */
  out?: boolean;
  /** Never answered, or its only answer was taken back. */
  fresh?: boolean;
}

export interface ReviewWork {
  exam: string;
  examAt: number;
  cards: Record<string, Memory>;
  /** New cards a day, and when that was chosen. */
  daily?: Stamped<number>;
  /** The last answer: the card, and what was known of it before. */
  last?: { name: string; before: Memory | null; chosen: string } | null;
  open: { name: string; chosen: string; told: boolean } | null;
  /** When it was last kept. */
  at?: number;
}

/** A certifying body as the build writes it (grader/book/hours.py): what it asks, row by row. */
export interface Body {
  name: string;
  title: string;
  /** Where there are several versions: the name that they share. */
  family: string;
  /** The day from which this version holds for new contracts; "" where that was not read. */
  since: string;
  /** Whether it is a rule of law or of a body, and no credential. */
  rule: boolean;
  version: string;
  areas: { id: string; title: string }[];
  requirements: Requirement[];
}

export interface Requirement {
  id: string;
  title: string;
  kind: string;
  minimum: string;
  unit: string;
  caps: Record<string, string>;
  counts: string[];
  formats: string[];
  areas: string[];
  within: string;
  plan: string;
  unconfirmed: boolean;
  /** The version of the rule and its date, in words. */
  dated: string;
}

/** Why something is not kept: "" when it is. */
export type Refusal = "" | "closed" | "full" | "other";

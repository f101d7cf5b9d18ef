import type { Body, Face, Practice, Written } from "./book/types.js";
import type { SharedStore } from "./book/store.js";

declare global {
  /** What our scripts say, where the language is not English; loaded before them. */
  var candorWords: import("./messages.d.ts").Catalogue | undefined;
  interface Window {
    /** Set by candor-store.js, before every other script of the page. */
    candor: { store: SharedStore };
    /** Set by candor-practice.js, which the book's build writes. */
    candorPractice?: Practice;
    /** What stands on cards, file by file as they come. */
    candorCards?: Record<string, Record<string, Face>>;
    /** Set by candor-deck.js, which the book's build writes. */
    candorDeck?: Written;
    /** Set by candor-bodies.js, which the book's build writes. */
    candorBodies?: Body[];
    /** Set by candor-guard.js: the rules for what may identify a client. */
    candorGuard?: Parameters<typeof import("./desk/guard.js").useRules>[0];
    /** Set by candor-desk-going.js: draws the assignments that are under way, on top of the list. */
    candorGoOn?: () => void;
    _JUPYTERLAB?: Record<string, unknown>;
  }
}

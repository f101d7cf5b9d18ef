/* Which window may answer a notebook. */
import { complain } from "./safely.js";

/** @typedef {{ context: { save(): Promise<void> }, setAway(away: boolean): void }} Claimant */

const TAKE_AFTER = 3000; // ms that another window has to save before a notebook is taken from it

/**
 * One window at a time may answer a notebook: two would write over each other. The first has it; another shows the
 * notebook and changes nothing, until the first is closed or gives it up. Where there are no locks, every window has
 * it.
 */
class Claim {
  /** @param {string} name */
  constructor(name) {
    this.name = name;
    /** The views of it in this window. @type {Set<Claimant>} */
    this.desks = new Set();
    /** Gives the lock back; null where it is not ours. @type {((value?: unknown) => void) | null} */
    this.release = null;
    /** @type {BroadcastChannel | null} */
    this.channel = null;
    this.held = true;
    this.asking = new AbortController();
    if (!navigator.locks || !window.BroadcastChannel) return;
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = () => this.release && this.giveUp().catch(complain);
    this.ask({ ifAvailable: true });
  }

  /** @param {LockOptions} options */
  async ask(options) {
    /** @type {((value?: unknown) => void) | null} */
    let mine = null;
    /** @param {Lock | null} lock */
    const hold = (lock) => {
      this.set(Boolean(lock));
      return lock ? new Promise((release) => (this.release = mine = release)) : "taken";
    };
    try {
      const got = await navigator.locks.request(this.name, options, hold);
      if (got === "taken") this.ask({ signal: this.asking.signal });
    } catch (error) {
      // Taken by force, or our own waiting was called off; any other trouble means that there are no locks here. A window
      // that slept may hear of it when it has another lock already.
      if (!(error instanceof DOMException && error.name === "AbortError")) this.set(true);
      else if (mine && this.release === mine) this.lose();
    }
  }

  lose() {
    this.release = null;
    this.set(false);
    this.ask({ signal: this.asking.signal });
  }

  /** Another window wants it: it gets what was saved here. */
  async giveUp() {
    const { release } = this;
    await Promise.all([...this.desks].map((desk) => desk.context.save().catch(() => {})));
    if (this.release !== release) return; // a window that slept: it was taken meanwhile, and perhaps given back
    this.lose();
    release?.();
  }

  /** Asks the window that has it; a window that sleeps does not answer, and is not waited for. */
  take() {
    this.channel?.postMessage("take");
    setTimeout(() => {
      if (this.held) return;
      this.asking.abort();
      this.asking = new AbortController();
      this.ask({ steal: true });
    }, TAKE_AFTER);
  }

  /** @param {boolean} held */
  set(held) {
    if (held === this.held) return;
    this.held = held;
    this.desks.forEach((desk) => desk.setAway(!held));
  }

  /** @param {Claimant} desk */
  join(desk) {
    this.desks.add(desk);
    desk.setAway(!this.held);
  }

  /** @param {Claimant} desk */
  leave(desk) {
    this.desks.delete(desk);
    if (this.desks.size) return;
    claims.delete(this.name);
    this.asking.abort();
    if (this.channel) this.channel.close();
    if (this.release) this.release();
  }
}

/** @type {Map<string, Claim>} */
const claims = new Map();

/** @param {string} name */
export function claimOf(name) {
  const claim = claims.get(name) ?? new Claim(name);
  claims.set(name, claim);
  return claim;
}

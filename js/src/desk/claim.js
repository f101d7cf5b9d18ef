/* Which window may answer a notebook. */
import { complain } from "./safely.js";

/** @typedef {{ handOver(): Promise<void>, setAway(away: boolean): void }} Claimant */

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
    /** When it became ours, in ms since 1970. */
    this.since = 0;
    /** Takes it from a window that does not answer. @type {ReturnType<typeof setTimeout> | undefined} */
    this.taking = undefined;
    this.asking = new AbortController();
    if (!navigator.locks || !window.BroadcastChannel) return;
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }) => this.onAsked(data).catch(complain);
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

  /** Another window wants it: it gets what was saved here. A window that slept hears late of what was asked, when it may
   * have been taken from it, or been given back since.
   * @param {number} asked when that was, in ms since 1970 */
  async onAsked(asked) {
    const { release } = this;
    if (!release || asked < this.since) return;
    await navigator.locks.query(); // after this we have heard of it if it was taken: nothing old is saved over new work
    if (this.release !== release) return;
    await Promise.all([...this.desks].map((desk) => desk.handOver().catch(() => {})));
    if (this.release !== release) return;
    this.lose();
    release();
  }

  /** Asks the window that has it; a window that sleeps does not answer, and is not waited for. */
  take() {
    const asked = Date.now();
    this.channel?.postMessage(asked);
    clearTimeout(this.taking);
    this.taking = setTimeout(() => {
      if (Date.now() - asked > 2 * TAKE_AFTER) return; // this window slept: another may be in use by now
      this.asking.abort();
      this.asking = new AbortController();
      this.ask({ steal: true });
    }, TAKE_AFTER);
  }

  /** @param {boolean} held */
  set(held) {
    if (held === this.held) return;
    this.held = held;
    if (held) this.since = Date.now();
    clearTimeout(this.taking); // what it was asked for, it is
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
    clearTimeout(this.taking);
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

/* Of two versions of one thing, which one stands. Tabs, files and the journal all ask here, so that all come to the same,
   in whatever order they meet. Pure. */

/** Whether theirs comes after mine: it was set later or, where both were set at one moment, its text is the greater.
 * @param {unknown} mine @param {number} at @param {unknown} theirs @param {number} theirAt */
export const comesAfter = (mine, at, theirs, theirAt) =>
  theirAt > at || (theirAt === at && JSON.stringify(theirs) > JSON.stringify(mine));

/** The later of two entries that say when they were set.
 * @template {{ at: number }} T @param {T} mine @param {T} theirs */
export const later = (mine, theirs) => (comesAfter(mine, mine.at, theirs, theirs.at) ? theirs : mine);

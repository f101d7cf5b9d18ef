/* What two tabs wrote in one note, as one. Pure. */

/** Neither tab's words are lost: what only one has changed stands as that one left it; what both have changed stands one
 * below the other.
 * @param {string} base what both began with @param {string} mine @param {string} theirs */
export function joinedText(base, mine, theirs) {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  if (theirs.includes(mine)) return theirs;
  if (mine.includes(theirs)) return mine;
  return `${theirs}\n\n${mine}`;
}

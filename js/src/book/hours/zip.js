/* Files inside a ZIP archive, as a workbook is one, by the list at its end. What is packed the browser unpacks. Pure. */

const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50]; // how these parts of an archive begin
const [END_SIZE, ENTRY_SIZE, LOCAL_SIZE, COMMENT] = [22, 46, 30, 0xffff]; // bytes
const [STORED, DEFLATED] = [0, 8];

/** The archive is not as its own lists say. */
class Broken extends Error {}

/** `bytes`: when it is unpacked. @typedef {{ bytes: number, text: () => Promise<string> }} Part */

/** Whether this browser can unpack anything; those before 2023 cannot. */
export const canUnpack = () => "DecompressionStream" in globalThis;

/** The files of an archive by their names. Throws where it is none. @param {ArrayBuffer} data @returns {Map<string, Part>} */
export function partsOf(data) {
  const view = new DataView(data);
  let end = data.byteLength - END_SIZE;
  while (end >= 0 && end > data.byteLength - END_SIZE - COMMENT && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0 || view.getUint32(end, true) !== END) throw new Broken();
  /** @type {Map<string, Part>} */
  const parts = new Map();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== ENTRY) throw new Broken();
    const [way, packed, bytes] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const [name, more, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const start = view.getUint32(at + 42, true);
    const called = new TextDecoder().decode(new Uint8Array(data, at + ENTRY_SIZE, name));
    parts.set(called, { bytes, text: () => unpacked(view, start, way, packed, bytes) });
    at += ENTRY_SIZE + name + more + comment;
  }
  return parts;
}

/** The text of a file; never more than the list says of its length.
 * @param {DataView} view @param {number} start @param {number} way @param {number} packed @param {number} bytes */
async function unpacked(view, start, way, packed, bytes) {
  if (view.getUint32(start, true) !== LOCAL) throw new Broken();
  const from = start + LOCAL_SIZE + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const held = new Uint8Array(/** @type {ArrayBuffer} */ (view.buffer), from, packed);
  if (way === STORED) return new TextDecoder().decode(held);
  if (way !== DEFLATED) throw new Broken();
  const stream = new Blob([held]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder();
  let [text, length] = ["", 0];
  for (let { value } = await stream.read(); value; { value } = await stream.read()) {
    length += value.length;
    if (length > bytes) {
      await stream.cancel();
      throw new Broken();
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

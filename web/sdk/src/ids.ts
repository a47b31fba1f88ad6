// UUID version 7: time-ordered, so that ids sort by age.

/** A new UUID v7 for the given time in ms. Not crypto.randomUUID: that is missing on plain-http pages. */
export function uuid(at: number = Date.now()): string {
  let hex = at.toString(16).padStart(12, "0");
  crypto.getRandomValues(new Uint8Array(10)).forEach((byte, index) => {
    const marked = index === 0 ? (byte & 15) | 112 : index === 2 ? (byte & 63) | 128 : byte; // version 7, variant 10
    hex += (marked + 256).toString(16).slice(1);
  });
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

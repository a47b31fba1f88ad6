// UUID version 7: time-ordered, so that ids sort by age.

/** A new UUID v7 for the given time in ms. It must be unique, not secret; crypto.randomUUID is missing on plain http. */
export const uuid = (at: number = Date.now()): string =>
  at.toString(16).padStart(12, "0").replace(/.{8}/, "$&-") +
  "-7xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => ((Math.random() * 16) | 0).toString(16));

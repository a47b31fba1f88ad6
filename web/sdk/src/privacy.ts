// What must not leave the browser: query strings, fragments, e-mail addresses, long digit runs.
// The collector checks again; this is the first door.

/** True when the person's browser asks not to be tracked (Global Privacy Control or Do Not Track). */
export function refusesTracking(): boolean {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & Record<"globalPrivacyControl" | "doNotTrack", unknown>;
  return globalPrivacyControl === true || doNotTrack === "1";
}

/** The text with e-mail addresses and runs of six or more digits (cards, phones, accounts) masked. */
export const maskText = (text: string): string =>
  text
    .replace(/[^\s@<>"'(]+@[^\s@<>"')]+\.\w+/g, "***@***")
    .replace(/\d(?:[ -]?\d){5,}/g, (digits) => digits.replace(/\d/g, "#"));

/** The text with the query and fragment of every address in it dropped. */
export const cleanAddresses = (text: string): string => text.replace(/(\/[^\s?#"'()<>]*)[?#][^\s"')<>:]*/g, "$1");

/** An address without query, fragment and credentials. */
export const cleanUrl = (url: string): string => url.replace(/[?#].*/s, "").replace(/\/\/[^/]*@/, "//");

/** The campaign parameters of a query string: the only part of it that is kept. */
export function campaign(search: string): Record<string, string> {
  const found: Record<string, string> = {};
  new URLSearchParams(search).forEach((value, name) => {
    if (/^utm_\w+$/.test(name)) found[name] = maskText(value.slice(0, 100));
  });
  return found;
}

// What must not leave the browser: query strings, fragments, e-mail addresses, long digit runs.
// The collector checks again; this is the first door.

/** True when the person's browser asks not to be tracked (Global Privacy Control or Do Not Track). */
export function refusesTracking(): boolean {
  const browser = navigator as Navigator & { globalPrivacyControl?: boolean };
  return !!browser.globalPrivacyControl || browser.doNotTrack === "1";
}

/** The text with e-mail addresses and runs of six or more digits (cards, phones, accounts) masked. */
export const maskText = (text: string): string =>
  text
    .replace(/[^\s@<>"'()]+@[^\s@<>"'()]+\.\w+/g, "***@***")
    .replace(/\d([ -]?\d){5,}/g, "######");

/** The text with the query and fragment of every address in it dropped. */
export const cleanAddresses = (text: string): string => text.replace(/(\/[^\s?#"'()<>]*)[?#][^\s"')<>:]*/g, "$1");

/** An address without query and fragment. */
export const cleanUrl = (url: string): string => url.replace(/[?#].*/s, "");

/** The campaign parameters of the page's address: the only part of its query that is kept. */
export function campaign(): Record<string, string> {
  const found: Record<string, string> = {};
  new URLSearchParams(location.search).forEach((value, name) => {
    if (/^utm_/.test(name)) found[name] = maskText(value.slice(0, 100));
  });
  return found;
}

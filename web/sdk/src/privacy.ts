// What must not leave the browser: query strings, fragments, e-mail addresses, long digit runs.
// The collector checks again; this is the first door.

const MAX_TYPED_VALUES = 50;
const MIN_TYPED_LENGTH = 6; // shorter texts ("Anna", "the") are in every page

// The newest texts typed into fields, held in this page's memory only, so that an echo of them can be starred. Newest
// first: an older one may be the beginning of a newer one that was edited since, and would star only that much of it.
const typedValues: string[] = [];

const MAX_MASKED = 4_000; // the time that the patterns take may grow with the square of it

const CHOSEN = "[type=checkbox],[type=radio],select"; // their values are the page's own words

/** Remember what a field holds now. A value that only grew replaces the shorter one. */
export function noteTyped(element: Element): void {
  const text = (element as HTMLInputElement).value ?? element.textContent ?? "";
  const [last = ""] = typedValues;
  if (element.matches(CHOSEN) || !text[MIN_TYPED_LENGTH - 1] || last.startsWith(text)) return;
  if (text.startsWith(last)) typedValues.shift();
  typedValues.unshift(text);
  if (typedValues[MAX_TYPED_VALUES]) typedValues.pop();
}

/** The text with every echo of typed text (6 characters of its beginning or more) starred. */
export function starTyped(text: string): string {
  for (const typed of typedValues) {
    let length = text.includes(typed.slice(0, MIN_TYPED_LENGTH)) ? typed.length : 0;
    for (; length >= MIN_TYPED_LENGTH; length--) text = text.replaceAll(typed.slice(0, length), "*".repeat(length));
  }
  return text;
}

/** A copy with every echo of typed text starred in the strings of these names. Throws what JSON.stringify throws. */
export const withoutTyped = <T>(item: T, names: RegExp): T =>
  JSON.parse(JSON.stringify(item, (name, value) => (value?.trim && names.test(name) ? starTyped(value) : value)));

/** True when the person's browser asks not to be tracked (Global Privacy Control or Do Not Track). */
export function refusesTracking(): boolean | undefined {
  const browser = navigator as Navigator & { globalPrivacyControl?: boolean };
  return browser.globalPrivacyControl || +browser.doNotTrack! > 0;
}

/** The text, 4,000 characters at most, with e-mail addresses and runs of six or more digits (cards, phones) masked. */
export const maskText = (text: string): string =>
  text
    .slice(0, MAX_MASKED)
    .replace(/[^\s@<>"'()]+@[^\s@<>"'()]+\.\w+/g, "***@***")
    .replace(/\d([ -]?\d){5,}/g, "######");

/** The text with the query and fragment of every address in it dropped. */
export const cleanAddresses = (text: string): string => text.replace(/(\/[^\s?#"'()<>]*)[?#][^\s"')<>:]*/g, "$1");

/** An address without query and fragment, nor what is in it where it is the content itself. */
export const cleanUrl = (url: string): string => url.replace(/[?#].*|^(data:).*/s, "$1");

/** The campaign parameters of the page's address: the only part of its query that is kept. */
export function campaign(): Record<string, string> {
  const found: Record<string, string> = {};
  new URLSearchParams(location.search).forEach((value, name) => {
    if (/^utm_/.test(name)) found[name] = maskText(value.slice(0, 100));
  });
  return found;
}

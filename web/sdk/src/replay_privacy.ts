// What rrweb leaves in a recording although nobody wants it: queries in addresses, echoes of typed text.

import { cleanAddresses, cleanUrl } from "./privacy";

const MAX_TYPED_VALUES = 50;
const MIN_TYPED_LENGTH = 6; // shorter texts ("Anna", "the") are in every page
const SECRET_NAME = /token|key|sig|auth|pass|secret|session|code|mail|user|credential/i;
const LONG_VALUE = 20;
const PAGE_LINKS = ["href", "action", "formaction", "xlink:href", "cite", "ping"];
const ASSETS = ["src", "srcset", "poster", "data", "rr_src", "background"];
// Attributes and fields of the recording that hold text which a page may have built from what was typed.
const TEXTS = ["textContent", "text", "value", "title", "alt", "placeholder", "aria-label", "content", "label"];

// The newest texts typed into fields, held in this page's memory only, so that an echo of them can be starred.
const typedValues: string[] = [];

const NOT_TYPED = "[type=button],[type=submit],[type=reset],[type=checkbox],[type=radio],[type=range],[type=file],select";

/** Remember what a field holds now. A value that only grew replaces the shorter one. */
export function noteTyped(element: Element): void {
  if (element.matches(NOT_TYPED)) return;
  const text = (element as HTMLInputElement).value ?? element.textContent ?? "";
  const last = typedValues[typedValues.length - 1];
  if (text.length < MIN_TYPED_LENGTH || last?.startsWith(text)) return;
  if (last !== undefined && text.startsWith(last)) typedValues.pop();
  if (!typedValues.includes(text)) typedValues.push(text);
  if (typedValues.length > MAX_TYPED_VALUES) typedValues.shift();
}

/** The text with every echo of typed text (6 characters of its beginning or more) starred. */
function starTyped(text: string): string {
  for (const typed of typedValues) {
    const head = typed.slice(0, MIN_TYPED_LENGTH);
    for (let start = text.indexOf(head); start >= 0; start = text.indexOf(head, start + 1)) {
      let length = head.length;
      while (length < typed.length && text[start + length] === typed[length]) length++;
      text = text.slice(0, start) + "*".repeat(length) + text.slice(start + length);
    }
  }
  return text;
}

/** An address of an image or a frame keeps its query, which may choose what is shown, without what looks like a secret. */
function cleanAsset(url: string): string {
  if (!/[?#]/.test(url) || /^data:/.test(url)) return url;
  return url.replace(/([?&;#])([^=&;#\s,]+)=([^&;#\s,]*)/g, (whole, mark: string, name: string, value: string) =>
    SECRET_NAME.test(name) || value.length >= LONG_VALUE ? `${mark}${name}=` : whole,
  );
}

export type Scrub = (this: any, key: string, value: any) => any;

/** Cleans the strings of one object or array in place, and tells of the objects in it. */
export function scrubIn(owner: Record<string, unknown>, scrub: Scrub, tell: (child: object) => void): void {
  for (const key in owner) {
    const value = owner[key];
    if (typeof value === "string") owner[key] = scrub.call(owner, key, value);
    else if (value && typeof value === "object") tell(value);
  }
}

/** A replacer for JSON.stringify that cleans every string of a recorded event by the name it stands under. */
export function createScrubber(): Scrub {
  return function scrub(key, value) {
    if (typeof value !== "string" || value === "") return value;
    if (PAGE_LINKS.includes(key)) {
      const isAsset = /stylesheet|icon|preload/.test(String((this as { rel?: unknown }).rel ?? ""));
      if (isAsset) return cleanAsset(value);
      return value[0] === "#" ? value : starTyped(cleanUrl(value).replace(/\/\/[^/]*@/, "//")); // and no credentials
    }
    if (/^on[a-z]+$/.test(key)) return ""; // code of the page, never run in a replay
    if (ASSETS.includes(key)) return cleanAsset(value);
    if (key.startsWith("data-")) return starTyped(cleanAddresses(value));
    return TEXTS.includes(key) ? starTyped(value) : value;
  };
}

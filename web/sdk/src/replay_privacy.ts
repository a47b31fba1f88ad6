// What rrweb leaves in a recording although nobody wants it: queries in addresses, echoes of typed text.

import { cleanAddresses, cleanUrl, starTyped } from "./privacy";

const SECRET_NAME = /token|key|sig|auth|pass|secret|session|code|mail|user|credential/i;
const LONG_VALUE = 20;
const PAGE_LINKS = ["href", "action", "formaction", "xlink:href", "cite", "ping"];
const ASSETS = ["src", "srcset", "poster", "data", "rr_src", "background"];
// Attributes and fields of the recording that hold text which a page may have built from what was typed.
const TEXTS = ["textContent", "text", "value", "title", "alt", "placeholder", "aria-label", "content", "label"];

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

// Opens what the frame holds from anywhere: a page, a key, the command palette. A file of its own, so that who calls it loads no more.
const OPENED = ["builder", "palette", "project", "views"] as const;
export type Opened = (typeof OPENED)[number];

export function open(what: Opened): void {
  document.dispatchEvent(new CustomEvent("mien-open", { detail: what }));
}

/** Calls `act` whenever `what` is to be opened; returns what takes that back. */
export function whenOpened(what: Opened, act: () => void): () => void {
  const listen = (event: Event) => event instanceof CustomEvent && event.detail === what && act();
  document.addEventListener("mien-open", listen);
  return () => document.removeEventListener("mien-open", listen);
}

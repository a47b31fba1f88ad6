// Light or dark: what was chosen in this browser, otherwise what the system has. One attribute of the page tells the styles.
import { useSyncExternalStore } from "react";
import type { Scheme } from "./theme";

const KEPT = "mien-scheme";
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function now(): Scheme {
  const chosen = localStorage.getItem(KEPT);
  if (chosen === "light" || chosen === "dark") return chosen;
  return dark.matches ? "dark" : "light";
}

function tell(): void {
  document.documentElement.dataset.scheme = now();
  listeners.forEach((listener) => listener());
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Called once, before the first drawing. */
export function startScheme(): void {
  dark.addEventListener("change", tell);
  // Another tab may choose.
  window.addEventListener("storage", tell);
  tell();
}

export function useScheme(): Scheme {
  return useSyncExternalStore(listen, now);
}

/** Whether one was chosen in this browser. */
export function useIsChosen(): boolean {
  return useSyncExternalStore(listen, () => localStorage.getItem(KEPT) !== null);
}

/** null: what the system has, from now on. */
export function setScheme(scheme: Scheme | null): void {
  if (scheme === null) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, scheme);
  tell();
}

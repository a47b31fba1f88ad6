// "g" and then a letter goes to a page. While the letter is awaited, the keys of the page do not hear it.
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { useProject, useSearchState } from "../place";
import { kept } from "../search";
import { isTyping } from "./page_keys";

/** The letter after "g", and the address that it leads to. */
export const GO = { o: "/p/$project", s: "/p/$project/sessions", j: "/p/$project/journeys", l: "/p/$project/latency" } as const;
type Target = (typeof GO)[keyof typeof GO];

/** The letter must follow within this. */
export const WITHIN_MS = 1_500;

type Pressed = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "target" | "timeStamp" | "preventDefault" | "stopPropagation">;

/** What is told of every key, and goes where a pair of keys leads. */
export function goKeys(go: (to: Target) => void): (event: Pressed) => void {
  let since = Number.NEGATIVE_INFINITY;
  return (event) => {
    const isArmed = event.timeStamp - since <= WITHIN_MS;
    since = Number.NEGATIVE_INFINITY;
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    if (isArmed && key in GO) {
      event.preventDefault();
      event.stopPropagation();
      go(GO[key as keyof typeof GO]);
    } else if (key === "g") since = event.timeStamp;
  };
}

/** Keeps period and segment, as the links between pages do. */
export function useGoKeys(): void {
  const navigate = useNavigate();
  const project = useProject();
  const search = kept(useSearchState());
  const go = useEffectEvent((to: Target) => void navigate({ to, params: { project }, search }));
  useEffect(() => {
    const hear = goKeys((to) => go(to));
    // Before the page's own keys hear it, which stand on the root element; an open dialog has its keys for itself.
    const listen = (event: KeyboardEvent) => document.querySelector("dialog[open]") === null && hear(event);
    document.addEventListener("keydown", listen, { capture: true });
    return () => document.removeEventListener("keydown", listen, { capture: true });
  }, []);
}

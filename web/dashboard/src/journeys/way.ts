// The API's paths and funnels in words: "^/cart>!/pay|/help$" is "entry → /cart → another screen → left".
import { journeysWords } from "../journeys_words";
import { sessionsWords } from "../sessions_words";

const ESCAPE = /%(20|21|24|25|2A|3A|3E|40|5E|7C)/g;

/** A screen's name as it was before the API wrote it into a path. */
export function readName(text: string): string {
  return text.replace(ESCAPE, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function stepWords(text: string): string {
  const step = text.trim();
  if (step === "*") return sessionsWords.way.any;
  if (step.startsWith("!")) return sessionsWords.way.another;
  if (step.startsWith("@")) return sessionsWords.way.first(readName(step.slice(1)));
  return step.split("|").map(readName).join(" / ");
}

/** A path in words. */
export function pathWords(path: string): string {
  const began = path.startsWith("^");
  const left = path.endsWith("$");
  const body = path.slice(began ? 1 : 0, left ? -1 : undefined);
  const parts = body.split(/(>>?)/).map((part) => (part === ">" ? sessionsWords.way.next : part === ">>" ? sessionsWords.way.then : stepWords(part)));
  return [...(began ? [sessionsWords.way.began] : []), ...parts, ...(left ? [sessionsWords.way.left] : [])].join(" ");
}

/** The steps of a funnel as the URL writes them, each still escaped. */
export function splitSteps(steps: string | undefined): string[] {
  return steps ? steps.split(/>>?/).map((step) => step.trim()) : [];
}

/** One step of a funnel in words. */
export function funnelStepWords(step: string): string {
  return step.startsWith("event:") ? journeysWords.funnel.event(readName(step.slice(6))) : readName(step);
}

export function funnelWords(funnel: string): string {
  return splitSteps(funnel).map(funnelStepWords).join(" → ");
}

// What is lit: the issue that one points at, or whose mark one points at, lights its marks in every lane and its line in the sum.
import { useSyncExternalStore } from "react";
import type { Issue, SessionPage, SignalRow } from "../types";
import type { Span } from "./layout";
import { latency } from "./lanes";
import { judgedBy } from "./moment_signal";
import { vitalsOf } from "./vitals";

/** The lit issue's place in the sum; `null`: none. One for each session's page, told to whoever listens. */
export class Lit {
  #issue: number | null = null;
  readonly #listeners = new Set<() => void>();

  get issue(): number | null {
    return this.#issue;
  }

  set(issue: number | null): void {
    if (issue === this.#issue) return;
    this.#issue = issue;
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export function useLit(lit: Lit): number | null {
  return useSyncExternalStore(lit.subscribe, () => lit.issue);
}

export type MarkLane = "signal" | "moment" | "screen" | "click" | "call" | "error" | "vital";

/** Names a mark of the timeline. Two of one lane and instant have one name: they are lit together. */
export function markName(lane: MarkLane, { at_ms }: { at_ms: number }): string {
  return `${lane} ${at_ms}`;
}

/** An error is written a moment before or after the signal that was made of it. */
const ERROR_MS = 500;

type Seen = Pick<SessionPage, "score" | "signals" | "moments" | "screens" | "events" | "calls" | "errors">;

function signalsOf({ incident_ids }: Issue, signals: readonly SignalRow[]): SignalRow[] {
  return signals.filter(({ incident }) => incident !== null && incident_ids.includes(incident));
}

/** When each issue was: its signals, and where it has none its times. */
export function spansOf({ score, signals }: Pick<Seen, "score" | "signals">): Span[][] {
  return score.issues.map((issue) => {
    const spans = signalsOf(issue, signals).map(({ at_ms, until_ms }) => ({ from: at_ms, until: until_ms }));
    return spans.length ? spans : issue.at_ms.map((at) => ({ from: at, until: at }));
  });
}

/** The issue that was going on at `ms`, or had ended no longer than `afterMs` before; of several the one that began last. */
export function issueAt(spans: readonly Span[][], ms: number, afterMs: number): number | null {
  let found: number | null = null;
  let from = Number.NEGATIVE_INFINITY;
  spans.forEach((own, issue) =>
    own.forEach((span) => {
      if (span.from <= ms && ms <= span.until + afterMs && span.from > from) [found, from] = [issue, span.from];
    }),
  );
  return found;
}

/** For each issue the names of its marks: its signals, the moments that rest on them, the screens, clicks, calls, errors and
 * vitals that they were made of. */
export function marksOf(page: Seen): Set<string>[] {
  const judged = judgedBy(page.moments, page.signals);
  const vitals = vitalsOf(page.events);
  const clicks = page.events.filter(({ type }) => type === "click");
  return page.score.issues.map((issue) => {
    const names = new Set<string>();
    const own = signalsOf(issue, page.signals);
    for (const signal of own) {
      const reaches = (from: number, until = from) => from <= signal.until_ms && until >= signal.at_ms;
      names.add(markName("signal", signal));
      for (const one of page.screens) if (reaches(one.at_ms, one.until_ms - 1)) names.add(markName("screen", one));
      for (const one of clicks) if (reaches(one.at_ms) && (signal.element_id === null || one.element_id === signal.element_id)) names.add(markName("click", one));
      for (const one of page.calls) if (one.api === signal.api && reaches(one.at_ms, one.at_ms + latency(one))) names.add(markName("call", one));
      if (signal.cause === "fail" && signal.api === null) for (const one of page.errors) if (reaches(one.at_ms - ERROR_MS, one.at_ms + ERROR_MS)) names.add(markName("error", one));
    }
    for (const [moment, signal] of judged) if (own.includes(signal)) names.add(markName("moment", moment));
    for (const vital of vitals) if (issue.type === `web_vital_${vital.name.toLowerCase()}`) names.add(markName("vital", vital));
    return names;
  });
}

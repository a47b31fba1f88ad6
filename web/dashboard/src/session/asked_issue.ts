// Which issue is shown while the replay is where the list led to: the one that the list, or the error's page, was about.
import type { Search } from "../search";
import type { SessionPage, SignalRow } from "../types";
import { asked, askedGroup, LEAD_MS } from "./worst";

type Seen = Pick<SessionPage, "score" | "signals" | "errors">;

/** A second in an address is a whole one. */
const ROUNDED_MS = 1_000;
/** An error is written a moment before or after the signal that was made of it. */
const ERROR_MS = 500;

interface Span {
  from: number;
  until: number;
  signal: SignalRow | undefined;
}

/** The list's things in the session; an error without a signal of its own belongs to no issue. */
function askedSpans({ signals, errors }: Seen, list: Search): Span[] {
  const tests = asked(list);
  if (tests.length) return signals.filter((one) => tests.every((test) => test(one))).map((signal) => ({ from: signal.at_ms, until: signal.until_ms, signal }));
  const group = askedGroup(list);
  if (group === undefined) return [];
  const failed = signals.filter(({ cause, api }) => cause === "fail" && api === null);
  return errors
    .filter((one) => one.group === group)
    .map(({ at_ms }) => {
      const apart = (one: SignalRow) => Math.abs(one.at_ms - at_ms);
      const [nearest] = failed.filter((one) => apart(one) <= ERROR_MS).sort((a, b) => apart(a) - apart(b));
      return { from: at_ms, until: at_ms, signal: nearest };
    });
}

/** The issue of what the list asks for, from its run-up until `afterMs` after it; of several the nearest. `null`: it is part of no
 * issue. `undefined`: nothing of the kind is near `ms`. */
export function askedIssueAt(page: Seen, list: Search, ms: number, afterMs: number): number | null | undefined {
  const near = askedSpans(page, list).filter(({ from, until }) => from - LEAD_MS - ROUNDED_MS <= ms && ms <= until + afterMs);
  const [span] = near.sort((a, b) => Math.abs(a.from - ms) - Math.abs(b.from - ms));
  if (!span) return undefined;
  const incident = span.signal?.incident ?? null;
  const found = incident === null ? -1 : page.score.issues.findIndex(({ incident_ids }) => incident_ids.includes(incident));
  return found < 0 ? null : found;
}

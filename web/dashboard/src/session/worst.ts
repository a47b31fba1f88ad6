// Where a visit went worst: the second that its page opens at when one comes from a list of trouble, and one press leads to.
import { HARMLESS } from "../parts/glyphs";
import type { Search } from "../search";
import type { SessionPage, SignalRow } from "../types";

/** What led to it is shown first. */
export const LEAD_MS = 1_000;

/** When the costliest thing happened, in milliseconds from the start; `undefined` when nothing cost points. */
export function worstMs({ score, signals }: Pick<SessionPage, "score" | "signals">): number | undefined {
  const [issue] = score.issues.filter(({ type, points, at_ms }) => type !== "minor" && points > 0 && at_ms.length > 0).sort((a, b) => b.points - a.points);
  return issue?.at_ms[0] ?? costliest(signals)?.at_ms;
}

/** Where the page opens when the address names no second: at what the list was about, else, when the list began with the worst,
 * at the worst moment, else at the start. */
export function opensAtMs(page: Pick<SessionPage, "score" | "signals" | "moments" | "errors">, list: Search): number {
  const at = askedMs(page, list) ?? (list.sort === "score" && list.order !== "desc" ? worstMs(page) : undefined);
  return at === undefined ? 0 : Math.max(0, at - LEAD_MS);
}

/** The key of the error group that the list is about. */
export function askedGroup({ error_group, place_kind, place }: Search): string | undefined {
  return error_group ?? (place_kind === "error" ? place : undefined);
}

function askedMs({ signals, moments, errors }: Pick<SessionPage, "signals" | "moments" | "errors">, list: Search): number | undefined {
  const tests = asked(list);
  const found = tests.length ? costliest(signals.filter((one) => tests.every((test) => test(one)))) : undefined;
  if (found) return found.at_ms;
  const emotion = list.moment ?? list.having?.find((one) => one.startsWith("moment:"))?.slice("moment:".length);
  if (emotion !== undefined) return moments.find((one) => one.emotion === emotion)?.at_ms;
  const group = askedGroup(list);
  return group === undefined ? undefined : errors.find((one) => one.group === group)?.at_ms;
}

/** What the list asks of a signal, one test for each of its filters. */
export function asked(list: Search): ((one: SignalRow) => boolean)[] {
  const tests: ((one: SignalRow) => boolean)[] = [];
  const { cause, place, place_kind, lost_on, element_signal, element, element_screen } = list;
  if (cause) tests.push((one) => one.cause === cause);
  for (const type of [list.signal, list.signal_type]) if (type !== undefined) tests.push((one) => one.type === type);
  if (list.signal_element !== undefined) tests.push((one) => (one.element_id ?? "") === list.signal_element);
  if (list.signal_screen !== undefined) tests.push((one) => (one.screen ?? "") === list.signal_screen);
  if (place_kind === "element") tests.push((one) => one.element_id === place);
  if (place_kind === "api") tests.push((one) => one.api === place);
  if (place_kind === "screen") tests.push((one) => one.screen === place);
  if (lost_on !== undefined) tests.push((one) => one.screen === lost_on);
  if (element_signal) tests.push((one) => one.type.startsWith(element_signal) && (element === undefined || (one.element_id ?? "") === element) && one.screen === element_screen);
  for (const condition of list.having ?? []) {
    const [, kind, value = ""] = /^(signal|cause):(.*)$/s.exec(condition) ?? [];
    if (kind === "signal") {
      const [, type = "", screen = ""] = /^([^:]*):?(.*)$/s.exec(value) ?? [];
      tests.push((one) => one.type === type && (screen === "" || one.screen === screen));
    }
    if (kind === "cause") tests.push((one) => one.cause === value);
  }
  return tests;
}

/** The first of those that cost most. */
function costliest(signals: readonly SignalRow[]): SignalRow | undefined {
  return signals.filter(({ type }) => type !== HARMLESS).reduce<SignalRow | undefined>((best, one) => (best === undefined || one.points > best.points ? one : best), undefined);
}

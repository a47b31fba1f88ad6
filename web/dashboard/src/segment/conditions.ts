// The conditions of a segment, read from the address: each with its words and what the address is without it.
import { pathWords } from "../journeys/way";
import { DEVICE, type Search } from "../search";
import { segmentWords } from "../segment_words";
import { signWords } from "../sign_words";
import type { Cause } from "../theme";
import { sessionsWords } from "../sessions_words";
import { bySelector, type NameOf } from "./element_names";
import { signalName, words } from "../words";

export interface Condition {
  key: string;
  name: string;
  drop: Search;
}

const PARTS = ["release", "device_type", "browser", "country", "locale"] as const;
const { chips } = segmentWords;

/** "that failed", "that took 4 s or more". */
export function howWords(how: string): string {
  return /^\d+$/.test(how) ? segmentWords.slower(Number(how)) : (segmentWords.how[how] ?? how);
}

/** One further condition in words; what is not known here reads as it is written. */
export function havingWords(condition: string, nameOf: NameOf = bySelector): string {
  const [, kind = "", value = ""] = /^([a-z]+):(.*)$/s.exec(condition) ?? [];
  switch (kind) {
    case "screen": return chips.screen(value);
    case "path": return chips.went(pathWords(value));
    case "element": return chips.element(nameOf(value));
    case "moment": return signWords.moment(value);
    case "event": return chips.event(value);
    case "error": return chips.error;
    case "signal": {
      const [, signal = "", screen = ""] = /^([^:]*):?(.*)$/s.exec(value) ?? [];
      return chips.signal(signalName(signal), screen);
    }
    case "cause": return value in words.cause ? sessionsWords.chips.cause(value as Cause) : condition;
    case "score": {
      const [from = 0, to = 100] = value.split("-").map(Number);
      return chips.score(from, to);
    }
    case "call": {
      const [, how = "", api = ""] = /^([^:]*):?(.*)$/s.exec(value) ?? [];
      return chips.call(api || chips.anyApi, howWords(how));
    }
    default: return condition;
  }
}

export function conditionsOf(search: Search, nameOf: NameOf = bySelector): Condition[] {
  const found: Condition[] = [];
  const add = (key: keyof Search, name: string) => found.push({ key, name, drop: { [key]: undefined } });
  if (search.device) add("device", sessionsWords.parts("device_type", search.device));
  if (search.screen !== undefined) add("screen", chips.screen(search.screen));
  for (const key of PARTS) {
    const value = search[key];
    if (value !== undefined) add(key, sessionsWords.parts(key, value));
  }
  if (search.user) add("user", search.user.startsWith(DEVICE) ? chips.unnamed(search.user.slice(DEVICE.length)) : chips.user(search.user));
  const having = search.having ?? [];
  for (const one of having) {
    const left = having.filter((other) => other !== one);
    found.push({ key: one, name: havingWords(one, nameOf), drop: { having: left.length ? left : undefined } });
  }
  if (search.bots) add("bots", chips.bots);
  return found;
}

/** The address with one more condition, `kind:value`. */
export function withCondition(search: Search, condition: string): Search {
  return { having: [...new Set([...(search.having ?? []), condition])] };
}

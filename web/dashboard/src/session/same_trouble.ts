// The list of the sessions that had the same trouble: what a session lost most points to, as filters of the list.
import type { Search } from "../search";
import { causeOfSignal } from "../words";
import type { Issue } from "../types";

/** `undefined` where nothing cost points, or nobody recorded where. `list`: where one comes from; an issue at the place that it is
 * about goes before a costlier one. */
export function sameTrouble(issues: readonly Pick<Issue, "type" | "cause" | "api" | "element" | "page">[], list: Search = {}): Search | undefined {
  const costly = issues.filter(({ type }) => type !== "minor");
  const { cause: asked, place_kind, place, place_screen } = list;
  const at = { api: "api", element: "element", screen: "page" } as const;
  const isAsked = (one: (typeof costly)[number]) =>
    place !== undefined && place_kind !== undefined && place_kind !== "error" && one[at[place_kind]] === place && (place_screen === undefined || (one.page ?? "") === place_screen) && (asked === undefined || (one.cause ?? causeOfSignal(one.type)) === asked);
  const there = costly.find(isAsked);
  if (there) return { cause: there.cause ?? causeOfSignal(there.type), place_kind, place, place_screen };
  const [worst] = costly;
  if (!worst) return undefined;
  const cause = worst.cause ?? causeOfSignal(worst.type);
  if (worst.api) return { cause, place_kind: "api", place: worst.api };
  if (worst.element) return { cause, place_kind: "element", place: worst.element, place_screen: worst.page ?? "" };
  return worst.page ? { cause, place_kind: "screen", place: worst.page } : undefined;
}

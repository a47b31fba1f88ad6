// The list of the sessions that had the same trouble: what a session lost most points to, as filters of the list.
import type { Search } from "../search";
import { causeOfSignal } from "../words";
import type { Issue } from "../types";

/** `undefined` where nothing cost points, or nobody recorded where. */
export function sameTrouble(issues: readonly Pick<Issue, "type" | "cause" | "api" | "element" | "page">[]): Search | undefined {
  const worst = issues.find(({ type }) => type !== "minor");
  if (!worst) return undefined;
  const cause = worst.cause ?? causeOfSignal(worst.type);
  if (worst.api) return { cause, place_kind: "api", place: worst.api };
  if (worst.element) return { cause, place_kind: "element", place: worst.element, place_screen: worst.page ?? "" };
  return worst.page ? { cause, place_kind: "screen", place: worst.page } : undefined;
}

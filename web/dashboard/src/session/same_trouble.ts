// The list of the sessions that had the same trouble: what a session lost most points to, as filters of the list and in words.
import { elementName } from "../format";
import type { Search } from "../search";
import { causeOfSignal, findingText, signalName } from "../words";
import type { Issue } from "../types";

type Costly = Pick<Issue, "type" | "cause" | "api" | "element" | "element_label" | "page">;

export interface Trouble {
  search: Search;
  said: string;
}

const AT = { api: "api", element: "element", screen: "page" } as const;

/** `undefined` where nothing cost points, or nobody recorded where. `list`: where one comes from; an issue at the place that it is
 * about goes before a costlier one, and means the same sessions as the list; else the worst issue means those that lost points to
 * the same kind of thing at the same place. */
export function sameTrouble(issues: readonly Costly[], list: Search = {}): Trouble | undefined {
  const costly = issues.filter(({ type }) => type !== "minor");
  return ofList(costly, list) ?? ofWorst(costly[0]);
}

function ofList(costly: readonly Costly[], { cause: asked, place_kind: kind, place, place_screen, place_type }: Search): Trouble | undefined {
  if (place === undefined || kind === undefined || kind === "error") return undefined;
  const there = costly.find(
    (one) =>
      one[AT[kind]] === place &&
      (place_screen === undefined || (one.page ?? "") === place_screen) &&
      (asked === undefined || (one.cause ?? causeOfSignal(one.type)) === asked) &&
      (place_type === undefined || one.type === place_type),
  );
  if (!there) return undefined;
  if (place_type !== undefined) return { search: { cause: asked, place_kind: kind, place, place_screen, place_type }, said: saidOf(there, kind) };
  const cause = there.cause ?? causeOfSignal(there.type);
  const said = findingText({ cause, place_kind: kind, place, place_screen: place_screen || null, label: kind === "element" ? there.element_label : null });
  return { search: { cause, place_kind: kind, place, place_screen }, said };
}

function ofWorst(worst: Costly | undefined): Trouble | undefined {
  if (!worst) return undefined;
  const { type, api, element, page } = worst;
  if (api) return { search: { place_kind: "api", place: api, place_type: type }, said: saidOf(worst, "api") };
  if (element) return { search: { place_kind: "element", place: element, place_screen: page ?? "", place_type: type }, said: saidOf(worst, "element") };
  return page ? { search: { place_kind: "screen", place: page, place_type: type }, said: saidOf(worst, "screen") } : undefined;
}

/** "rage click: “Pay” on /payment". */
function saidOf({ type, api, element, element_label, page }: Costly, kind: keyof typeof AT): string {
  const at = { api: api ?? "", element: `${elementName(element ?? "", element_label)}${page ? ` on ${page}` : ""}`, screen: page ?? "" }[kind];
  return `${signalName(type)}: ${at}`;
}

// The filters that mean exactly the sessions that lost points where something got worse.
import type { Search } from "../search";
import type { Change } from "../types";

export const searchOf = (change: Change): Search => ({ ...(change.filter as Search), sort: "score", order: "asc" });

/** Names a change in the address. */
export function changeKey({ cause, place_kind, place, place_screen }: Pick<Change, "cause" | "place_kind" | "place" | "place_screen">): string {
  return [cause, place_kind, place, place_screen ?? ""].join(" ");
}

/** The changes with the chosen one first, the others in their order; as they are where there is none of that name. */
export function chosenFirst<T extends Parameters<typeof changeKey>[0]>(changes: readonly T[], key: string | undefined): T[] {
  const isChosen = (one: T) => changeKey(one) === key;
  return [...changes.filter(isChosen), ...changes.filter((one) => !isChosen(one))];
}

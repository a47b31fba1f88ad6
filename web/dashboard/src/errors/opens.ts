// A session that is opened for an error of a group.
import type { Search } from "../search";
import { LEAD_MS } from "../session/worst";

/** Just before the error, so that what led to it is seen; the way back leads to the group. */
export function opensBefore(group: string, atMs: number): Search {
  return { error_group: group, from: "error", t: Math.max(0, atMs - LEAD_MS) / 1000 };
}

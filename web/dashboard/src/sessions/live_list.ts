// The list of sessions with what is new at its head: the first page is asked again while the page is open, further pages stay.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Period } from "../period";
import { sessionsHeadQuery, sessionsQuery } from "../queries";
import type { Search } from "../search";
import type { SessionRow } from "../types";

/** The first page as it is now, then the rows that it does not hold; each session once, in its newest form. */
export function withHead(head: readonly SessionRow[], rows: readonly SessionRow[]): SessionRow[] {
  const found = new Map<string, SessionRow>();
  // A session whose place in the list has changed between two pages comes with both.
  for (const row of [...head, ...rows]) if (!found.has(row.session_id)) found.set(row.session_id, row);
  return [...found.values()];
}

export function useLiveList(slug: string, search: Search, period: Period) {
  const list = useInfiniteQuery(sessionsQuery(slug, search, period));
  const pages = list.data?.pages ?? [];
  // The rows of the former question, shown until those of the new one come, have no head of the new one.
  const hasHead = pages.length > 1 && !list.isPlaceholderData;
  const head = useQuery({ ...sessionsHeadQuery(slug, search, period), enabled: hasHead });
  const first = (hasHead ? head.data : undefined) ?? pages[0];
  return { list, first, rows: withHead(first?.rows ?? [], pages.flatMap((page) => page.rows)) };
}

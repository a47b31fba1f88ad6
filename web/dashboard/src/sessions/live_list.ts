// The list of sessions with what is new at its head: the first page is asked again while the page is open, further pages stay.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Period } from "../period";
import { sessionsHeadQuery, sessionsQuery } from "../queries";
import type { Search } from "../search";
import type { SessionRow } from "../types";

/** The first page as it is now, then the rows that it does not hold; each session once, in its newest form. */
export function withHead(head: readonly SessionRow[], rows: readonly SessionRow[]): SessionRow[] {
  const isIn = new Set(head.map((row) => row.session_id));
  return [...head, ...rows.filter((row) => !isIn.has(row.session_id))];
}

export function useLiveList(slug: string, search: Search, period: Period) {
  const list = useInfiniteQuery(sessionsQuery(slug, search, period));
  const pages = list.data?.pages ?? [];
  const head = useQuery({ ...sessionsHeadQuery(slug, search, period), enabled: pages.length > 1 });
  const first = (pages.length > 1 ? head.data : undefined) ?? pages[0];
  return { list, first, rows: withHead(first?.rows ?? [], pages.flatMap((page) => page.rows)) };
}

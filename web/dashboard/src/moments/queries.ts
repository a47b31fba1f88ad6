// What the page Moments asks, page by page.
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { client, dataOf } from "../api";
import { asked, periodKey, type Period } from "../period";
import { segment } from "../queries";
import type { Search } from "../search";
import type { MomentList } from "../types";

const PAGE_SIZE = 30;

export function momentsQuery(slug: string, search: Search, period: Period) {
  const query = { ...segment(search), emotion: search.emotion, strength: search.strength, limit: PAGE_SIZE };
  return infiniteQueryOptions({
    queryKey: ["moments", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: MomentList) => page.next_cursor ?? undefined,
    queryFn: ({ signal, pageParam }): Promise<MomentList> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query, cursor: pageParam } };
      return dataOf(client.GET("/api/projects/{slug}/moments", { params, signal }));
    },
  });
}

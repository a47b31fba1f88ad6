// The values that the builder proposes.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { paths } from "../api.gen";
import { client, dataOf } from "../api";
import { asked, periodKey, type Period } from "../period";
import { segment } from "../queries";
import type { Search } from "../search";

export type Field = paths["/api/projects/{slug}/segment-values"]["get"]["parameters"]["query"]["of"];
const SHOWN = 30;
const STALE_MS = 60_000;

export function valuesQuery(slug: string, search: Search, period: Period, of: Field, part: string) {
  const query = { ...segment(search), of, part: part || undefined, limit: SHOWN };
  return queryOptions({
    queryKey: ["segment-values", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    staleTime: STALE_MS,
    queryFn: ({ signal }) => dataOf(client.GET("/api/projects/{slug}/segment-values", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

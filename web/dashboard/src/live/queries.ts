// Who is there now; asked again while the page is visible.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, dataOf } from "../api";

const LIVE_MS = 3_000;

/** TanStack Query pauses the interval while the window is hidden. */
export function liveQuery(slug: string, bots: boolean, isPaused: boolean) {
  return queryOptions({
    queryKey: ["live", slug, bots],
    placeholderData: keepPreviousData,
    refetchInterval: isPaused ? false : LIVE_MS,
    refetchOnWindowFocus: !isPaused,
    queryFn: ({ signal }) => dataOf(client.GET("/api/projects/{slug}/live", { params: { path: { slug }, query: { bots: bots || undefined } }, signal })),
  });
}

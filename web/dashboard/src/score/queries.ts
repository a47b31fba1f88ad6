// What the page Score asks.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, dataOf } from "../api";
import { asked, periodKey, type Period } from "../period";
import { segment } from "../queries";
import type { ScoreBy, Search } from "../search";
import type { ScoreByDimension, ScoreSummary } from "../types";

const MOST_ROWS = 12;

export function scoreSummaryQuery(slug: string, search: Search, period: Period) {
  const query = segment(search);
  return queryOptions({
    queryKey: ["score-summary", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<ScoreSummary> => dataOf(client.GET("/api/projects/{slug}/score/summary", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

export function scoreByQuery(slug: string, search: Search, period: Period, by: ScoreBy) {
  const query = { ...segment(search), by, limit: MOST_ROWS };
  return queryOptions({
    queryKey: ["score-by", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<ScoreByDimension> => dataOf(client.GET("/api/projects/{slug}/score", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

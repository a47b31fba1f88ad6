// What the page Score asks.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, dataOf } from "../api";
import { asked, periodKey, type Period } from "../period";
import { segment } from "../queries";
import type { IssuesBy, ScoreBy, Search } from "../search";
import type { IssueList, ScoreByDimension, ScoreSummary } from "../types";

const MOST_ROWS = 12;
const MOST_ISSUES = 10;

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

/** `withGain`: also what each would gain, for which the server reads the sessions; the ranks stand before that. */
export function issuesQuery(slug: string, search: Search, period: Period, by: IssuesBy, withGain: boolean) {
  const query = { ...segment(search), by, limit: MOST_ISSUES, with_gain: withGain };
  return queryOptions({
    queryKey: ["score-issues", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<IssueList> => dataOf(client.GET("/api/projects/{slug}/score/issues", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

// Whether Mien itself is well.
import { queryOptions } from "@tanstack/react-query";
import { client, dataOf } from "../api";

const SYSTEM_MS = 10_000;

export function systemQuery(slug: string) {
  return queryOptions({
    queryKey: ["system", slug],
    refetchInterval: SYSTEM_MS,
    queryFn: ({ signal }) => dataOf(client.GET("/api/projects/{slug}/system", { params: { path: { slug } }, signal })),
  });
}

import { describe, expect, it } from "vitest";
import { withHead } from "../src/sessions/live_list";
import type { SessionRow } from "../src/types";

const row = (session_id: string, score = 50) => ({ session_id, score }) as SessionRow;
const ids = (rows: SessionRow[]) => rows.map((r) => r.session_id).join("");

describe("the list with its live head", () => {
  it("puts new sessions first and keeps the rows that were paged on", () => {
    expect(ids(withHead([row("n"), row("a"), row("b")], [row("a"), row("b"), row("c"), row("d")]))).toBe("nabcd");
  });

  it("shows a session once, as it is now", () => {
    const rows = withHead([row("b", 80), row("a")], [row("a"), row("b", 20)]);
    expect(ids(rows)).toBe("ba");
    expect(rows[0]?.score).toBe(80);
  });

  it("shows a session once that two pages brought, because its place has changed between them", () => {
    expect(ids(withHead([row("a")], [row("a"), row("b"), row("b"), row("c")]))).toBe("abc");
  });
});

import { describe, expect, it } from "vitest";
import { errorOrder, kept, narrowed, parseSearch, readQuery, writeQuery, periodOf } from "../src/search";

const read = (query: string) => parseSearch(readQuery(query));

describe("filters of errors in the address", () => {
  it("tells an unknown release, browser or screen from one that is not asked for", () => {
    const found = read("release=&browser=&error_group=abc&error_screen=");
    expect([found.release, found.browser, found.error_screen]).toEqual(["", "", ""]);
    expect(read("error_group=abc").error_screen).toBeUndefined();
  });

  it("writes what it reads", () => {
    const query = "?release=&error_group=abc&error_screen=/cart&error_origin=foreign&error_sort=last_seen";
    expect(readQuery(writeQuery({ ...read(query) }))).toEqual(readQuery(query));
  });

  it("knows no screen of an error without its group, and nothing that is not offered", () => {
    expect(read("error_screen=/cart").error_screen).toBeUndefined();
    expect(read("error_origin=moon&error_sort=moon")).toMatchObject({ error_origin: undefined, error_sort: undefined });
  });

  it("does not keep them on the way to another page", () => {
    expect(kept(read("period=30d&error_group=abc&release=1"))).toMatchObject({ period: "30d", release: "1" });
    expect(Object.keys(kept(read("error_group=abc"))).filter((name) => name.startsWith("error"))).toEqual([]);
  });

  it("looks at the worst scores first, else at the most and the newest", () => {
    expect([errorOrder("score"), errorOrder("last_seen"), errorOrder()]).toEqual(["asc", "desc", "desc"]);
  });
});

describe("the segment in the address", () => {
  it("holds any number of conditions, and writes what it reads", () => {
    const query = "?release=4.2&having=screen:/cart&having=call:failed:POST+/api/pay";
    expect(read(query).having).toEqual(["screen:/cart", "call:failed:POST /api/pay"]);
    expect(writeQuery({ ...read(query) })).toBe(query);
    expect(writeQuery({ ...read("having=screen:/a") })).toBe("?having=screen:/a");
  });

  it("is none where there is nothing to ask for", () => {
    expect(read("having=&having=screen:&having=nothing").having).toBeUndefined();
    expect(read("having=screen:/a&having=screen:/a").having).toEqual(["screen:/a"]);
  });

  it("goes along to every page, with a number's own filter on top", () => {
    const here = read("period=30d&screen=/cart&locale=&having=cause:wait&q=pay&sort=score");
    expect(kept(here)).toEqual({ period: "30d", since: undefined, until: undefined, screen: "/cart", locale: "", having: ["cause:wait"] });
    expect(narrowed(here, { cause: "fail" })).toMatchObject({ screen: "/cart", cause: "fail", having: ["cause:wait"] });
  });

  it("asks for both screens where a number is of another one", () => {
    expect(narrowed(read("screen=/cart&having=cause:wait"), { screen: "/pay" })).toMatchObject({ screen: "/pay", having: ["cause:wait", "screen:/cart"] });
    expect(narrowed(read("screen=/cart"), { screen: "/cart" }).having).toBeUndefined();
  });
});

describe("another project", () => {
  it("is entered with the period and nothing that narrows", () => {
    const here = parseSearch({ since: "2026-11-01", until: "2026-11-08", release: "4.3.1", having: "signal:rage_click", screen: "/cart", bots: "1", q: "x", t: "3" });
    expect(Object.entries(periodOf(here)).filter(([, value]) => value !== undefined)).toEqual([["since", "2026-11-01"], ["until", "2026-11-08"]]);
  });
});

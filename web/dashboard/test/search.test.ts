import { describe, expect, it } from "vitest";
import { errorOrder, kept, parseSearch, readQuery, writeQuery } from "../src/search";

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
    expect(Object.keys(kept(read("period=30d&error_group=abc&release=1"))).filter((name) => name.startsWith("error") || name === "release")).toEqual([]);
  });

  it("looks at the worst scores first, else at the most and the newest", () => {
    expect([errorOrder("score"), errorOrder("last_seen"), errorOrder()]).toEqual(["asc", "desc", "desc"]);
  });
});

import { describe, expect, it } from "vitest";
import { MOST_QUEUED, parseQueue, placeIn, queueText } from "../src/queue";
import { listSearch } from "../src/list_search";
import { parseSearch, readQuery, writeQuery } from "../src/search";
import { afterPress } from "../src/sessions/ticks";

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const ids = (count: number) => Array.from({ length: count }, (_, n) => id(n));

describe("a queue of sessions in the address", () => {
  it("is read as it was written, and addresses leave it as it is", () => {
    const queue = queueText(ids(3));
    const query = writeQuery({ queue, t: 4 });
    expect(query).toBe(`?queue=${queue}&t=4`);
    expect(parseSearch(readQuery(query)).queue).toBe(queue);
  });

  it("holds each session once, and not more than an address can take", () => {
    expect(queueText([id(1), id(0), id(1)])).toBe(`${id(1)}.${id(0)}`);
    const most = parseQueue(ids(MOST_QUEUED + 5).join("."));
    expect(most?.split(".")).toEqual(ids(MOST_QUEUED));
    expect(most?.length).toBeLessThan(2_000);
  });

  it("is none of one session, and none of what is no id", () => {
    for (const raw of [undefined, "", "a.b", id(0), `${id(0)}.${id(0)}`, `${id(0)}.<b>`, 7]) expect(parseQueue(raw)).toBeUndefined();
    expect(parseQueue(`${id(0)}.moon.${id(1)}`)).toBe(queueText(ids(2)));
  });

  it("knows the neighbours of its sessions, and no place of another one", () => {
    const queue = queueText(ids(3));
    expect(placeIn(queue, id(0))).toMatchObject({ at: 0, count: 3, previous: undefined, next: id(1) });
    expect(placeIn(queue, id(2))).toMatchObject({ at: 2, previous: id(1), next: undefined });
    expect([placeIn(queue, id(9)), placeIn(undefined, id(0))]).toEqual([null, null]);
  });

  it("stays behind on the way to another session or list", () => {
    expect(listSearch({ queue: queueText(ids(2)), cause: "wait" })).toEqual(expect.not.objectContaining({ queue: expect.anything() }));
  });
});

describe("ticks in a list", () => {
  const shown = ["a", "b", "c", "d", "e"];
  it("turn one row", () => {
    expect([...afterPress(new Set(["a"]), shown, "c", null)]).toEqual(["a", "c"]);
    expect([...afterPress(new Set(["a", "c"]), shown, "c", null)]).toEqual(["a"]);
  });

  it("turn all rows of a range into what the pressed one becomes, upwards too", () => {
    expect([...afterPress(new Set(["b"]), shown, "d", "b")].sort()).toEqual(["b", "c", "d"]);
    expect([...afterPress(new Set(["d"]), shown, "b", "d")].sort()).toEqual(["b", "c", "d"]);
    expect([...afterPress(new Set(shown), shown, "d", "b")].sort()).toEqual(["a", "e"]);
  });

  it("turn the row alone when the range begins at one that is gone", () => {
    expect([...afterPress(new Set(["gone"]), shown, "b", "gone")]).toEqual(["gone", "b"]);
  });
});

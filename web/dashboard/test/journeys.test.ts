// Journeys: the drawing conserves and stays in its columns; the API's paths read as words; the URL keeps what it should.
import { describe, expect, it } from "vitest";
import { layOut, NODE_WIDTH } from "../src/journeys/layout";
import { chosenNode, nodeKey } from "../src/journeys/nodes";
import { funnelWords, pathWords, readName, splitSteps } from "../src/journeys/way";
import { filterSearch, parseSearch, readQuery, writeQuery } from "../src/search";
import type { Flow, FlowEdge, FlowNode } from "../src/types";

const SEEN = { rage: 0, error: 0, slow: 0, other: 0, nothing: 0 };

function node(depth: number, screen: string | null, sessions: number, left = 0, rose = false): FlowNode {
  const end = left ? { sessions: left, scored: 0, score: null, seen: SEEN, share_before: null, rose, filter: { path: `${screen}$` } } : null;
  return { depth, screen, sessions, scored: 0, score: null, end, beyond: 0, filter: { path: screen ?? "*" } };
}

function edge(depth: number, screen: string | null, next_screen: string | null, sessions: number): FlowEdge {
  return { depth, screen, next_screen, sessions, scored: 0, score: null, seen: SEEN, filter: { path: `${screen}>${next_screen}` } };
}

const FLOW = {
  depth: 2, direction: "forwards", start: null, sessions: 100, segment_sessions: 100,
  nodes: [node(0, "/", 70, 20), node(0, null, 30), node(1, "/a", 60, 10), node(1, null, 20, 20), node(2, "/", 50, 40)],
  edges: [edge(0, "/", "/a", 40), edge(0, "/", null, 10), edge(0, null, "/a", 20), edge(0, null, null, 10), edge(1, "/a", "/", 50)],
  ends: [{ depth: 0, sessions: 20, filter: {} }, { depth: 1, sessions: 30, filter: {} }, { depth: 2, sessions: 40, filter: {} }],
} as unknown as Flow;

describe("the drawing of a flow", () => {
  it("gives every column what the one before had left", () => {
    const { nodes } = layOut(FLOW, 900);
    const sum = (depth: number, gone: boolean) => nodes.filter((one) => one.depth === depth && (one.node === null) === gone).reduce((all, one) => all + one.sessions, 0);
    expect([sum(0, false), sum(1, false) + sum(1, true), sum(2, false) + sum(2, true)]).toEqual([100, 100, 80]);
    for (const one of nodes) expect(one.height).toBeCloseTo(3 * one.sessions);
  });

  it("draws each edge and each end before the last column once, and keeps bands inside of their nodes", () => {
    const { bands, nodes, height } = layOut(FLOW, 900);
    expect(bands.map((band) => band.sessions).sort((a, b) => a - b)).toEqual([10, 10, 10, 20, 20, 20, 40, 50]);
    for (const band of bands) {
      const from = nodes.find((one) => one.node === band.from);
      const [, x, y] = /^M([\d.]+) ([\d.]+)/.exec(band.path) ?? [];
      expect(Number(x)).toBeCloseTo((from?.x ?? 0) + NODE_WIDTH);
      expect(Number(y)).toBeGreaterThanOrEqual((from?.y ?? 0) - 0.1);
      expect(Number(y) + 3 * band.sessions).toBeLessThanOrEqual((from?.y ?? 0) + (from?.height ?? 0) + 0.1);
    }
    expect(Math.max(...nodes.map((one) => one.y + one.height))).toBeLessThan(height);
  });

  it("runs to the right backwards too: the start stands last", () => {
    const { nodes, bands } = layOut({ ...FLOW, direction: "backwards" }, 900);
    expect(nodes.filter((one) => one.depth === 0).every((one) => one.x === 600)).toBe(true);
    expect(bands).toHaveLength(8);
  });

  it("lets nodes without room overlap nobody", () => {
    const { nodes } = layOut(FLOW, 300);
    for (const depth of [0, 1, 2]) {
      const column = nodes.filter((one) => one.depth === depth);
      column.slice(1).forEach((one, index) => expect(one.y).toBeGreaterThan((column[index]?.y ?? 0) + (column[index]?.height ?? 0) + 17));
    }
  });
});

describe("the node that is looked at", () => {
  it("is the chosen one, else the one that is left clearly more often, else the one that most leave and others do not", () => {
    expect(nodeKey(chosenNode(FLOW, undefined) as FlowNode)).toBe("0:/");
    expect(nodeKey(chosenNode(FLOW, "1:") as FlowNode)).toBe("1:");
    const risen = { ...FLOW, nodes: [...FLOW.nodes, node(2, "/b", 5, 5, true)] };
    expect(nodeKey(chosenNode(risen, "9:/gone") as FlowNode)).toBe("2:/b");
    expect(chosenNode({ ...FLOW, direction: "backwards" }, "0:/")).toBeUndefined();
  });
});

describe("ways in words", () => {
  it("reads paths", () => {
    expect(pathWords("^/cart>*>>!/pay|/help$")).toBe("entry → /cart → any screen then another screen → left");
    expect(pathWords("@/a%3E b>/c|/d")).toBe("first /a> b → /c / /d");
  });
  it("reads funnels, with > inside of names", () => {
    expect(funnelWords("/cart>>event:a%3E%3Eb>>/pay")).toBe("/cart → event a>>b → /pay");
    expect(splitSteps(undefined)).toEqual([]);
    expect(splitSteps("/a>>")).toEqual(["/a", ""]);
  });
  it("turns back only what the server writes so", () => {
    expect(readName("%2525%2F%c3%3E")).toBe("%25%2F%c3>");
  });
});

describe("the URL", () => {
  it("keeps filters of ways as they are", () => {
    const search = { funnel: "/cart>>event:a%3Eb", within_s: 300, reached: 2, dropped: 1, before: "rage", path: "^/ä>!/b|/c&d$", loop: "/a>/b", left_at: "/x" };
    const read = parseSearch(readQuery(writeQuery(search).slice(1)));
    expect(read).toMatchObject(search);
  });
  it("drops what does not belong together or is out of range", () => {
    const read = parseSearch({ reached: "2", dropped: "1", within_s: "60", before: "moon", view: "x", depth: "9", direction: "up" });
    expect([read.reached, read.dropped, read.within_s, read.before, read.view, read.depth, read.direction]).toEqual(Array(7).fill(undefined));
    expect(parseSearch({ steps: "/a>>/b", within_s: "60" }).within_s).toBe(60);
    expect(parseSearch({ funnel: "/a>>/b", reached: "9", within_s: "0" })).toMatchObject({ funnel: "/a>>/b", reached: undefined, within_s: undefined });
  });
  it("takes from a number's filter only what is there, so that it changes nothing else of a link", () => {
    expect(filterSearch({ path: "/a>/b" })).toEqual({ path: "/a>/b" });
    expect(filterSearch({ funnel: "/a>>/b", within_s: "60", reached: "1", dropped: "1" })).toEqual({ funnel: "/a>>/b", within_s: 60, reached: 1, dropped: 1 });
  });
});

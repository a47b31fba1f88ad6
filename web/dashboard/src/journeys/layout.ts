// Where the nodes and bands of a flow stand: columns of equal distance, heights in proportion to sessions. Pure.
// Every column holds what the one before held: its nodes, the others, and those that left after the column before.
import type { Flow, FlowEdge, FlowNode } from "../types";

export const NODE_WIDTH = 9;
/** Room under each node for its label's line. */
const GAP = 22;
const LEAST_HEIGHT = 2;
/** Height that all sessions together take. */
const FLOW_HEIGHT = 300;

export interface PlacedNode {
  depth: number;
  x: number;
  y: number;
  height: number;
  sessions: number;
  /** A screen or the others; null: those that left after the column before. */
  node: FlowNode | null;
}

export interface Band {
  path: string;
  sessions: number;
  from: FlowNode;
  /** Null: they left. */
  edge: FlowEdge | null;
}

export interface FlowLayout {
  height: number;
  /** Distance of two columns. */
  pitch: number;
  nodes: PlacedNode[];
  bands: Band[];
}

interface Slot {
  sessions: number;
  node: FlowNode | null;
}

/** The columns of a flow, each from the top; those that left stand last. */
function columnsOf(flow: Flow): Slot[][] {
  return Array.from({ length: flow.depth + 1 }, (_, depth) => {
    const slots: Slot[] = flow.nodes.filter((node) => node.depth === depth).map((node) => ({ sessions: node.sessions, node }));
    const left = flow.ends.find((end) => end.depth === depth - 1);
    return left ? [...slots, { sessions: left.sessions, node: null }] : slots;
  });
}

/** Places everything in `width` pixels; the last column keeps one distance at its right for its labels. */
export function layOut(flow: Flow, width: number): FlowLayout {
  const columns = columnsOf(flow);
  const pitch = width / columns.length;
  const scale = FLOW_HEIGHT / Math.max(1, flow.sessions);
  const isBackwards = flow.direction === "backwards";
  const nodes = columns.flatMap((slots, depth) => {
    let y = 0;
    return slots.map(({ sessions, node }): PlacedNode => {
      const placed = { depth, x: (isBackwards ? columns.length - 1 - depth : depth) * pitch, y, height: Math.max(LEAST_HEIGHT, sessions * scale), sessions, node };
      y += placed.height + GAP;
      return placed;
    });
  });
  const height = Math.max(0, ...nodes.map((node) => node.y + node.height)) + GAP;
  return { height, pitch, nodes, bands: bandsOf(flow, nodes, scale) };
}

function bandsOf(flow: Flow, nodes: PlacedNode[], scale: number): Band[] {
  const outY = new Map<PlacedNode, number>();
  const inY = new Map<PlacedNode, number>();
  const place = (depth: number, screen: string | null) => nodes.find((placed) => placed.depth === depth && placed.node !== null && placed.node.screen === screen);
  const gone = (depth: number) => nodes.find((placed) => placed.depth === depth && placed.node === null);
  const bands: Band[] = [];
  const draw = (from: PlacedNode, to: PlacedNode, sessions: number, edge: FlowEdge | null) => {
    const y1 = outY.get(from) ?? from.y;
    const y2 = inY.get(to) ?? to.y;
    outY.set(from, y1 + sessions * scale);
    inY.set(to, y2 + sessions * scale);
    if (from.node) bands.push({ path: bandPath(from, to, y1, y2, sessions * scale), sessions, from: from.node, edge });
  };
  for (const from of nodes) {
    if (from.node === null || from.depth === flow.depth) continue;
    const { screen, end } = from.node;
    const out = flow.edges
      .filter((edge) => edge.depth === from.depth && edge.screen === screen)
      .flatMap((edge) => {
        const to = place(from.depth + 1, edge.next_screen);
        return to ? [{ edge, to }] : [];
      })
      .sort((a, b) => a.to.y - b.to.y);
    for (const { edge, to } of out) draw(from, to, edge.sessions, edge);
    const to = gone(from.depth + 1);
    if (end && to) draw(from, to, end.sessions, null);
  }
  return bands;
}

/** A band of even thickness between the facing sides of two nodes, whichever of them stands at the left. */
function bandPath(from: PlacedNode, to: PlacedNode, y1: number, y2: number, thickness: number): string {
  const isLeftToRight = from.x < to.x;
  const x1 = from.x + (isLeftToRight ? NODE_WIDTH : 0);
  const x2 = to.x + (isLeftToRight ? 0 : NODE_WIDTH);
  const middle = (x1 + x2) / 2;
  const t = Math.max(0.6, thickness);
  const n = (value: number) => value.toFixed(1);
  return `M${n(x1)} ${n(y1)}C${n(middle)} ${n(y1)} ${n(middle)} ${n(y2)} ${n(x2)} ${n(y2)}V${n(y2 + t)}C${n(middle)} ${n(y2 + t)} ${n(middle)} ${n(y1 + t)} ${n(x1)} ${n(y1 + t)}Z`;
}

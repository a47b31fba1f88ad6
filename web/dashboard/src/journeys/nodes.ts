// The nodes of a flow by name: as the URL says them, as they are written, and which one is looked at.
import type { Flow, FlowNode } from "../types";
import { journeysWords } from "../journeys_words";

/** A node in the URL: "2:/cart"; the others of a step: "2:". */
export function nodeKey({ depth, screen }: Pick<FlowNode, "depth" | "screen">): string {
  return `${depth}:${screen ?? ""}`;
}

export function screenName(screen: string | null): string {
  return screen ?? journeysWords.flow.other;
}

/** The chosen node; else the one that people leave clearly more often now, else the one that most leave. None backwards,
 * where nothing was recorded before the first screen. */
export function chosenNode(flow: Flow, key: string | undefined): FlowNode | undefined {
  if (flow.direction === "backwards") return undefined;
  const left = flow.nodes.filter((node) => node.end).sort((a, b) => (b.end?.sessions ?? 0) - (a.end?.sessions ?? 0));
  const going = left.filter((node) => node.depth < flow.depth);
  return flow.nodes.find((node) => nodeKey(node) === key) ?? left.find((node) => node.end?.rose) ?? going[0] ?? left[0];
}

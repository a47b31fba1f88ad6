// The flow as bands between columns of screens. Bands open their sessions; the name of a screen shows what came before
// leaving it, its number opens its sessions. The table beside it has the same numbers for keyboards and screen readers.
import { useElementSize } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { UnstyledButton } from "../controls/button";
import { count, share } from "../format";
import { MiddleCut } from "../parts/middle_cut";
import { SessionsLink, useChangeSearch, useProject, useSearchState } from "../place";
import { filterSearch, narrowed } from "../search";
import type { Flow } from "../types";
import { journeysWords } from "../journeys_words";
import { overviewWords } from "../overview_words";
import { layOut, NODE_WIDTH, type Band, type PlacedNode } from "./layout";
import { nodeKey, screenName } from "./nodes";

interface DrawingProps {
  flow: Flow;
  /** Key of the node that is looked at. */
  chosen: string | undefined;
}

export function FlowDrawing({ flow, chosen }: DrawingProps) {
  const { ref, width } = useElementSize();
  const layout = width > 0 ? layOut(flow, width) : null;
  return (
    <div ref={ref} className="flow" style={{ minHeight: layout?.height ?? 460 }}>
      {layout && (
        <>
          <svg width={width} height={layout.height} role="img" aria-label={flowSentence(flow)}>
            {layout.bands.map((band) => (
              <BandShape key={`${nodeKey(band.from)} ${band.edge ? `to ${band.edge.next_screen ?? ""}` : ""}`} band={band} isFaint={band.sessions < FAINT * flow.sessions} isBackwards={flow.direction === "backwards"} />
            ))}
            {layout.nodes.map((placed) => (
              <rect key={placed.node ? nodeKey(placed.node) : `left ${placed.depth}`} className={`flow-node ${placed.node ? (nodeKey(placed.node) === chosen ? "chosen" : "") : "gone"}`} x={placed.x} y={placed.y} width={NODE_WIDTH} height={placed.height} rx={1} />
            ))}
          </svg>
          {layout.nodes.map((placed) => (
            <NodeLabel key={placed.node ? nodeKey(placed.node) : `left ${placed.depth}`} flow={flow} placed={placed} width={layout.pitch - NODE_WIDTH - 14} isChosen={placed.node !== null && nodeKey(placed.node) === chosen} />
          ))}
        </>
      )}
    </div>
  );
}

/** What the drawing shows, as one sentence. */
export function flowSentence(flow: Flow): string {
  const first = flow.nodes.find((node) => node.depth === 0);
  if (flow.direction === "backwards") return journeysWords.flow.sentenceBack(flow.sessions, flow.start ?? journeysWords.flow.exit);
  const most = flow.nodes.reduce((a, b) => ((b.end?.sessions ?? 0) > (a?.end?.sessions ?? 0) ? b : a), first);
  return journeysWords.flow.sentence(flow.sessions, screenName(first?.screen ?? null), first?.sessions ?? 0, screenName(most?.screen ?? null), share((most?.end?.sessions ?? 0) / Math.max(1, most?.sessions ?? 1)));
}

/** Bands of under 15 in a thousand sessions are kept, so that everything adds up, but drawn faintly. */
const FAINT = 0.015;

function BandShape({ band, isFaint, isBackwards }: { band: Band; isFaint: boolean; isBackwards: boolean }) {
  const navigate = useNavigate();
  const project = useProject();
  const here = useSearchState();
  const filter = band.edge?.filter ?? band.from.end?.filter ?? {};
  const to = band.edge ? screenName(band.edge.next_screen) : isBackwards ? journeysWords.flow.cameIn : journeysWords.flow.left;
  const write = isBackwards ? journeysWords.flow.bandBack : journeysWords.flow.band;
  const tone = band.edge ? "on" : band.from.end?.rose ? "rose" : "gone";
  return (
    <path className={`flow-band ${tone} ${isFaint ? "faint" : ""}`} d={band.path} onClick={() => void navigate({ to: "/p/$project/sessions", params: { project }, search: narrowed(here, filterSearch(filter)) })}>
      <title>{write(screenName(band.from.screen), to, band.sessions)}</title>
    </path>
  );
}

interface LabelProps {
  flow: Flow;
  placed: PlacedNode;
  width: number;
  isChosen: boolean;
}

function NodeLabel({ flow, placed, width, isChosen }: LabelProps) {
  const change = useChangeSearch();
  const { node, depth } = placed;
  const isBackwards = flow.direction === "backwards";
  const gone = isBackwards ? journeysWords.flow.cameIn : journeysWords.flow.left;
  const name = node ? screenName(node.screen) : gone;
  const filter = node?.filter ?? flow.ends.find((end) => end.depth === depth - 1)?.filter ?? {};
  return (
    <span className={`flow-label ${node ? "" : "gone"} ${isChosen ? "chosen" : ""}`} style={{ left: placed.x + NODE_WIDTH + 5, top: placed.y + placed.height / 2, maxWidth: width }}>
      {node?.end && !isBackwards ? (
        <UnstyledButton className="flow-name" aria-pressed={isChosen} title={journeysWords.flow.select(name)} onClick={() => change({ node: nodeKey(node) }, true)}>
          <MiddleCut name={name} />
        </UnstyledButton>
      ) : (
        <span className="flow-name" title={name}>
          <MiddleCut name={name} />
        </span>
      )}
      <SessionsLink search={filterSearch(filter)} label={`${name}: ${overviewWords.watch(placed.sessions)}`}>
        {count(placed.sessions)}
      </SessionsLink>
    </span>
  );
}

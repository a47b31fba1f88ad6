// The flow as a table, every band a row; and as a list of steps with bars, which is what phones show.
import { count, groupScore, share } from "../format";
import { SessionsLink } from "../place";
import { filterSearch } from "../search";
import type { Flow, Seen } from "../types";
import { journeysWords } from "../journeys_words";
import { overviewWords } from "../overview_words";
import { KINDS, KindSign } from "./kind";
import { nodeKey, screenName } from "./nodes";

interface Row {
  key: string;
  depth: number;
  from: string;
  to: string;
  sessions: number;
  /** Of the sessions at `from`. */
  part: number;
  score: number | null;
  seen: Seen | null;
  filter: Record<string, string>;
}

/** One row for each band, and for each end the drawing's column of those that left. */
function rowsOf(flow: Flow): Row[] {
  const gone = flow.direction === "backwards" ? journeysWords.flow.cameIn : journeysWords.flow.left;
  return flow.nodes.flatMap((node) => {
    const from = { depth: node.depth, from: screenName(node.screen) };
    const edges = flow.edges.filter((edge) => edge.depth === node.depth && edge.screen === node.screen);
    const rows = edges.map((edge): Row => ({ ...from, key: `${nodeKey(node)} ${nodeKey({ depth: edge.depth + 1, screen: edge.next_screen })}`, to: screenName(edge.next_screen), sessions: edge.sessions, part: edge.sessions / node.sessions, score: edge.score, seen: edge.seen, filter: edge.filter }));
    return node.end ? [...rows, { ...from, key: `${nodeKey(node)} end`, to: gone, sessions: node.end.sessions, part: node.end.sessions / node.sessions, score: node.end.score, seen: node.end.seen, filter: node.end.filter }] : rows;
  });
}

export function FlowTable({ flow }: { flow: Flow }) {
  const { columns } = journeysWords.flow;
  return (
    <div className="chart-table flow-table" tabIndex={0} role="region" aria-label={journeysWords.flow.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.step}</th>
            <th scope="col">{columns.from}</th>
            <th scope="col">{columns.to}</th>
            <th scope="col" className="number">{columns.sessions}</th>
            <th scope="col" className="number">{columns.part}</th>
            <th scope="col" className="number wide-only">{columns.score}</th>
            <th scope="col" className="wide-only">{columns.before}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(flow).map((row) => (
            <tr key={row.key}>
              <td>{row.depth + 1}</td>
              <td>{row.from}</td>
              <td>{row.to}</td>
              <td className="number">
                <SessionsLink search={filterSearch(row.filter)}>{count(row.sessions)}</SessionsLink>
              </td>
              <td className="number">{share(row.part)}</td>
              <td className="number wide-only">{row.score === null ? "–" : groupScore(row.score)}</td>
              <td className="wide-only">{row.seen ? <SeenShares seen={row.seen} sessions={row.sessions} /> : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SeenShares({ seen, sessions }: { seen: Seen; sessions: number }) {
  return (
    <span className="seen-shares">
      {KINDS.filter((kind) => seen[kind] > 0).map((kind) => (
        <span key={kind} title={journeysWords.before.kinds[kind]}>
          <KindSign kind={kind} size={13} />
          <span className="sr">{journeysWords.before.kinds[kind]}</span> {share(seen[kind] / sessions)}
        </span>
      ))}
    </span>
  );
}

/** All steps at once would be many screens long. */
const OPEN_STEPS = 2;

/** For narrow screens: per step its screens, how many were there, and which part of them left. */
export function FlowSteps({ flow }: { flow: Flow }) {
  const isBackwards = flow.direction === "backwards";
  const gone = isBackwards ? journeysWords.flow.cameIn : journeysWords.flow.left;
  return (
    <ol className="flow-steps">
      {Array.from({ length: flow.depth + 1 }, (_, depth) => flow.nodes.filter((node) => node.depth === depth)).map((nodes, depth) =>
        nodes.length === 0 ? null : (
          <li key={depth}>
            <details open={depth < OPEN_STEPS}>
              <summary>{isBackwards ? journeysWords.flow.stepBack(depth) : journeysWords.flow.step(depth + 1)}</summary>
              <ul>
              {nodes.map((node) => (
                <li key={nodeKey(node)}>
                  <span className="flow-step-name">{screenName(node.screen)}</span>
                  <SessionsLink search={filterSearch(node.filter)} label={`${screenName(node.screen)}: ${overviewWords.watch(node.sessions)}`}>
                    {count(node.sessions)}
                  </SessionsLink>
                  <span className="flow-step-bar" aria-hidden="true">
                    <span style={{ width: `${(100 * (node.sessions - (node.end?.sessions ?? 0))) / flow.sessions}%` }} />
                    <span className={node.end?.rose ? "rose" : "gone"} style={{ width: `${(100 * (node.end?.sessions ?? 0)) / flow.sessions}%` }} />
                  </span>
                  <small>
                    {node.end ? (
                      <>
                        {gone} <SessionsLink search={filterSearch(node.end.filter)} label={`${screenName(node.screen)}, ${gone}: ${overviewWords.watch(node.end.sessions)}`}>{count(node.end.sessions)}</SessionsLink>, {share(node.end.sessions / node.sessions)}
                      </>
                    ) : (
                      `${gone} 0`
                    )}
                  </small>
                </li>
              ))}
              </ul>
            </details>
          </li>
        ),
      )}
    </ol>
  );
}

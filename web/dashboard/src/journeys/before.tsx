// What came in the minute before leaving a screen: those who left beside those who went on.
import { count, share } from "../format";
import { Card } from "../parts/card";
import { NoneLine } from "../parts/none_left";
import { SessionsLink, usePeriod } from "../place";
import { beforeWords } from "../period";
import { filterSearch, type Before } from "../search";
import type { Flow, FlowNode } from "../types";
import { journeysWords } from "../journeys_words";
import { KindName, KINDS } from "./kind";
import { screenName } from "./nodes";

/** From here on a kind of trouble stands out: twice as frequent, in enough sessions to speak of them. */
const STANDS_OUT = { ratio: 2, sessions: 20 };
/** Of fewer that left, a share says nothing. */
export const LEAST_LEFT = 10;

export function BeforeLeaving({ flow, node, stale }: { flow: Flow; node: FlowNode | undefined; stale: boolean }) {
  const before = beforeWords(usePeriod());
  const { columns } = journeysWords.before;
  if (!node?.end?.seen) {
    return (
      <Card title={journeysWords.before.title(node ? screenName(node.screen) : "…", node && node.depth + 1)} stale={stale}>
        {node ? <NoneLine text={journeysWords.before.none} /> : <p className="quiet">{journeysWords.before.choose}</p>}
      </Card>
    );
  }
  const { end } = node;
  if (end.sessions < LEAST_LEFT) {
    return (
      <Card title={journeysWords.before.title(screenName(node.screen), node.depth + 1)} stale={stale}>
        <p>
          <SessionsLink search={filterSearch(end.filter)}>{journeysWords.before.leftFew(end.sessions, node.sessions)}</SessionsLink>
        </p>
        <p className="quiet">{journeysWords.before.few(LEAST_LEFT)}</p>
      </Card>
    );
  }
  const on = flow.edges.filter((edge) => edge.depth === node.depth && edge.screen === node.screen);
  const wentOn = on.reduce((sum, edge) => sum + edge.sessions, 0);
  const rows = KINDS.map((kind) => {
    const left = (end.seen?.[kind] ?? 0) / end.sessions;
    const others = wentOn ? on.reduce((sum, edge) => sum + edge.seen[kind], 0) / wentOn : null;
    return { kind, left, others, sessions: end.seen?.[kind] ?? 0 };
  });
  const most = Math.max(0.1, ...rows.flatMap((row) => [row.left, row.others ?? 0]));
  const [first] = rows.filter(({ sessions }) => sessions > 0).sort((a, b) => b.left - a.left);
  const part = node.sessions ? end.sessions / node.sessions : 0;
  return (
    <Card
      title={journeysWords.before.title(screenName(node.screen), node.depth + 1)}
      sub={journeysWords.before.sub}
      className="before-card"
      stale={stale}
      side={
        <>
          {journeysWords.before.left(end.sessions, node.sessions, share(part))}
          {end.share_before !== null && <span className={end.rose ? "change worse" : "quiet"}> · {journeysWords.before.was(share(end.share_before), before)}</span>}
        </>
      }
    >
      <table className="before-table">
        <thead>
          <tr>
            <th scope="col">{columns.what}</th>
            <th scope="col" className="number">{columns.left}</th>
            <th className="rail-cell" aria-hidden="true" />
            <th scope="col" className="number">{columns.on}</th>
            <th scope="col" className="number wide-only">{columns.ratio}</th>
            <th scope="col" className="number">{columns.sessions}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BeforeRow key={row.kind} {...row} most={most} filter={end.filter} />
          ))}
        </tbody>
      </table>
      {first && <p className="quiet">{journeysWords.before.read(end.sessions, share(first.left), journeysWords.before.kinds[first.kind], first.others === null ? null : share(first.others))}</p>}
      <p className="quiet">
        <span className="wide-only">{journeysWords.before.dots} </span>
        {journeysWords.before.note}
      </p>
    </Card>
  );
}

interface BeforeRowProps {
  kind: Before;
  left: number;
  others: number | null;
  sessions: number;
  most: number;
  filter: Record<string, string>;
}

function BeforeRow({ kind, left, others, sessions, most, filter }: BeforeRowProps) {
  const ratio = others ? left / others : null;
  const isHigh = kind !== "nothing" && sessions >= STANDS_OUT.sessions && (ratio === null ? others === 0 : ratio >= STANDS_OUT.ratio);
  const at = (value: number) => `${(100 * value) / most}%`;
  return (
    <tr className={isHigh ? "high" : ""}>
      <th scope="row">
        <KindName kind={kind} />
      </th>
      <td className="number">
        <b>{sessions > 0 ? share(left) : "0"}</b>
      </td>
      <td className="rail-cell" aria-hidden="true">
        <span className="rail">
          {others !== null && <span className="rail-line" style={{ left: at(Math.min(left, others)), width: at(Math.abs(left - others)) }} />}
          {others !== null && <span className="rail-ring" style={{ left: at(others) }} />}
          <span className="rail-dot" style={{ left: at(left) }} />
        </span>
      </td>
      <td className="number">{others === null ? "–" : others === 0 ? "0" : share(others)}</td>
      <td className="number wide-only">{!ratio ? "–" : `${ratio.toFixed(1)}\u202f×`}</td>
      <td className="number">{sessions > 0 ? <SessionsLink search={{ ...filterSearch(filter), before: kind }}>{count(sessions)}</SessionsLink> : "0"}</td>
    </tr>
  );
}

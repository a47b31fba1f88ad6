// How a counted share changed against the period before, and how sure that is: coloured only where the 95 % interval leaves
// out zero (visual.md 1.5), with the interval and the counts in its tooltip.
import type { ReactNode } from "react";
import { Tooltip } from "../controls/tooltip";
import { shareChange } from "../format";
import { rise, type Counted } from "../rise";
import { words } from "../words";
import { Change, type Meaning } from "./change";

interface ShareChangeProps {
  now: Counted;
  /** Null: nobody asked. */
  before: Counted | null;
  /** Fewer on either side are too few to tell. */
  enough: number;
  meaning: Meaning;
  /** Of what the shares are, in words: "40 sessions". */
  counted: (n: number) => string;
  /** What else is to be known of the interval. */
  note?: string;
}

export function ShareChange({ now, before, enough, meaning, counted, note }: ShareChangeProps) {
  if (!before) return <Change now={0} before={null} meaning="neutral" />;
  const found = Math.min(now.of, before.of) < enough ? null : rise(now, before);
  const said = words.certainty;
  const base = said.base(now.count, counted(now.of), before.count, counted(before.of));
  if (!found) {
    return (
      <Told label={`${said.few(counted(enough))} ${base}`}>
        <span className="change none">{said.fewMark}</span>
      </Told>
    );
  }
  const isClear = found.low > 0 || found.high < 0;
  const interval = said.interval(shareChange(found.low), shareChange(found.high));
  return (
    <Told label={[isClear ? interval : `${said.unclear} ${interval}`, base, note].filter(Boolean).join(" ")}>
      {/* Without certainty nothing is said to be worse or better. */}
      <Change now={found.value} before={0} meaning={isClear ? meaning : "neutral"} write={shareChange} />
      {!isClear && <span className="unclear" aria-hidden="true"> ≈</span>}
    </Told>
  );
}

function Told({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Tooltip label={label} width={280} onTouch>
      <span className="told" tabIndex={0} role="note">{children}</span>
    </Tooltip>
  );
}

// How a part of all sessions changed against the period before: in points of a share, so that more traffic is no change.
import { shareChange } from "../format";
import { words } from "../words";
import { Change } from "./change";
import { isComparable } from "./comparable";

interface SessionsChangeProps {
  /** Sessions of the row, now and before. */
  now: number;
  before: number | null;
  /** All sessions, now and before. */
  all: number;
  allBefore: number | null;
  meaning: "more hurts" | "neutral";
}

/** A dash where the periods cannot be compared; the sessions of then are in the tooltip. */
export function SessionsChange({ now, before, all, allBefore, meaning }: SessionsChangeProps) {
  const isKnown = before !== null && allBefore !== null && isComparable({ sessions: all, sessions_before: allBefore });
  return (
    <span title={before === null ? undefined : words.sessionsBefore(before)}>
      <Change now={now / Math.max(1, all)} before={isKnown ? before / allBefore : null} meaning={meaning} write={shareChange} />
    </span>
  );
}

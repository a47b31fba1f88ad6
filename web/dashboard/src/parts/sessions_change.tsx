// How a part of all sessions changed against the period before: in points of a share, so that more traffic is no change.
import { words } from "../words";
import { ENOUGH } from "./comparable";
import { ShareChange } from "./share_change";

interface SessionsChangeProps {
  /** Sessions of the row, now and before. */
  now: number;
  before: number | null;
  /** All sessions, now and before. */
  all: number;
  allBefore: number | null;
  meaning: "more hurts" | "neutral";
}

/** With its certainty; a dash where there is nothing to compare with. */
export function SessionsChange({ now, before, all, allBefore, meaning }: SessionsChangeProps) {
  const then = before === null || !allBefore ? null : { count: before, of: allBefore };
  return <ShareChange now={{ count: now, of: all }} before={then} enough={ENOUGH} meaning={meaning} counted={words.certainty.sessions} />;
}

// What got worse, as the Overview's cards show it. The comparison may take long: what comes late waits until it is asked for,
// so that nothing moves under a reader's eyes.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { usePeriod, useProject, useSearchState } from "../place";
import { findingsQuery } from "../queries";
import type { FindingList } from "../types";
import { chosenFirst } from "./change_search";

/** So long after the page was opened the first sentence is held back for the comparison; where the figures themselves take
 * longer, it is not held back at all. */
const LATE_MS = 1000;

export interface Changes {
  /** What may be shown now. */
  shown: FindingList | undefined;
  /** It came late, and something got worse: `show` puts it in place. */
  held: FindingList | undefined;
  show: () => void;
  error: Error | null;
  /** It may still come in time. */
  isAwaited: boolean;
  /** It did not, or has not. */
  isLate: boolean;
  /** Ended by the viewer, until `compare` asks for it again. */
  isStopped: boolean;
  stop: () => void;
  compare: () => void;
}

/** `hasSessions`: there is something to compare; until then nothing is asked. */
export function useChanges(hasSessions: boolean): Changes {
  const client = useQueryClient();
  const search = useSearchState();
  const query = findingsQuery(useProject(), search, usePeriod());
  // Of what was stopped: another period or segment is compared as ever.
  const [stopped, setStopped] = useState<string | null>(null);
  const key = JSON.stringify(query.queryKey);
  const isStopped = stopped === key;
  const { data: found, error } = useQuery({ ...query, enabled: hasSessions && !isStopped });
  const data = useMemo(() => found && { ...found, findings: chosenFirst(found.findings, search.finding) }, [found, search.finding]);
  const stop = () => {
    setStopped(key);
    void client.cancelQueries({ queryKey: query.queryKey });
  };
  const isMissing = data === undefined;
  const [isLate, setIsLate] = useState(false);
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => {
    if (!isMissing) return;
    setIsLate(false);
    setIsWanted(false);
    const timer = setTimeout(() => setIsLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, [isMissing]);
  // Who chose one has asked for it.
  const held = isLate && !isWanted && search.finding === undefined && data && data.findings.length > 0 ? data : undefined;
  return { shown: held ? undefined : data, held, show: () => setIsWanted(true), error, isAwaited: isMissing && !error && !isLate, isLate, isStopped: isStopped && isMissing, stop, compare: () => setStopped(null) };
}

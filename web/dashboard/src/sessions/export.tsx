// The list as a file: all rows of the segment, written by the server, with the limit said when it was reached.
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ApiError } from "../api";
import { Button } from "../controls/button";
import { Tooltip } from "../controls/tooltip";
import { saveFile } from "../parts/csv";
import { Stop } from "../parts/stop";
import { asked } from "../period";
import { usePeriod, useProject, useSearchState } from "../place";
import { listFilters } from "../queries";
import { sessionsWords } from "../sessions_words";
import { words } from "../words";

/** Most files are there before (visual.md 8). */
const STOP_MS = 2000;

/** Whether rows were left out. Raises ApiError with the server's words, or AbortError when it was stopped. */
async function fetchCsv(address: string, signal: AbortSignal): Promise<boolean> {
  const answer = await fetch(address, { credentials: "same-origin", signal }).catch(() => {
    signal.throwIfAborted();
    throw new ApiError(0, "unreachable", words.states.unreachable);
  });
  if (!answer.ok) {
    const said = (await answer.json().catch(() => ({}))) as { error?: string; message?: string };
    throw new ApiError(answer.status, said.error ?? "failed", said.message ?? words.states.failed(answer.status));
  }
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "sessions.csv";
  saveFile(name, await answer.blob());
  return answer.headers.get("x-mien-truncated") === "1";
}

export function ExportButton({ total }: { total: number }) {
  const slug = useProject();
  const search = useSearchState();
  const period = usePeriod();
  const running = useRef<AbortController | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const save = useMutation({
    mutationFn: () => {
      const { signal } = (running.current = new AbortController());
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries({ ...asked(period, Date.now()), ...listFilters(search) })) {
        for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(name, String(one));
      }
      return fetchCsv(`/api/projects/${slug}/sessions.csv?${query}`, signal);
    },
  });
  const isStopped = save.error?.name === "AbortError";
  // The focus would be lost with the button that had it.
  useEffect(() => {
    if (isStopped) button.current?.focus();
  }, [isStopped]);
  return (
    <span className="export">
      <Tooltip label={sessionsWords.csvHint}>
        <Button ref={button} leftSection={<IconDownload size={15} stroke={1.7} />} loading={save.isPending} disabled={total === 0} onClick={() => save.mutate()}>
          {sessionsWords.csv}
        </Button>
      </Tooltip>
      {save.isPending && <Stop afterMs={STOP_MS} onStop={() => running.current?.abort()} />}
      <span role="status" className={save.error && !isStopped ? "field-error" : "quiet"}>
        {isStopped ? sessionsWords.csvStopped : save.error ? save.error.message : save.data ? sessionsWords.csvCut : ""}
      </span>
    </span>
  );
}

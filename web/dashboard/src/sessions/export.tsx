// The list as a file: all rows of the segment, written by the server, with the limit said when it was reached.
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { ApiError } from "../api";
import { Button } from "../controls/button";
import { Tooltip } from "../controls/tooltip";
import { saveFile } from "../parts/csv";
import { asked } from "../period";
import { usePeriod, useProject, useSearchState } from "../place";
import { listFilters } from "../queries";
import { sessionsWords } from "../sessions_words";
import { words } from "../words";

/** Whether rows were left out. Raises ApiError with the server's words. */
async function fetchCsv(address: string): Promise<boolean> {
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => {
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
  const save = useMutation({
    mutationFn: () => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries({ ...asked(period, Date.now()), ...listFilters(search) })) {
        for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(name, String(one));
      }
      return fetchCsv(`/api/projects/${slug}/sessions.csv?${query}`);
    },
  });
  return (
    <span className="export">
      <Tooltip label={sessionsWords.csvHint}>
        <Button leftSection={<IconDownload size={15} stroke={1.7} />} loading={save.isPending} disabled={total === 0} onClick={() => save.mutate()}>
          {sessionsWords.csv}
        </Button>
      </Tooltip>
      <span role="status" className={save.error ? "field-error" : "quiet"}>
        {save.error ? save.error.message : save.data ? sessionsWords.csvCut : ""}
      </span>
    </span>
  );
}

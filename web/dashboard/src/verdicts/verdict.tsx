// Two buttons on a signal: whether it was frustration or not.
import "../styles/verdicts.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, dataOf } from "../api";
import { Button } from "../controls/button";
import { useProject } from "../place";
import { judgedPlace, verdictWords } from "../verdict_words";

/** A signal as the server names it. */
export interface Judged {
  session_id: string;
  type: string;
  started_at: string;
  element_id: string | null;
  screen: string | null;
  label: string;
  verdict: boolean | null;
}

/** Answers at once and can be taken back; never asks. */
export function Verdict({ one }: { one: Judged }) {
  const slug = useProject();
  const queryClient = useQueryClient();
  const [said, setSaid] = useState(one.verdict);
  const [known, setKnown] = useState(one.verdict);
  const [note, setNote] = useState<"marked" | "taken" | null>(null);
  // The same signal can be judged at two places of a page.
  if (known !== one.verdict) {
    setKnown(one.verdict);
    setSaid(one.verdict);
  }
  const { mutate, error, isPending } = useMutation({
    mutationFn: (wanted: boolean | null) => sayVerdict(slug, one, wanted),
    onMutate: (wanted) => {
      const before = said;
      setSaid(wanted);
      setNote(wanted === null ? "taken" : "marked");
      return before;
    },
    onError: (_error, _wanted, before) => {
      setSaid(before ?? null);
      setNote(null);
    },
    onSettled: () => Promise.all(["signals", "signal-examples", "precision", "session"].map((key) => queryClient.invalidateQueries({ queryKey: [key, slug] }))),
  });
  const button = (value: boolean, text: string) => (
    <Button isSmall className="verdict" aria-pressed={said === value} data-on={said === value} disabled={isPending} onClick={() => mutate(said === value ? null : value)}>
      {text}
    </Button>
  );
  return (
    <span className="verdicts" role="group" aria-label={`${verdictWords.label} ${one.label}`}>
      {button(true, verdictWords.yes)}
      {button(false, verdictWords.no)}
      <small aria-live="polite">
        {error ? error.message : note === "taken" ? verdictWords.taken : note === "marked" && said !== null ? (
          <>
            {verdictWords.marked(judgedPlace(one.element_id ?? "", one.screen ?? ""))}{" "}
            <button type="button" className="time-link" onClick={() => mutate(null)}>
              {verdictWords.undo}
            </button>
          </>
        ) : null}
      </small>
    </span>
  );
}

/** Says whether a signal is frustration; null takes back what was said. */
function sayVerdict(slug: string, { session_id, type, started_at, element_id, screen }: Judged, verdict: boolean | null): Promise<unknown> {
  const path = { slug, session_id };
  if (verdict !== null) return dataOf(client.POST("/api/projects/{slug}/sessions/{session_id}/verdicts", { params: { path }, body: { type, started_at, element_id, screen, is_frustration: verdict } }));
  const query = { signal: type, started_at, element_id: element_id ?? undefined, screen: screen ?? undefined };
  return dataOf(client.DELETE("/api/projects/{slug}/sessions/{session_id}/verdicts", { params: { path, query } }));
}

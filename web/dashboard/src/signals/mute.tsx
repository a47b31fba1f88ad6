// Muting: what is left out, what is proposed, and the way back.
import { IconBellOff } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "../controls/button";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { useProject } from "../place";
import type { Muted } from "../types";
import { signalsWords } from "../signals_words";
import { signalName } from "../words";
import { sentence } from "./places";
import { precisionQuery, setMuted } from "./queries";

const { mute } = signalsWords;

function useMute(isMuted: boolean) {
  const slug = useProject();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: Muted) => setMuted(slug, what, isMuted),
    onSuccess: () => Promise.all(["signals", "precision", "thresholds"].map((key) => client.invalidateQueries({ queryKey: [key, slug] }))),
  });
}

function placeOf({ element_id, screen }: Muted): string {
  return screen === null ? `${element_id} ${mute.everywhere}` : signalsWords.place(element_id, screen);
}

export function MuteButton({ what, text = mute.mute, filled = false }: { what: Muted; text?: string; filled?: boolean }) {
  const { mutate, data, error, isPending } = useMute(true);
  return (
    <span className="mute-button">
      <small aria-live="polite">{error ? error.message : data ? (data.is_new ? mute.done(data.outdated) : mute.same) : null}</small>
      {!data && (
        <Button variant={filled ? "filled" : "default"} leftSection={<IconBellOff size={15} stroke={1.7} />} loading={isPending} aria-label={`${text}: ${mute.what(signalName(what.type), placeOf(what))}`} onClick={() => mutate(what)}>
          {text}
        </Button>
      )}
    </span>
  );
}

/** What enough people called no frustration; nothing when there is none. */
export function Proposals() {
  const rows = useQuery(precisionQuery(useProject())).data?.rows.filter((row) => row.is_proposed && row.element_id !== null) ?? [];
  if (rows.length === 0) return null;
  return (
    <div className="callout warn proposals" role="status">
      <div>
        <b>{mute.proposed(rows.length)}</b>
        <ul>
          {rows.map((row) => {
            const what = { type: row.type, element_id: row.element_id ?? "", screen: row.screen };
            return (
              <li key={`${row.type} ${row.element_id} ${row.screen}`}>
                <span>{mute.why(sentence(signalName(row.type)), placeOf(what), row.frustration, row.verdicts)}</span>
                <MuteButton what={what} text={mute.accept} filled />
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

export function MutedCard() {
  const { mutate, data: changed, error: failed, isPending } = useMute(false);
  return (
    <Card title={mute.title} sub={mute.sub}>
      <Answer to={useQuery(precisionQuery(useProject()))} blocks={[["100%", 20]]}>
        {({ muted }) =>
          muted.length === 0 ? (
            <p className="quiet">{mute.none}</p>
          ) : (
            <ul className="muted-list">
              {muted.map((one) => (
                <li key={`${one.type} ${one.element_id} ${one.screen}`}>
                  <span>{sentence(mute.what(signalName(one.type), placeOf(one)))}</span>
                  <Button disabled={isPending} onClick={() => mutate(one)} aria-label={`${mute.undo}: ${mute.what(signalName(one.type), placeOf(one))}`}>
                    {mute.undo}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      <p className="quiet" aria-live="polite">
        {failed ? failed.message : changed ? (changed.is_new ? mute.undone(changed.outdated) : mute.same) : null}
      </p>
    </Card>
  );
}

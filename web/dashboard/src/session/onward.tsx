// At the end of a session that is one of a queue: the next one comes by itself, after some seconds in which one can stay.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "../controls/button";
import { usePageKeys } from "../frame/page_keys";
import { useProject, useSearchState } from "../place";
import { useOpenQueued } from "../play_queue";
import { sessionQuery } from "../queries";
import { placeIn, type QueuePlace } from "../queue";
import { sessionWords } from "../session_words";
import type { Player } from "./player";
import { usePlayerState } from "./stage";

/** Long enough to read what comes and to press "Stay here"; chosen, not measured. */
const WAIT_S = 4;

const { queue } = sessionWords;

/** `plays`: the session was opened to be played, not to be looked at. */
export function Onward({ player, sessionId, plays }: { player: Player; sessionId: string; plays: boolean }) {
  const { hasEnded, status } = usePlayerState(player);
  const place = placeIn(useSearchState().queue, sessionId);
  // Where there is no recording what comes next is said at once, unless somebody goes back to it.
  const isUnrecorded = status === "none" && plays;
  if (!place || !(hasEnded || isUnrecorded)) return null;
  if (place.next === undefined) return <p className="stage-note onward" role="status">{queue.last(place.count)}</p>;
  return <Countdown player={player} place={place} next={place.next} isUnrecorded={isUnrecorded} />;
}

/** It is gone, and with it the countdown, as soon as somebody plays or goes elsewhere in the session. */
function Countdown({ player, place, next, isUnrecorded }: { player: Player; place: QueuePlace; next: string; isUnrecorded: boolean }) {
  const [leftS, setLeftS] = useState(WAIT_S);
  // Where there was nothing to play, people read: nothing moves on under their eyes.
  const [isStopped, setStopped] = useState(isUnrecorded);
  // Asked for before it is opened, so that it is there at once.
  const { data } = useQuery({ ...sessionQuery(useProject(), next), refetchInterval: false });
  const open = useOpenQueued();
  const go = () => open(next, place.text, { speed: player.state.speed, skipsIdle: player.state.skipsIdle });
  const onEnd = useEffectEvent(go);
  const stay = () => setStopped(true);
  useEffect(() => {
    if (isStopped) return undefined;
    if (leftS <= 0) return onEnd();
    const timer = setTimeout(() => setLeftS(leftS - 1), 1_000);
    return () => clearTimeout(timer);
  }, [leftS, isStopped]);
  usePageKeys(isStopped ? [] : [["Escape", stay]]);
  return (
    <div className="stage-note onward">
      <span role="status">
        {isUnrecorded && `${queue.noReplay}. `}
        {queue.onTo(place.at + 2, place.count)}
        {data && <b>{data.session.title}</b>}
      </span>
      {!isStopped && <span aria-hidden="true">{queue.in(leftS)}</span>}
      <span className="onward-ways">
        {!isStopped && (
          <Button isSmall onClick={stay}>
            {queue.stay}
          </Button>
        )}
        <Button isSmall onClick={go}>
          {queue.go}
        </Button>
      </span>
    </div>
  );
}

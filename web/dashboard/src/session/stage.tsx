// The stage: the recorded page, scaled to fit, with what it shows above and our own controls below.
import { useElementSize, useMergedRef } from "@mantine/hooks";
import "@rrweb/replay/dist/style.css";
import { IconEyeOff, IconLock, IconRefresh, IconVideoOff } from "@tabler/icons-react";
import { useEffect, useRef, useSyncExternalStore, type ReactNode } from "react";
import { Button } from "../controls/button";
import { SegmentedControl } from "../controls/segmented";
import type { ScreenRow } from "../types";
import { sessionWords } from "../session_words";
import { words } from "../words";
import { useClock } from "./clock";
import { Controls } from "./controls";
import type { Player } from "./player";

interface StageProps {
  player: Player;
  screens: readonly ScreenRow[];
  signalTimes: readonly number[];
  eventTimes: readonly number[];
  /** Over the recorded page, at its foot. */
  note?: ReactNode;
}

export function usePlayerState(player: Player) {
  return useSyncExternalStore(player.subscribe, () => player.state);
}

export function Stage({ player, screens, signalTimes, eventTimes, note }: StageProps) {
  const box = useRef<HTMLElement>(null);
  const { status, tab } = usePlayerState(player);
  const tabs = player.source.tabs;
  return (
    <section className="card stage-card" ref={box} aria-label={sessionWords.replay}>
      <div className="stage-head">
        <Address player={player} screens={screens} />
        {tabs.length > 1 && (
          <SegmentedControl className="small" value={String(tab)} onChange={(value) => player.showTab(Number(value))} data={tabs.map((_, i) => ({ value: String(i), label: sessionWords.tab(i + 1) }))} />
        )}
        {status !== "none" && (
          <span className="tag masked">
            <IconEyeOff size={15} stroke={1.7} aria-hidden="true" /> <span className="wide-only">{sessionWords.masked}</span>
            <span className="narrow-only">{sessionWords.maskedShort}</span>
          </span>
        )}
      </div>
      <Screen player={player} note={note} />
      <Controls player={player} signalTimes={signalTimes} eventTimes={eventTimes} fullScreenOf={box} />
    </section>
  );
}

function Address({ player, screens }: { player: Player; screens: readonly ScreenRow[] }) {
  const at = useClock(player.clock, 250);
  const screen = screens.findLast((s) => s.at_ms <= at + 250) ?? screens[0];
  return (
    <span className="address">
      <IconLock size={15} stroke={1.7} aria-hidden="true" />
      <span title={screen?.title ?? undefined}>{screen?.name ?? ""}</span>
    </span>
  );
}

function Screen({ player, note }: { player: Player; note: ReactNode }) {
  const { status, page, isWaiting, isSkipping, problem } = usePlayerState(player);
  const root = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width, height } = useElementSize();
  const ref = useMergedRef(root, sizeRef);
  useEffect(() => (root.current ? player.mount(root.current) : undefined), [player]);
  // Never larger than it was: a blown-up page looks broken; full screen may double it.
  const scale = page && width && height ? Math.min((width - 24) / page.width, (height - 24) / page.height, document.fullscreenElement ? 2 : 1) : 0;
  return (
    <div className="stage" data-portrait={page !== null && page.height > page.width}>
      <div ref={ref} className="stage-root" style={{ "--scale": scale, visibility: scale > 0 ? "visible" : "hidden" } as React.CSSProperties} onClick={player.toggle} />
      {status === "loading" && <span className="bone stage-wait" />}
      {status === "none" && (
        <div className="state stage-none">
          <IconVideoOff size={24} stroke={1.5} aria-hidden="true" />
          <h3>{sessionWords.noReplay}</h3>
          <p>{sessionWords.noReplaySub}</p>
        </div>
      )}
      {(status === "failed" || problem) && (
        <div className="state stage-none" role="alert">
          <IconVideoOff size={24} stroke={1.5} aria-hidden="true" />
          <h3>{sessionWords.replayFailed}</h3>
          <p>{problem}</p>
          <Button leftSection={<IconRefresh size={15} stroke={1.7} />} onClick={() => player.retry()}>
            {words.states.again}
          </Button>
        </div>
      )}
      {status === "ready" && (isWaiting || isSkipping) && (
        <span className="stage-note" role="status">
          {isWaiting ? sessionWords.buffering : sessionWords.skipping}
        </span>
      )}
      {note}
    </div>
  );
}

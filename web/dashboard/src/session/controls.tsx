// The player's controls and its keys: Space, arrows, N and P, 1 to 5, S, F.
import { ActionIcon, Menu, Tooltip, UnstyledButton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconCheck, IconMaximize, IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlayerSkipBack, IconPlayerSkipForward, IconRewindBackward10, IconRewindForward10, type Icon } from "@tabler/icons-react";
import type { RefObject } from "react";
import { clock } from "../format";
import { words } from "../words";
import { useClock } from "./clock";
import { SPEEDS, type Player } from "./player";
import { usePlayerState } from "./stage";

/** A signal is shown with this much before it, so that one sees what led to it. */
const LEAD_MS = 1_000;

interface ControlsProps {
  player: Player;
  /** Where signals are, earliest first. */
  signalTimes: readonly number[];
  fullScreenOf: RefObject<HTMLElement | null>;
}

export function Controls({ player, signalTimes, fullScreenOf }: ControlsProps) {
  const { status, isPlaying, speed, skipsIdle } = usePlayerState(player);
  const canPlay = status === "ready" || status === "loading";
  const step = (ms: number) => player.seek(player.clock.ms + ms);
  const next = () => {
    const at = signalTimes.find((ms) => ms > player.clock.ms + LEAD_MS + 50);
    if (at !== undefined) player.seek(at - LEAD_MS);
  };
  const previous = () => {
    const at = signalTimes.findLast((ms) => ms < player.clock.ms + LEAD_MS - 500);
    player.seek(at === undefined ? 0 : at - LEAD_MS);
  };
  const full = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void fullScreenOf.current?.requestFullscreen();
  };
  // On a button or link, Space is that button's own key.
  const toggleByKey = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest("button, a, [role=menuitem]")) return;
    event.preventDefault();
    player.toggle();
  };
  useHotkeys([
    ["Space", toggleByKey, { preventDefault: false }],
    ["ArrowLeft", () => step(-10_000)],
    ["ArrowRight", () => step(10_000)],
    ["N", next],
    ["P", previous],
    ["S", () => player.setSkipsIdle(!skipsIdle)],
    ["F", full],
    ...SPEEDS.map((value, index): [string, () => void] => [String(index + 1), () => player.setSpeed(value)]),
  ]);
  return (
    <div className="controls">
      <Key label={words.session.previousSignal} shape={IconPlayerSkipBack} onPress={previous} isOff={signalTimes.length === 0} />
      <Key label={words.session.back10} shape={IconRewindBackward10} onPress={() => step(-10_000)} className="wide-only" />
      <ActionIcon variant="filled" className="play" aria-label={isPlaying ? words.session.pause : words.session.play} disabled={!canPlay} onClick={player.toggle}>
        {isPlaying ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
      </ActionIcon>
      <Key label={words.session.on10} shape={IconRewindForward10} onPress={() => step(10_000)} className="wide-only" />
      <Key label={words.session.nextSignal} shape={IconPlayerSkipForward} onPress={next} isOff={signalTimes.length === 0} />
      <Time player={player} />
      <span className="controls-right">
        <UnstyledButton className="word-button wide-only" aria-pressed={skipsIdle} onClick={() => player.setSkipsIdle(!skipsIdle)} disabled={!canPlay}>
          {words.session.skipIdle(skipsIdle)}
        </UnstyledButton>
        <Menu position="top-end" width={110}>
          <Menu.Target>
            <UnstyledButton className="word-button" aria-label={`${words.session.speed}: ${speed}×`} disabled={!canPlay}>
              {speed}×
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {SPEEDS.map((value) => (
              <Menu.Item key={value} rightSection={value === speed ? <IconCheck size={15} /> : null} onClick={() => player.setSpeed(value)}>
                {value}×
              </Menu.Item>
            ))}
            <Menu.Divider className="narrow-only" />
            <Menu.Item className="narrow-only" onClick={() => player.setSkipsIdle(!skipsIdle)}>
              {words.session.skipIdle(skipsIdle)}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Key label={words.session.full} shape={IconMaximize} onPress={full} isOff={!canPlay} />
      </span>
    </div>
  );
}

function Key({ label, shape: Shape, onPress, isOff = false, className = "" }: { label: string; shape: Icon; onPress: () => void; isOff?: boolean; className?: string }) {
  return (
    <Tooltip label={label}>
      <ActionIcon color="gray" className={className} aria-label={label} disabled={isOff} onClick={onPress}>
        <Shape size={19} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

function Time({ player }: { player: Player }) {
  const at = useClock(player.clock, 250);
  return (
    <span className="time">
      <b>{clock(at)}</b> / {clock(player.source.durationMs)}
    </span>
  );
}

// The player's controls and its keys: Space, arrows, N and P, 1 to 6, S, F, comma and period.
import { IconCheck, IconKeyboard, IconMaximize, IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlayerSkipBack, IconPlayerSkipForward, IconRewindBackward10, IconRewindForward10, type Icon } from "@tabler/icons-react";
import type { RefObject } from "react";
import { ActionIcon, UnstyledButton } from "../controls/button";
import { Menu } from "../controls/menu";
import { Tooltip } from "../controls/tooltip";
import { clock } from "../format";
import { showKeys, WithKey } from "../frame/keys";
import { usePageKeys, type PageKey } from "../frame/page_keys";
import { keysWords } from "../keys_words";
import { sessionWords } from "../session_words";
import { useClock } from "./clock";
import { SPEEDS, type Player } from "./player";
import { usePlayerState } from "./stage";
import { stepFrom } from "./steps";

/** A signal is shown with this much before it, so that one sees what led to it. */
const LEAD_MS = 1_000;
/** How far the arrow keys and their buttons go. */
const STEP_MS = 10_000;

interface ControlsProps {
  player: Player;
  /** Where signals are, earliest first. */
  signalTimes: readonly number[];
  /** Where anything is, earliest first. */
  eventTimes: readonly number[];
  fullScreenOf: RefObject<HTMLElement | null>;
}

export function Controls({ player, signalTimes, eventTimes, fullScreenOf }: ControlsProps) {
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
  const stepEvent = (by: 1 | -1) => {
    const at = stepFrom(eventTimes, player.clock.ms, by);
    player.pause();
    if (at !== undefined) player.seek(at);
  };
  const full = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void fullScreenOf.current?.requestFullscreen();
  };
  usePageKeys([
    ["Space", player.toggle],
    ["ArrowLeft", () => step(-STEP_MS)],
    ["ArrowRight", () => step(STEP_MS)],
    ["N", next],
    ["P", previous],
    [",", () => stepEvent(-1)],
    [".", () => stepEvent(1)],
    ["S", () => player.setSkipsIdle(!skipsIdle)],
    ["F", full],
    ...SPEEDS.map((value, index): PageKey => [String(index + 1), () => player.setSpeed(value)]),
  ]);
  const playLabel = isPlaying ? sessionWords.pause : sessionWords.play;
  return (
    <div className="controls">
      <Key label={sessionWords.previousSignal} keys="P" shape={IconPlayerSkipBack} onPress={previous} isOff={signalTimes.length === 0} />
      <Key label={sessionWords.back10} keys="←" shape={IconRewindBackward10} onPress={() => step(-STEP_MS)} className="wide-only" />
      <Tooltip label={<WithKey label={playLabel} keys="Space" />}>
        <ActionIcon variant="filled" className="play" aria-label={playLabel} disabled={!canPlay} onClick={player.toggle}>
          {isPlaying ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
        </ActionIcon>
      </Tooltip>
      <Key label={sessionWords.on10} keys="→" shape={IconRewindForward10} onPress={() => step(STEP_MS)} className="wide-only" />
      <Key label={sessionWords.nextSignal} keys="N" shape={IconPlayerSkipForward} onPress={next} isOff={signalTimes.length === 0} />
      <Time player={player} />
      <span className="controls-right">
        <Tooltip label={<WithKey label={sessionWords.skipIdle(skipsIdle)} keys="S" />}>
          <UnstyledButton className="word-button wide-only" aria-pressed={skipsIdle} onClick={() => player.setSkipsIdle(!skipsIdle)} disabled={!canPlay}>
            {sessionWords.skipIdle(skipsIdle)}
          </UnstyledButton>
        </Tooltip>
        <Menu position="top-end" width={110}>
          <Menu.Target>
            <UnstyledButton className="word-button" aria-label={`${sessionWords.speed}: ${speed}×`} disabled={!canPlay}>
              {speed}×
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {SPEEDS.map((value, index) => (
              <Menu.Item key={value} rightSection={value === speed ? <IconCheck size={15} /> : <kbd>{index + 1}</kbd>} onClick={() => player.setSpeed(value)}>
                {value}×
              </Menu.Item>
            ))}
            <Menu.Divider className="narrow-only" />
            <Menu.Item className="narrow-only" onClick={() => player.setSkipsIdle(!skipsIdle)}>
              {sessionWords.skipIdle(skipsIdle)}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Key label={sessionWords.full} keys="F" shape={IconMaximize} onPress={full} isOff={!canPlay} />
        <Key label={keysWords.open} keys="?" shape={IconKeyboard} onPress={showKeys} className="wide-only" />
      </span>
    </div>
  );
}

interface KeyProps {
  label: string;
  /** The key that does the same; told in the tooltip. */
  keys: string;
  shape: Icon;
  onPress: () => void;
  isOff?: boolean;
  className?: string;
}

function Key({ label, keys, shape: Shape, onPress, isOff = false, className = "" }: KeyProps) {
  return (
    <Tooltip label={<WithKey label={label} keys={keys} />}>
      <ActionIcon className={className} aria-label={label} disabled={isOff} onClick={onPress}>
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

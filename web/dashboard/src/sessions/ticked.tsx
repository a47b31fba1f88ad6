// The boxes that tick sessions, and what is done with those that are ticked.
import { Button } from "../controls/button";
import { PlayAll } from "../parts/play_all";
import { sessionsWords } from "../sessions_words";
import type { Ticks } from "./ticks";

interface TickBoxProps {
  title: string;
  isTicked: boolean;
  onTick: (isRange: boolean) => void;
}

/** The whole cell is pressed, as a box alone is small under a finger; a press of the box, or of Space on it, comes here too. */
export function TickBox({ title, isTicked, onTick }: TickBoxProps) {
  return (
    <td
      className="col-tick"
      onClick={(event) => {
        event.stopPropagation();
        onTick(event.shiftKey);
      }}
    >
      <input type="checkbox" aria-label={sessionsWords.tick(title)} checked={isTicked} readOnly />
    </td>
  );
}

/** `shown`: how many rows there are to tick. */
export function TickAll({ ticks, shown }: { ticks: Ticks; shown: number }) {
  const some = ticks.ids.length > 0 && ticks.ids.length < shown;
  return (
    <th scope="col" className="col-tick">
      <input type="checkbox" aria-label={sessionsWords.tickAll} title={sessionsWords.tickAll} checked={shown > 0 && ticks.ids.length === shown} onChange={ticks.all} ref={(box) => void (box && (box.indeterminate = some))} />
    </th>
  );
}

export function TickedBar({ ticks, shown }: { ticks: Ticks; shown: number }) {
  const count = ticks.ids.length;
  return (
    <>
      <b className="ticked-count" role="status">
        {count > 0 && sessionsWords.ticked(count)}
      </b>
      {count > 0 && (
        <span className="ticked-ways" role="group" aria-label={sessionsWords.ofTicked}>
          <PlayAll ids={ticks.ids} isMain />
          {count < shown && <Button onClick={ticks.all}>{sessionsWords.allShown(shown)}</Button>}
          <Button onClick={ticks.none}>{sessionsWords.untick}</Button>
        </span>
      )}
    </>
  );
}

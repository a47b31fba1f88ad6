// A drawing over time on which a period can be chosen: by dragging along it, or with the keys. Around every such drawing, it
// knows only where the buckets lie; what they show is said by the drawing.
import "../styles/period_pick.css";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactNode } from "react";
import { useChangeSearch } from "../place";
import { periodWords } from "./period_words";
import { chosenDates, chosenPeriod, ends, moved, type Buckets, type Cursor } from "./time_axis";

/** Where the buckets are drawn; all in pixels from the left edge of the drawing. */
export interface Places {
  indexAt: (x: number) => number;
  /** The stretch of the axis that stands for a bucket. */
  stretch: (index: number) => [left: number, right: number];
  /** Shows a bucket as a pointer on it does; null: none any more. */
  show?: (index: number | null) => void;
}

export interface TimeAxis extends Buckets {
  /** What the drawing is called. */
  name: string;
  /** All that the drawing says of a bucket, as one sentence. */
  say: (index: number) => string;
  /** What a press on a bucket does. */
  onOpen?: (index: number) => void;
}

interface PeriodPickProps {
  axis: TimeAxis;
  /** Null before there is a drawing. */
  places: () => Places | null;
  children: ReactNode;
}

/** A pointer that moved less far has pressed. */
const LEAST_DRAG_PX = 6;

export function PeriodPick({ axis, places, children }: PeriodPickProps) {
  const [cursor, setCursor] = useState<Cursor>(null);
  const box = useRef<HTMLDivElement>(null);
  const hint = useId();
  const change = useChangeSearch();

  const go = (next: Cursor) => {
    setCursor(next);
    places()?.show?.(next && next.at);
  };
  const apply = (first: number, last: number) => {
    const period = chosenPeriod(axis, first, last);
    go(null);
    if (period) change(period);
  };
  const { isDragging, ...pointer } = useDrag(box, places, go, apply);

  // Other buckets have other numbers.
  const shown = `${axis.starts[0]} ${axis.starts.length} ${axis.bucketS}`;
  useEffect(() => setCursor(null), [shown]);

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && cursor) {
      event.stopPropagation();
      pointer.onPointerCancel();
      return;
    }
    // Links inside have their own keys.
    if (event.target !== event.currentTarget) return;
    const next = moved(cursor, event.key, event.shiftKey, axis.starts.length);
    if (next) go(next);
    else if (event.key === "Enter" && cursor) {
      if (cursor.from === null) axis.onOpen?.(cursor.at);
      else apply(...ends(cursor));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={box} className={isDragging ? "period-pick dragging" : "period-pick"} role="application" tabIndex={0} aria-label={periodWords.label(axis.name)} aria-describedby={hint} onKeyDown={press} onBlur={(event) => event.target === event.currentTarget && cursor && !isDragging && go(null)} {...pointer}>
      {children}
      {cursor && <Chosen cursor={cursor} places={places()} />}
      <p id={hint} hidden>{periodWords.hint}</p>
      <p className="sr" aria-live="polite">
        {cursor && !isDragging && (cursor.from === null ? axis.say(cursor.at) : periodWords.chosen(chosenDates(axis, ...ends(cursor))))}
      </p>
    </div>
  );
}

/** The cursor, or the stretch that is chosen. */
function Chosen({ cursor, places }: { cursor: NonNullable<Cursor>; places: Places | null }) {
  if (!places) return null;
  const [first, last] = ends(cursor);
  const [left, right] = [places.stretch(first)[0], places.stretch(last)[1]];
  return <i className={cursor.from === null ? "period-cursor" : "period-chosen"} style={{ left, width: right - left }} aria-hidden="true" />;
}

/** Dragging along the axis. A finger that moves up or down scrolls the page: the browser then takes the pointer away. */
function useDrag(box: { current: HTMLDivElement | null }, places: () => Places | null, go: (cursor: Cursor) => void, apply: (first: number, last: number) => void) {
  const down = useRef<{ x: number; from: number } | null>(null);
  const wasDragged = useRef(false);
  const [isDragging, setDragging] = useState(false);
  const xOf = (event: PointerEvent) => event.clientX - (box.current?.getBoundingClientRect().left ?? 0);
  const stop = () => {
    down.current = null;
    setDragging(false);
    go(null);
  };
  return {
    isDragging,
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      wasDragged.current = false;
      const drawn = places();
      if (event.button === 0 && event.isPrimary && drawn) down.current = { x: xOf(event), from: drawn.indexAt(xOf(event)) };
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const drawn = places();
      if (!down.current || !drawn) return;
      if (!isDragging && Math.abs(xOf(event) - down.current.x) < LEAST_DRAG_PX) return;
      if (!isDragging) {
        setDragging(true);
        wasDragged.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }
      go({ at: drawn.indexAt(xOf(event)), from: down.current.from });
    },
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      const from = down.current?.from;
      const at = places()?.indexAt(xOf(event));
      down.current = null;
      if (!isDragging || from === undefined || at === undefined) return;
      setDragging(false);
      apply(...ends({ at, from }));
    },
    onPointerCancel: stop,
    // The end of a drag is no press on what lies under it, and a link is not to be carried away.
    onClickCapture: (event: MouseEvent) => {
      if (!wasDragged.current) return;
      wasDragged.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onDragStart: (event: MouseEvent) => event.preventDefault(),
  };
}

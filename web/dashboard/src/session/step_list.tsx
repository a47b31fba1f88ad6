// A list of things with a time, in step with the replay: the latest one is lit and kept in view, a press goes there.
import { memo, useEffect, useRef, type ReactNode } from "react";
import { clock } from "../format";
import type { Player } from "./player";
import { show } from "./show";

export interface StepItem {
  at_ms: number;
  sign: ReactNode;
  text: string;
  /** In place of the text. */
  link?: ReactNode;
  detail: string | null;
  code?: string | null;
  isStrong?: boolean;
  /** A way on from here. */
  more?: ReactNode;
}

/** Index of the last item at or before `ms`; -1 before the first. `items` are in order of time. */
export function lastBefore(items: readonly { at_ms: number }[], ms: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.at_ms ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function StepList({ items, player, empty }: { items: readonly StepItem[]; player: Player; empty: string }) {
  const list = useRef<HTMLOListElement>(null);
  // The lit row is set on the element itself: drawing thousands of rows anew several times a second would stutter.
  useEffect(() => {
    let shown = -2;
    const follow = () => {
      const index = lastBefore(items, player.clock.ms + 200);
      const element = list.current;
      if (index === shown || !element) return;
      element.children[shown]?.removeAttribute("data-current");
      shown = index;
      const row = element.children[index];
      row?.setAttribute("data-current", "true");
      if (row instanceof HTMLElement) element.scrollTop = row.offsetTop - element.offsetTop - element.clientHeight / 2 + row.clientHeight / 2;
    };
    follow();
    return player.clock.subscribe(follow);
  }, [items, player]);
  if (items.length === 0) return <p className="quiet panel-empty">{empty}</p>;
  return (
    <ol className="step-list" ref={list} tabIndex={0}>
      <Rows items={items} player={player} />
    </ol>
  );
}

const Rows = memo(function Rows({ items, player }: { items: readonly StepItem[]; player: Player }) {
  return items.map((item, index) => (
    <li key={index} className={item.isStrong ? "strong" : ""}>
      <button type="button" className="time-link" onClick={() => show(player, item.at_ms)}>
        {clock(item.at_ms)}
      </button>
      <span className="step-sign">{item.sign}</span>
      <span className="step-text">
        {item.link ?? item.text}
        {item.detail && <small>{item.detail}</small>}
        {item.code && <pre tabIndex={0}>{item.code}</pre>}
        {item.more}
      </span>
    </li>
  ));
});

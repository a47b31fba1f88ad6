// The way to the hottest spot of a long page, where nothing at its top tells of it.
import { IconArrowDown } from "@tabler/icons-react";
import type { RefObject } from "react";
import { Button } from "../controls/button";
import { count } from "../format";
import { heat } from "../heat_words";

/** Nearer to the page's top it is seen without a jump, in pixels of the screen. */
const SEEN_PX = 400;

export interface Spot {
  x: number;
  y: number;
}

interface HottestProps {
  spot: Spot | null;
  scale: number;
  ring: RefObject<HTMLSpanElement | null>;
}

export function HottestButton({ spot, scale, ring }: HottestProps) {
  if (!spot || spot.y * scale < SEEN_PX) return null;
  const go = () => {
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    ring.current?.scrollIntoView({ block: "center", behavior: isStill ? "instant" : "smooth" });
    ring.current?.toggleAttribute("data-shown", true);
  };
  return (
    <Button isSmall leftSection={<IconArrowDown size={14} stroke={1.7} />} onClick={go}>
      {heat.hottest(count(Math.round(spot.y)))}
    </Button>
  );
}

/** A ring around it, once one has gone there. */
export function HottestRing({ spot, scale, ring }: HottestProps) {
  return spot && <span ref={ring} key={`${spot.x} ${spot.y}`} className="heat-hottest" style={{ left: spot.x * scale, top: spot.y * scale }} aria-hidden="true" />;
}

// Boxes over the page: elements that often give no answer with their share, and the chosen one. On an outline: names.
import { share, elementName } from "../format";
import type { HeatElement } from "../types";
import type { Box, Shown } from "./recorded";

const OFTEN_DEAD = 0.2;
const MOST_NAMES = 12;

interface MarksProps {
  elements: readonly HeatElement[];
  shown: Shown | null;
  outline: { widthPx: number } | null;
  chosen: string | undefined;
  scale: number;
  leastPeople: number;
}

export function nameOf({ element, label }: HeatElement): string {
  return elementName(element, label);
}

export function isOftenDead(row: HeatElement, leastPeople: number): boolean {
  return row.dead.share > OFTEN_DEAD && row.visitors >= leastPeople;
}

export function Marks({ elements, shown, outline, chosen, scale, leastPeople }: MarksProps) {
  if (outline) {
    return elements
      .filter((row) => row.x !== null && row.y !== null)
      .slice(0, MOST_NAMES)
      .map((row) => (
        <span key={row.element} className={`heat-name ${row.element === chosen ? "chosen" : ""}`} style={{ left: ((row.x ?? 0) / 100) * outline.widthPx * scale, top: (row.y ?? 0) * 16 * scale }} aria-hidden="true">
          {nameOf(row)}
        </span>
      ));
  }
  return elements
    .filter((row) => row.element !== "" && (row.element === chosen || isOftenDead(row, leastPeople)))
    .map((row) => {
      const box = shown?.boxOf(row.element);
      return box ? <Mark key={row.element} row={row} box={box} scale={scale} isChosen={row.element === chosen} isDead={isOftenDead(row, leastPeople)} /> : null;
    });
}

function Mark({ row, box, scale, isChosen, isDead }: { row: HeatElement; box: Box; scale: number; isChosen: boolean; isDead: boolean }) {
  return (
    <div className={`heat-mark ${isDead ? "dead" : ""} ${isChosen ? "chosen" : ""}`} style={{ left: box.left * scale, top: box.top * scale, width: box.width * scale, height: box.height * scale }} aria-hidden="true">
      {isDead && <span>{share(row.dead.share).replace(".0", "")}</span>}
    </div>
  );
}

// Where something that floats beside its target stands: on the side asked for, on the other where only that has room, never
// outside the window. All lengths are CSS pixels of the viewport.

export type Side = "top" | "bottom" | "right";
export type Position = Side | `${Side}-start` | `${Side}-end`;

interface Size {
  width: number;
  height: number;
}

interface Box extends Size {
  left: number;
  top: number;
}

const GAP_PX = 8;
const MARGIN_PX = 5;

export function placed(target: Box, floating: Size, view: Size, position: Position): { left: number; top: number } {
  const [side, end] = position.split("-") as [Side, ("start" | "end")?];
  if (side === "right") {
    return inside({ left: target.left + target.width + GAP_PX, top: target.top + (target.height - floating.height) / 2 }, floating, view);
  }
  const above = target.top - GAP_PX - floating.height;
  const below = target.top + target.height + GAP_PX;
  const fitsAbove = above >= MARGIN_PX;
  const fitsBelow = below + floating.height <= view.height - MARGIN_PX;
  const isAbove = side === "top" ? fitsAbove || !fitsBelow : !fitsBelow && fitsAbove;
  const centre = target.left + (target.width - floating.width) / 2;
  const left = end === "start" ? target.left : end === "end" ? target.left + target.width - floating.width : centre;
  return inside({ left, top: isAbove ? above : below }, floating, view);
}

function inside(at: { left: number; top: number }, { width, height }: Size, view: Size): { left: number; top: number } {
  const within = (value: number, length: number, room: number) => Math.max(MARGIN_PX, Math.min(value, room - MARGIN_PX - length));
  return { left: within(at.left, width, view.width), top: within(at.top, height, view.height) };
}

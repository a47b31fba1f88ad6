// The window's size, once it has settled.

import { sizes, type CaptureContext } from "../context";
import { later, listen, type Stop } from "../guard";

const SETTLE_MS = 500;

export function resize({ emit }: CaptureContext): Stop {
  let unsettle: Stop | undefined;
  return listen("resize", () => {
    unsettle?.();
    unsettle = later(() => emit("resize", sizes()), SETTLE_MS);
  });
}

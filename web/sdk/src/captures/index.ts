// All captures. Adding one is one file and one line here; the first ones see an event first.

import type { Capture } from "../context";
import { apiCalls } from "./api_calls";
import { clicks } from "./clicks";
import { errors } from "./errors";
import { inputs } from "./inputs";
import { pointer } from "./pointer";
import { replay } from "./replay";
import { resize } from "./resize";
import { screens } from "./screens";
import { scroll } from "./scroll";
import { visibility } from "./visibility";

export const CAPTURES: readonly (readonly [name: string, capture: Capture])[] = [
  ["errors", errors],
  ["api_calls", apiCalls],
  ["screens", screens],
  ["clicks", clicks],
  ["inputs", inputs],
  ["scroll", scroll],
  ["pointer", pointer],
  ["visibility", visibility],
  ["resize", resize],
  ["replay", replay],
];

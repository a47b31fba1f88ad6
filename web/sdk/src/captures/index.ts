// Every capture of the SDK, one file each, in the order in which they start: `errors` first, so that it sees what the
// others may miss. A capture registers with `listen`, `on` and `wrap`, which undo themselves when it is switched off.

import { loadPart } from "../parts";
import { apiCalls } from "./api_calls";
import { clicks } from "./clicks";
import { errors } from "./errors";
import { forms } from "./forms";
import { inputs } from "./inputs";
import { pointer } from "./pointer";
import { replay } from "./replay";
import { screens } from "./screens";
import { scroll } from "./scroll";
import { selection } from "./selection";
import { visibility } from "./visibility";

export const CAPTURES: Record<string, () => void> = {
  errors,
  api_calls: apiCalls,
  screens,
  vitals: () => loadPart("vitals")(), // at once: INP that is asked for late never comes
  clicks,
  inputs,
  forms,
  selection,
  scroll,
  pointer,
  visibility,
  replay,
};

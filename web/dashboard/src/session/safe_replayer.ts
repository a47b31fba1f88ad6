// The one way to rrweb's replayer. It rebuilds pages in an iframe with sandbox="allow-same-origin" and without scripts.
// Its option UNSAFE_replayCanvas would take that protection away and must never be set.
import type { Replayer } from "@rrweb/replay";

export type RrwebEvent = Exclude<ConstructorParameters<typeof Replayer>[0][number], string>;
type Options = NonNullable<ConstructorParameters<typeof Replayer>[1]>;

export async function loadReplayer(): Promise<(events: RrwebEvent[], options: Pick<Options, "root" | "speed" | "skipInactive" | "inactivePeriodThreshold" | "mouseTail">) => Replayer> {
  const { Replayer: Made } = await import("@rrweb/replay");
  return (events, options) => new Made(events, { showWarning: false, showDebug: false, triggerFocus: false, ...options });
}

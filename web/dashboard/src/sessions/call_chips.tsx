// The filters by calls, waits, web vitals and device in words: "called POST /api/pay that failed", "waited 2 s to 4 s".
import { duration } from "../format";
import { apiName } from "../latency/numbers";
import type { Search } from "../search";
import { latencyWords } from "../latency_words";
import { words } from "../words";

export interface WordChip {
  key: string;
  name: string;
  drop: Search;
}

const { chip } = latencyWords;

function range(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return chip.between(duration(min), duration(max));
  if (min !== undefined) return chip.least(duration(min));
  return max === undefined ? chip.anyTime : chip.below(duration(max));
}

function callChip({ api, api_status, api_screen, call_min_ms, call_max_ms }: Search, isOfWait: boolean): WordChip | null {
  const isTimed = call_min_ms !== undefined || call_max_ms !== undefined;
  const isNarrowed = api_status !== undefined || api_screen !== undefined || isTimed;
  if (!isNarrowed && (api === undefined || isOfWait)) return null;
  const parts = [
    api === undefined ? chip.any : chip.called(apiName(api)),
    api_status ? chip.status[api_status] : "",
    api_screen === undefined ? "" : chip.from(api_screen === "" ? latencyWords.noScreen : api_screen),
    isTimed ? chip.took(range(call_min_ms, call_max_ms)) : "",
  ];
  const drop = { api_status: undefined, api_screen: undefined, call_min_ms: undefined, call_max_ms: undefined };
  return { key: "call", name: parts.filter(Boolean).join(" "), drop: isOfWait ? drop : { ...drop, api: undefined } };
}

export function callChips(search: Search): WordChip[] {
  const { api, wait_min_ms, wait_max_ms, left_soon, vital, vital_screen, vital_rating } = search;
  const isOfWait = wait_min_ms !== undefined || wait_max_ms !== undefined || left_soon !== undefined;
  const chips: (WordChip | null)[] = [callChip(search, isOfWait)];
  if (wait_min_ms !== undefined || wait_max_ms !== undefined) {
    const name = chip.waited(range(wait_min_ms, wait_max_ms), api === undefined ? "" : chip.for(apiName(api)));
    chips.push({ key: "wait", name, drop: { wait_min_ms: undefined, wait_max_ms: undefined, ...(left_soon ? {} : { api: undefined }) } });
  }
  if (left_soon) chips.push({ key: "left", name: chip.left, drop: { left_soon: undefined } });
  if (vital) {
    const where = vital_screen === undefined ? "" : chip.on(vital_screen === "" ? latencyWords.unknownScreen : vital_screen);
    const name = chip.vital(vital, vital_rating ? words.rating[vital_rating] : "", where);
    chips.push({ key: "vital", name, drop: { vital: undefined, vital_screen: undefined, vital_rating: undefined } });
  }
  return chips.filter((one) => one !== null);
}

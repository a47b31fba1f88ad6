// Events and calls as lines of a list in step with the replay.
import { duration } from "../format";
import { CauseGlyph } from "../parts/glyphs";
import { BandSign, RATING_BANDS } from "../parts/score_mark";
import { ApiLink } from "../place";
import type { CallRow, EventRow } from "../types";
import { sessionWords } from "../session_words";
import { causeOfSignal, words } from "../words";
import { latency, SLOW_MS } from "./lanes";
import { eventWords } from "./said";
import type { StepItem } from "./step_list";
import { vitalOf } from "./vitals";

export function eventItem(event: EventRow): StepItem {
  const isDead = event.type === "click" && event.answered === false;
  const vital = vitalOf(event);
  const answer = event.type !== "click" ? null : isDead ? sessionWords.unanswered : event.response_ms !== null ? sessionWords.answered(duration(event.response_ms)) : null;
  return {
    at_ms: event.at_ms,
    sign: isDead ? <CauseGlyph cause="noans" signal="dead_click" size={14} /> : vital?.rating ? <BandSign band={RATING_BANDS[vital.rating]} size={12} /> : null,
    text: eventWords(event),
    detail: vital ? (vital.rating ? words.rating[vital.rating] : sessionWords.notRated) : answer,
  };
}

export function callItem(call: CallRow): StepItem {
  const took = duration(latency(call));
  const signal = call.failed ? "failed_request" : call.unfinished ? "unfinished_wait" : latency(call) >= SLOW_MS ? "slow_api" : null;
  const status = call.unfinished ? sessionWords.unfinished(took) : `${call.status === 0 ? sessionWords.network : call.status}, ${took}`;
  return {
    at_ms: call.at_ms,
    sign: signal && <CauseGlyph cause={causeOfSignal(signal)} signal={signal} size={14} named />,
    text: call.api,
    detail: status,
    link: <ApiLink api={call.api} className="number-link" label={`${call.api}: ${sessionWords.openApi}`}>{call.api}</ApiLink>,
  };
}

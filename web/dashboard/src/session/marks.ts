// The marks of each lane in words, for moving along the timeline with the keyboard.
import { clock, duration } from "../format";
import type { SessionPage } from "../types";
import { sessionWords } from "../session_words";
import { latency, tellingMoments } from "./lanes";
import { vitalsOf, vitalWords } from "./vitals";

export interface Mark {
  at_ms: number;
  text: string;
}

export interface LaneMarks {
  name: string;
  marks: Mark[];
}

/** Lanes from top to bottom with their marks in order of time; lanes without marks are left out. */
export function laneMarks(page: SessionPage): LaneMarks[] {
  const { lanes } = sessionWords;
  const all: LaneMarks[] = [
    { name: lanes.signals, marks: page.signals.map((s) => ({ at_ms: s.at_ms, text: s.label })) },
    { name: lanes.moments, marks: tellingMoments(page.moments).map((m) => ({ at_ms: m.at_ms, text: m.sentence })) },
    { name: lanes.screens, marks: page.screens.map((s) => ({ at_ms: s.at_ms, text: s.name })) },
    {
      name: lanes.clicks,
      marks: page.events.filter((e) => e.type === "click").map((e) => ({ at_ms: e.at_ms, text: `${e.label ?? e.element_id ?? ""} ${e.answered === false ? sessionWords.unanswered : ""}` })),
    },
    { name: lanes.calls, marks: page.calls.map((c) => ({ at_ms: c.at_ms, text: `${c.api}, ${duration(latency(c))}${c.failed ? `, ${sessionWords.failed}` : ""}` })) },
    { name: lanes.errors, marks: page.errors.map((e) => ({ at_ms: e.at_ms, text: sessionWords.times(e.message, e.count) })) },
    { name: lanes.vitals, marks: vitalsOf(page.events).map((v) => ({ at_ms: v.at_ms, text: vitalWords(v) })) },
  ];
  return all
    .filter((lane) => lane.marks.length > 0)
    .map(({ name, marks }) => ({ name, marks: marks.map((m) => ({ ...m, text: `${clock(m.at_ms)} ${m.text}` })).sort((a, b) => a.at_ms - b.at_ms) }));
}

/** Index of the mark to go to in another lane: the first at or after `ms`, else the last one before. */
export function nextMark(marks: readonly { at_ms: number }[], ms: number): number {
  const at = marks.findIndex((mark) => mark.at_ms >= ms);
  return at < 0 ? Math.max(0, marks.length - 1) : at;
}

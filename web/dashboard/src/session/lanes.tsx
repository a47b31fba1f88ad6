// The lanes of the timeline, one function each: given a scale and a top edge, they draw the marks of one kind.
import { clock, duration, shorten } from "../format";
import { GlyphOutline, momentColour } from "../parts/glyphs";
import { BandOutline, RATING_BANDS } from "../parts/score_mark";
import type { CallRow, ErrorRow, EventRow, MomentRow, ScreenRow, SessionPage, SignalRow, Strength } from "../types";
import { sessionWords } from "../session_words";
import { words } from "../words";
import { useClock, type Clock } from "./clock";
import { packRows, stepPoints, type Scale } from "./layout";
import { markName } from "./lit";
import { vitalWords, type VitalMark } from "./vitals";

export const SCORE_HEIGHT = 46;
const GLYPH = 15;
export const CALL_ROW = 14;
/** More calls at once than this are counted, not drawn (visual.md 4). */
export const CALL_ROWS = 6;
/** From here on a call is named and drawn as slow: the median of the score's latency curve (signals.md B.3, 2). */
export const SLOW_MS = 2_000;
export const VITAL_ROW = 17;
const CHAR_PX = 6.4;

interface LaneProps {
  scale: Scale;
  y: number;
}

/** Says that nothing was seen, where a lane would else be blank: we know what was recorded, not what was not. */
export function EmptyLane({ scale, y, text = sessionWords.noneSeen }: LaneProps & { text?: string }) {
  return <text x={scale.left + 4} y={y + 17} className="tl-quiet">{text}</text>;
}

/** The words for a lane without a telling moment: what the list of moments below says about the others. */
export function quietMoments(moments: readonly MomentRow[]): string {
  return [...new Set(moments.map((m) => sessionWords.quietMoments[m.emotion] ?? m.emotion))].join("; ") || sessionWords.noneSeen;
}

export function ScoreLane({ scale, y, curve, score }: LaneProps & { curve: SessionPage["score"]["curve"]; score: number | null }) {
  if (score === null) return <text x={scale.left + 4} y={y + 28} className="tl-quiet">{words.band.none}</text>;
  const points = stepPoints(curve, scale.view).map((p) => ({ x: scale.x(p.ms), y: y + 4 + ((SCORE_HEIGHT - 6) * (100 - p.score)) / 100, score: p.score }));
  const line = points.map((p) => `${p.x.toFixed(1)},${p.y.toFixed(1)}`).join(" ");
  const last = points[points.length - 1];
  const falls = points.flatMap((p, i) => {
    const before = points[i - 1];
    return before && before.score > p.score ? [{ x: p.x, from: before.y, to: p.y }] : [];
  });
  return (
    <g>
      <polygon points={`${scale.left},${y + SCORE_HEIGHT} ${line} ${last?.x ?? scale.right},${y + SCORE_HEIGHT}`} fill="var(--accent-soft)" />
      <polyline points={line} fill="none" stroke="var(--accent)" strokeWidth={2} />
      {falls.map((fall, i) => (
        <line key={i} x1={fall.x} x2={fall.x} y1={fall.from} y2={fall.to} stroke="var(--hurt-fill)" strokeWidth={2.5} />
      ))}
      {last && (
        <text x={last.x - 4} y={last.y - 5} textAnchor="end" className="tl-strong">{Math.round(last.score)}</text>
      )}
    </g>
  );
}

/** Rows that the signals need, so that no sign covers another; at most three. */
export function signalRows(signals: readonly SignalRow[], scale: Scale): number[] {
  return packRows(signals.map((s) => ({ from: scale.x(s.at_ms) - GLYPH / 2, until: scale.x(s.at_ms) + GLYPH / 2 })), 3, 2);
}

export function SignalLane({ scale, y, signals, rows }: LaneProps & { signals: readonly SignalRow[]; rows: readonly number[] }) {
  return signals.map((signal, i) => {
    const row = rows[i] ?? -1;
    if (row < 0) return null;
    const x = scale.x(signal.at_ms);
    const end = scale.x(signal.until_ms);
    const middle = y + 13 + row * 18;
    return (
      <g key={i} data-at={signal.at_ms} data-mark={markName("signal", signal)} className="tl-mark">
        <title>{`${clock(signal.at_ms)} ${signal.label}`}</title>
        {end - x > GLYPH && <rect x={x + 8} y={middle - 2.5} width={end - x - 8} height={5} rx={2} fill={`var(--${signal.cause})`} opacity={0.35} />}
        <rect x={x - 9} y={middle - 9} width={18} height={18} fill="transparent" />
        <g transform={`translate(${x - GLYPH / 2} ${middle - GLYPH / 2}) scale(${GLYPH / 14})`}>
          <GlyphOutline cause={signal.cause} signal={signal.type} />
        </g>
      </g>
    );
  });
}

const STRENGTHS: Record<Strength, { height: number; opacity: number }> = {
  weak: { height: 8, opacity: 0.35 }, moderate: { height: 13, opacity: 0.6 }, strong: { height: 18, opacity: 0.9 },
};
/** A moment is a stretch around an anchor; this is how much of it is drawn. */
const MOMENT_PX = 18;

/** Moments that say something: neutral and unknown ones stand in the list below, not on the timeline. */
export function tellingMoments(moments: readonly MomentRow[]): MomentRow[] {
  return moments.filter((m) => m.emotion !== "neutral" && m.emotion !== "unknown");
}

export function MomentLane({ scale, y, moments }: LaneProps & { moments: readonly MomentRow[] }) {
  let free = scale.left;
  return tellingMoments(moments).map((moment, i) => {
    const { height, opacity } = STRENGTHS[moment.strength ?? "weak"];
    const x = Math.min(scale.x(moment.at_ms), scale.right - MOMENT_PX);
    const text = `${moment.emotion}${moment.strength ? `, ${moment.strength}` : ""}`;
    const fits = x - 6 - text.length * CHAR_PX > free;
    free = x + MOMENT_PX + 4;
    return (
      <g key={i} data-at={moment.at_ms} data-mark={markName("moment", moment)} className="tl-mark">
        <title>{`${clock(moment.at_ms)} ${moment.sentence}`}</title>
        <rect x={x} y={y + 13 - height / 2} width={MOMENT_PX} height={height} rx={3} fill={momentColour(moment.emotion)} opacity={opacity} />
        {fits && <text x={x - 6} y={y + 17} textAnchor="end" className="tl-text">{text}</text>}
      </g>
    );
  });
}

export function ScreenLane({ scale, y, screens, clock: now }: LaneProps & { screens: readonly ScreenRow[]; clock: Clock }) {
  const nowMs = useClock(now, 250);
  return screens.map((screen, i) => {
    const x = scale.x(screen.at_ms);
    const width = Math.max(2, scale.x(screen.until_ms) - x - 2);
    const isNow = nowMs >= screen.at_ms && nowMs < screen.until_ms;
    const room = Math.floor((width - 12) / CHAR_PX);
    return (
      <g key={i} data-at={screen.at_ms} data-mark={markName("screen", screen)} className="tl-mark">
        <title>{`${clock(screen.at_ms)} ${screen.name}`}</title>
        <rect x={x} y={y + 4} width={width} height={18} rx={4} fill={isNow ? "var(--accent-soft)" : "var(--sunken)"} />
        {room >= 4 && <text x={x + 6} y={y + 17} className={isNow ? "tl-now" : "tl-text"}>{shorten(screen.name, room)}</text>}
      </g>
    );
  });
}

export function ClickLane({ scale, y, clicks }: LaneProps & { clicks: readonly EventRow[] }) {
  return clicks.map((click, i) => {
    const isRing = click.answered === false;
    return (
      <circle
        key={i} data-at={click.at_ms} data-mark={markName("click", click)} className="tl-mark" cx={scale.x(click.at_ms)} cy={y + 12} r={isRing ? 3.8 : 3}
        fill={isRing ? "var(--surface)" : "var(--ink3)"} stroke={isRing ? "var(--noans)" : "none"} strokeWidth={2}
      >
        <title>{`${clock(click.at_ms)} ${click.label ?? click.element_id ?? ""} ${isRing ? `(${sessionWords.unanswered})` : ""}`}</title>
      </circle>
    );
  });
}

/** Text beside a call that is slow or failed; empty for the others, whose names are in the tooltip. */
function callLabel(call: CallRow, scale: Scale): string {
  const text = call.failed || call.unfinished || latency(call) >= SLOW_MS ? shorten(callTitle(call), 44) : "";
  return scale.x(call.at_ms) - text.length * CHAR_PX - 8 > scale.left ? text : "";
}

/** Row of each call; a named one takes the room of its text as well. */
export function callRows(calls: readonly CallRow[], scale: Scale): number[] {
  const bars = calls.map((call) => {
    const x = scale.x(call.at_ms);
    const label = callLabel(call, scale);
    return { from: label ? x - label.length * CHAR_PX - 8 : x, until: Math.max(x + 3, scale.x(call.at_ms + latency(call))) };
  });
  return packRows(bars, CALL_ROWS);
}

/** How long a call took; 0 where that was not recorded. */
export function latency(call: CallRow): number {
  return call.latency_ms ?? 0;
}

function callTitle(call: CallRow): string {
  const took = duration(latency(call));
  if (call.unfinished) return `${call.api}, ${sessionWords.unfinished(took)}`;
  return `${call.api}, ${took}, ${call.status === 0 ? sessionWords.network : call.status}`;
}

function callFill(call: CallRow): string {
  if (call.unfinished) return "url(#unfinished)";
  if (latency(call) >= SLOW_MS) return "var(--wait)";
  return call.failed ? "var(--fail)" : "var(--call)";
}

export function CallLane({ scale, y, calls, rows }: LaneProps & { calls: readonly CallRow[]; rows: readonly number[] }) {
  const hidden = rows.filter((row) => row < 0).length;
  return (
    <>
      {calls.map((call, i) => {
        const row = rows[i] ?? -1;
        if (row < 0) return null;
        const x = scale.x(call.at_ms);
        const width = Math.max(3, scale.x(call.at_ms + latency(call)) - x);
        const top = y + 4 + row * CALL_ROW;
        const label = callLabel(call, scale);
        return (
          <g key={i} data-at={call.at_ms} data-mark={markName("call", call)} className="tl-mark">
            <title>{`${clock(call.at_ms)} ${callTitle(call)}`}</title>
            <rect x={x} y={top} width={width} height={10} rx={1.5} fill={callFill(call)} stroke={call.unfinished ? "var(--wait)" : "none"} />
            {call.failed && <rect x={x + width - 2} y={top - 1} width={4} height={12} rx={1} fill="var(--fail)" />}
            {label && <text x={x - 5} y={top + 9} textAnchor="end" className="tl-text">{label}</text>}
          </g>
        );
      })}
      {hidden > 0 && <text x={scale.right} y={y + 4 + CALL_ROWS * CALL_ROW + 8} textAnchor="end" className="tl-quiet">+{hidden}</text>}
    </>
  );
}

export function ErrorLane({ scale, y, errors }: LaneProps & { errors: readonly ErrorRow[] }) {
  let free = scale.left;
  return errors.map((error, i) => {
    const x = scale.x(error.at_ms);
    const text = error.message.length > 40 ? `${error.message.slice(0, 39)}…` : error.message;
    const fits = x - 12 - text.length * CHAR_PX > free;
    free = x + 10;
    return (
      <g key={i} data-at={error.at_ms} data-mark={markName("error", error)} className="tl-mark">
        <title>{`${clock(error.at_ms)} ${error.message}`}</title>
        <path d={`M${x - 5} ${y + 7}l10 10M${x + 5} ${y + 7}l-10 10`} stroke="var(--fail)" strokeWidth={2.2} strokeLinecap="round" />
        {fits && <text x={x - 11} y={y + 16} textAnchor="end" className="tl-text">{text}</text>}
      </g>
    );
  });
}

const VITAL_PX = 12;

/** Rows that the vitals need: several are told at one moment, as when the page is left. At most three. */
export function vitalRows(vitals: readonly VitalMark[], scale: Scale): number[] {
  return packRows(vitals.map((v) => ({ from: scale.x(v.at_ms) - VITAL_PX / 2, until: scale.x(v.at_ms) + VITAL_PX / 2 })), 3, 2);
}

/** The sign of the rating, and beside it name and value where there is room until the next one. */
export function VitalLane({ scale, y, vitals, rows }: LaneProps & { vitals: readonly VitalMark[]; rows: readonly number[] }) {
  return vitals.map((vital, i) => {
    const row = rows[i] ?? -1;
    if (row < 0) return null;
    const x = scale.x(vital.at_ms);
    const middle = y + 12 + row * VITAL_ROW;
    const text = `${vital.name} ${vital.value}`;
    const next = vitals.findIndex((_, k) => k > i && rows[k] === row);
    const room = text.length * CHAR_PX;
    // At the right edge it stands on the left, where the text of the one before must have ended.
    const before = vitals.findLastIndex((_, k) => k < i && rows[k] === row);
    const begin = before < 0 ? scale.left : scale.x(vitals[before]?.at_ms ?? 0) + 20 + room;
    const end = next < 0 ? scale.right : scale.x(vitals[next]?.at_ms ?? 0) - VITAL_PX;
    return (
      <g key={i} data-at={vital.at_ms} data-mark={markName("vital", vital)} className="tl-mark">
        <title>{`${clock(vital.at_ms)} ${vitalWords(vital)}`}</title>
        <rect x={x - 9} y={middle - 9} width={18} height={18} fill="transparent" />
        <g transform={`translate(${x - VITAL_PX / 2} ${middle - VITAL_PX / 2}) scale(${VITAL_PX / 10})`}>
          {vital.rating ? <BandOutline band={RATING_BANDS[vital.rating]} /> : <circle cx={5} cy={5} r={3.6} fill="none" stroke="var(--ink3)" strokeWidth={1.6} />}
        </g>
        {x + 10 + room < end ? <text x={x + 10} y={middle + 4} className="tl-text">{text}</text> : x - 10 - room > begin && <text x={x - 10} y={middle + 4} textAnchor="end" className="tl-text">{text}</text>}
      </g>
    );
  });
}

// One timeline, one clock: every lane of the visit over the same axis. A press goes there, the arrows move from mark to mark.
import { useElementSize } from "@mantine/hooks";
import { memo, useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject } from "react";
import { clock, groupScore } from "../format";
import { Card } from "../parts/card";
import { SegmentedControl } from "../controls/segmented";
import type { SessionPage } from "../types";
import { sessionWords } from "../session_words";
import { words } from "../words";
import { useClock } from "./clock";
import { CALL_ROW, CallLane, callRows, CALL_ROWS, ClickLane, EmptyLane, ErrorLane, latency, MomentLane, quietMoments, ScoreLane, SCORE_HEIGHT, ScreenLane, SignalLane, signalRows, tellingMoments, VITAL_ROW, VitalLane, vitalRows } from "./lanes";
import { halfOfTime, idleSpans, inView, makeScale, ticks, ticksBehind, type Scale, type Span } from "./layout";
import { Legend } from "./legend";
import { marksOf, type Lit } from "./lit";
import { laneMarks, nextMark } from "./marks";
import { IDLE_MS, type Player } from "./player";
import { vitalsOf } from "./vitals";

const LABELS_PX = 108;
const AXIS_PX = 26;
/** Under this width the lanes' names stand above the lanes. */
const NARROW_PX = 560;
const NAME_PX = 18;
const AROUND_MS = 15_000;
/** A gap wider than this has its name in it. */
const LOST_PX = 88;

interface Lane {
  name: string;
  height: number;
  draw: (y: number) => ReactNode;
}

/** When something happened or was awaited; the rest of the visit is idle. */
function busySpans(page: SessionPage): Span[] {
  const instants = [...page.events, ...page.errors].map((e) => ({ from: e.at_ms, until: e.at_ms }));
  const waits = page.calls.map((c) => ({ from: c.at_ms, until: c.at_ms + latency(c) }));
  const signals = page.signals.map((s) => ({ from: s.at_ms, until: s.until_ms }));
  // Nobody knows whether it was idle when a batch was lost.
  const lost = page.lost_spans.map((span) => ({ from: span.at_ms, until: span.until_ms }));
  return [...instants, ...waits, ...signals, ...lost];
}

export function Timeline({ page, player, lit }: { page: SessionPage; player: Player; lit: Lit }) {
  const { ref, width } = useElementSize();
  const [isNear, setNear] = useState(false);
  const around = useClock(player.clock, isNear ? 5_000 : 1e9);
  const length = Math.max(1, player.source.durationMs);
  const idle = useMemo(() => idleSpans(busySpans(page), length, IDLE_MS), [page, length]);
  const isNarrow = width < NARROW_PX;
  const scale = useMemo(() => {
    const view = isNear ? { from: Math.max(0, around - AROUND_MS), until: Math.min(length, Math.max(around, AROUND_MS) + AROUND_MS) } : { from: 0, until: length };
    return makeScale(view, idle, isNarrow ? 4 : LABELS_PX, Math.max(200, width - 10));
  }, [isNear, around, length, idle, isNarrow, width]);
  const zoom = (
    <SegmentedControl
      value={isNear ? "near" : "all"}
      onChange={(value) => setNear(value === "near")}
      data={[{ value: "all", label: sessionWords.zoomAll }, { value: "near", label: <AroundLabel player={player} /> }]}
    />
  );
  return (
    <Card title={sessionWords.whole} sub={sessionWords.wholeSub} side={zoom} className="timeline-card">
      <div ref={ref} className="timeline-box">
        {width > 0 && <Drawing page={page} player={player} lit={lit} scale={scale} width={width} isNarrow={isNarrow} />}
      </div>
      <Legend page={page} hasIdle={idle.length > 0} />
      <p className="quiet">{sessionWords.note}</p>
    </Card>
  );
}

function AroundLabel({ player }: { player: Player }) {
  return sessionWords.around(clock(useClock(player.clock, 1000)));
}

interface DrawingProps {
  page: SessionPage;
  player: Player;
  lit: Lit;
  scale: Scale;
  width: number;
  isNarrow: boolean;
}

/** The lanes with their tops; the height follows from how many rows they need. */
function useLanes({ page, player, scale, isNarrow }: DrawingProps): { lanes: (Lane & { y: number })[]; height: number } {
  return useMemo(() => {
    const { view } = scale;
    const signals = inView(page.signals, view);
    const allMoments = inView(page.moments, view);
    const moments = tellingMoments(allMoments);
    const screens = inView(page.screens, view, (s) => s.until_ms - s.at_ms);
    const clicks = inView(page.events.filter((e) => e.type === "click"), view);
    const calls = inView(page.calls, view, latency);
    const errors = inView(page.errors, view);
    const vitals = inView(vitalsOf(page.events), view);
    const vitalsIn = vitalRows(vitals, scale);
    const signalsIn = signalRows(signals, scale);
    const callsIn = callRows(calls, scale);
    const rowsOf = (rows: readonly number[]) => Math.max(0, ...rows) + 1;
    const callHeight = 8 + CALL_ROW * Math.min(CALL_ROWS + 1, rowsOf(callsIn) + (callsIn.includes(-1) ? 1 : 0));
    const { lanes: names } = sessionWords;
    const lanes: (Lane & { isEmpty?: boolean; empty?: string })[] = [
      { name: names.score, height: SCORE_HEIGHT, draw: (y) => <ScoreLane scale={scale} y={y} curve={page.score.curve} score={page.score.score} /> },
      { name: names.signals, height: 8 + 18 * rowsOf(signalsIn), isEmpty: !signals.length, draw: (y) => <SignalLane scale={scale} y={y} signals={signals} rows={signalsIn} /> },
      { name: names.moments, height: 26, isEmpty: !moments.length, empty: quietMoments(allMoments), draw: (y) => <MomentLane scale={scale} y={y} moments={moments} /> },
      { name: names.screens, height: 26, isEmpty: !screens.length, draw: (y) => <ScreenLane scale={scale} y={y} screens={screens} clock={player.clock} /> },
      { name: names.clicks, height: 24, isEmpty: !clicks.length, draw: (y) => <ClickLane scale={scale} y={y} clicks={clicks} /> },
      { name: names.calls, height: Math.max(24, callHeight), isEmpty: !calls.length, draw: (y) => <CallLane scale={scale} y={y} calls={calls} rows={callsIn} /> },
      { name: names.errors, height: 24, isEmpty: !errors.length, draw: (y) => <ErrorLane scale={scale} y={y} errors={errors} /> },
      { name: names.vitals, height: 7 + VITAL_ROW * rowsOf(vitalsIn), isEmpty: !vitals.length, draw: (y) => <VitalLane scale={scale} y={y} vitals={vitals} rows={vitalsIn} /> },
    ];
    let y = AXIS_PX;
    const placed = lanes.map((lane) => {
      const top = y + (isNarrow ? NAME_PX : 0);
      y = top + lane.height + 1;
      return { ...lane, y: top, draw: lane.isEmpty ? (at: number) => <EmptyLane scale={scale} y={at} text={lane.empty} /> : lane.draw };
    });
    return { lanes: placed, height: y };
  }, [page, player, scale, isNarrow]);
}

function Drawing(props: DrawingProps) {
  const { page, player, lit, scale, width, isNarrow } = props;
  const { lanes, height } = useLanes(props);
  const svg = useRef<SVGSVGElement>(null);
  const [mark, move] = useMarks(page, player);
  const point = useLighting(svg, page, lit, lanes);

  const timeAt = (event: PointerEvent): number => {
    const box = svg.current?.getBoundingClientRect();
    return scale.ms(Math.min(Math.max(event.clientX - (box?.left ?? 0), scale.left), scale.right));
  };
  const down = (event: PointerEvent<SVGSVGElement>) => {
    const hit = event.target instanceof Element ? event.target.closest("[data-at]") : null;
    const at = Number(hit?.getAttribute("data-at") ?? Number.NaN);
    player.seek(Number.isNaN(at) || at < scale.view.from ? timeAt(event) : at);
    if (event.pointerType === "mouse") event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent<SVGSVGElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) player.drag(timeAt(event));
  };
  const score = page.score.exact === null ? words.band.none : `${sessionWords.lanes.score} ${groupScore(page.score.exact)}`;
  return (
    <div className="timeline" tabIndex={0} role="group" aria-label={sessionWords.whole} onKeyDown={move}>
      <svg ref={svg} width={width} height={height} role="img" aria-label={sessionWords.timeline(page.session.title, score, page.signals.length, page.calls.length, page.errors.reduce((sum, e) => sum + e.count, 0))} onPointerDown={down} onPointerMove={drag} onPointerOver={point} onPointerLeave={() => lit.set(null)} onLostPointerCapture={() => player.seek(player.clock.ms)}>
        <Ground scale={scale} height={height} lanes={lanes} isNarrow={isNarrow} width={width} />
        <Lost spans={page.lost_spans} scale={scale} height={height} />
        <Marks lanes={lanes} />
        <Playhead player={player} scale={scale} height={height} />
      </svg>
      <span className="sr" aria-live="polite">
        {mark}
      </span>
    </div>
  );
}

/** Lights the marks of the lit issue and dims all others; returns what lights the issue of the mark under the pointer. The marks are
 * told themselves: drawing all lanes anew for each would stutter. */
function useLighting(svg: RefObject<SVGSVGElement | null>, page: SessionPage, lit: Lit, lanes: unknown): (event: PointerEvent) => void {
  const marks = useMemo(() => marksOf(page), [page]);
  useEffect(() => {
    const light = () => {
      const own = lit.issue === null ? undefined : marks[lit.issue];
      svg.current?.toggleAttribute("data-dims", own !== undefined && own.size > 0);
      for (const mark of svg.current?.querySelectorAll("[data-mark]") ?? []) mark.toggleAttribute("data-lit", own?.has(mark.getAttribute("data-mark") ?? "") ?? false);
    };
    light();
    return lit.subscribe(light);
  }, [svg, lit, marks, lanes]);
  return (event) => {
    const name = event.target instanceof Element ? event.target.closest("[data-mark]")?.getAttribute("data-mark") : null;
    // Every issue that happened on a screen would answer for it.
    const issue = name && !name.startsWith("screen ") ? marks.findIndex((own) => own.has(name)) : -1;
    lit.set(issue < 0 ? null : issue);
  };
}

/** Stretches of which a batch never came, hatched through all lanes and named where there is room. */
function Lost({ spans, scale, height }: { spans: SessionPage["lost_spans"]; scale: Scale; height: number }) {
  return inView(spans, scale.view, (span) => span.until_ms - span.at_ms).map((span) => {
    const x = scale.x(span.at_ms);
    const width = Math.max(4, scale.x(span.until_ms) - x);
    return (
      <g key={span.at_ms} className="tl-lost">
        <title>{`${sessionWords.legend.lost}: ${clock(span.at_ms)} – ${clock(span.until_ms)}`}</title>
        <rect x={x} y={AXIS_PX} width={width} height={height - AXIS_PX} fill="url(#lost)" stroke="var(--hurt)" strokeWidth={0.8} strokeDasharray="3 3" />
        {width > LOST_PX && <text x={x + width / 2} y={AXIS_PX + 14} textAnchor="middle" className="tl-text tl-halo">{sessionWords.legend.lost}</text>}
      </g>
    );
  });
}

/** Arrow keys on the timeline: up and down change the lane, left and right the mark, Enter goes there. */
function useMarks(page: SessionPage, player: Player): [string, (event: KeyboardEvent) => void] {
  const lanes = useMemo(() => laneMarks(page), [page]);
  const [lane, setLane] = useState(0);
  const [index, setIndex] = useState(-1);
  const current = lanes[lane];
  const said = index < 0 ? "" : `${current?.name}: ${current?.marks[index]?.text ?? ""}`;
  const move = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const laneBy = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined && laneBy === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const nextLane = Math.min(lanes.length - 1, Math.max(0, lane + (laneBy ?? 0)));
    const marks = lanes[nextLane]?.marks ?? [];
    const next = by === undefined ? nextMark(marks, player.clock.ms) : Math.min(marks.length - 1, Math.max(0, index + by));
    setLane(nextLane);
    setIndex(next);
    const target = marks[next];
    if (target) player.seek(target.at_ms);
  };
  return [said, move];
}

const Marks = memo(function Marks({ lanes }: { lanes: (Lane & { y: number })[] }) {
  return lanes.map((lane) => <g key={lane.name}>{lane.draw(lane.y)}</g>);
});

/** Axis, lane names, hairlines, and idle stretches hatched through all lanes. */
function Ground({ scale, height, lanes, isNarrow, width }: { scale: Scale; height: number; lanes: (Lane & { y: number })[]; isNarrow: boolean; width: number }) {
  return (
    <g>
      <defs>
        <pattern id="idle" width={7} height={7} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1={0} y1={0} x2={0} y2={7} stroke="var(--line2)" strokeWidth={1.4} opacity={0.7} />
        </pattern>
        <pattern id="lost" width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <line x1={0} y1={0} x2={0} y2={6} stroke="var(--hurt)" strokeWidth={1.6} opacity={0.5} />
        </pattern>
        <pattern id="unfinished" width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1={0} y1={0} x2={0} y2={6} stroke="var(--wait)" strokeWidth={3} />
        </pattern>
      </defs>
      <rect width={width} height={height} fill="transparent" />
      {scale.gaps.map((gap) => (
        <rect key={gap.from} x={scale.x(gap.from)} y={AXIS_PX} width={Math.max(0, scale.x(gap.until) - scale.x(gap.from))} height={height - AXIS_PX} fill="url(#idle)">
          <title>{`${sessionWords.legend.idle}: ${clock(gap.from)} – ${clock(gap.until)}`}</title>
        </rect>
      ))}
      {ticks(scale).map((at) => (
        <g key={at}>
          <line x1={scale.x(at)} x2={scale.x(at)} y1={AXIS_PX} y2={height} stroke="var(--line)" />
          <text x={scale.x(at)} y={15} textAnchor={scale.x(at) < 20 ? "start" : "middle"} className="tl-quiet">{clock(at)}</text>
        </g>
      ))}
      {lanes.map((lane, i) => (
        <g key={lane.name}>
          {i > 0 && <line x1={0} x2={width} y1={lane.y - (isNarrow ? NAME_PX : 0) - 0.5} y2={lane.y - (isNarrow ? NAME_PX : 0) - 0.5} stroke="var(--line)" />}
          <text x={0} y={isNarrow ? lane.y - 4 : lane.y + (i === 0 ? 18 : 17)} className="tl-name">{lane.name}</text>
        </g>
      ))}
    </g>
  );
}

function Playhead({ player, scale, height }: { player: Player; scale: Scale; height: number }) {
  const step = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 1000 : 40;
  const at = useClock(player.clock, step);
  const marked = useMemo(() => ticks(scale), [scale]);
  if (at < scale.view.from || at > scale.view.until) return null;
  const x = scale.x(at);
  const text = clock(at);
  const half = 7 + halfOfTime(text);
  const flag = Math.min(Math.max(x, half), scale.right + 10 - half);
  return (
    <g className="playhead">
      {ticksBehind(marked, scale, flag, half).map((tick) => (
        <rect key={tick} x={scale.x(tick) - 2 * halfOfTime(clock(tick))} y={1} width={4 * halfOfTime(clock(tick))} height={20} fill="var(--surface)" />
      ))}
      <line x1={x} x2={x} y1={20} y2={height} stroke="var(--ink)" strokeWidth={1.6} />
      <rect x={flag - half} y={1} width={2 * half} height={20} rx={5} fill="var(--ink)" />
      <text x={flag} y={15} textAnchor="middle" className="tl-flag">{text}</text>
    </g>
  );
}

// Our own signs: one per cause, one pen line per word for a moment, the logo. Shape carries the meaning, colour repeats it.
import type { ReactNode } from "react";
import { signalName, words } from "../words";
import type { Cause } from "../theme";

/** The one detector whose signals cost nothing by themselves. */
export const HARMLESS = "multi_click";

const PAGE_FRAME = <rect x="1.5" y="2" width="11" height="10" rx="1.5" />;
const FORM = <rect x="1.5" y="3" width="11" height="8" rx="1.5" />;
const CROSS = <path d="M5 5l4 4M9 5l-4 4" />;
const BEHIND = <path d="M5 1.5h4L12.5 5v4L9 12.5H5L1.5 9V5z" strokeDasharray="1.6 2.6" />;
const OCTAGON = <path d="M5 1.5h4L12.5 5v4L9 12.5H5L1.5 9V5z" />;
const EXCLAMATION = <path d="M7 4.2v3.2M7 9.8v.1" />;

/** The sign of a cause, which is that of its most frequent detector as well, and one of its own for every other detector. */
const CAUSE_OUTLINES: Record<Cause, ReactNode> = {
  wait: <path d="M3 1.5h8M3 12.5h8M4 1.5c0 3 6 4.5 6 11M10 1.5c0 3-6 4.5-6 11" />,
  fail: <>{OCTAGON}{CROSS}</>,
  noans: <path d="M7 1v3M7 10v3M1 7h3M10 7h3M2.8 2.8l2 2M9.2 9.2l2 2M11.2 2.8l-2 2M4.8 9.2l-2 2" />,
  circle: <path d="M12 7a5 5 0 1 1-1.6-3.7M10.6 .8v2.8H7.8" />,
  form: <>{FORM}<path d="M4 7h3M9.5 5v4" /></>,
  restless: <path d="M1 8c1.5-4 2.5-4 4 0s2.5 4 4 0 2.5-4 4 0" />,
};

/** Detectors that look like their cause: slow_api, failed_request, rage_click, nav_loop, form_abandon, thrashed_cursor. */
export const SIGNAL_OUTLINES: Record<string, ReactNode> = {
  unfinished_wait: <path d="M3 1.5h8M4 1.5c0 3 3 3.6 3 6M10 1.5c0 3-3 3.6-3 6M7 10v.1M7 12.6v.1" />,
  slow_click: <><circle cx="7" cy="7" r="5.3" /><path d="M7 3.8V7l2.2 1.6" /></>,
  web_vital_lcp: <>{PAGE_FRAME}<path d="M3.5 9.5L6 6.5l2 2 1.3-1.3 1.7 2.3" /></>,
  web_vital_fcp: <>{PAGE_FRAME}<path d="M4 5h6" /></>,
  web_vital_ttfb: <path d="M2 1.8h10v4H2zM2 8.2h10v4H2zM4.6 3.8v.1M4.6 10.2v.1" />,
  web_vital_inp: <path d="M7 1.5v7M4 6l3 3 3-3M2 12.2h10" />,
  web_vital_cls: <path d="M1.5 1.5h5v4h-5zM7.5 8.5h5v4h-5zM3.8 7.5v3h1.6" />,
  failed_request_background: <>{BEHIND}{CROSS}</>,
  error_click: <path d="M1.5 1.5l3 8.5 1.6-3.4 3.4-1.6zM8.6 8.6l4 4M12.6 8.6l-4 4" />,
  js_error: <>{OCTAGON}{EXCLAMATION}</>,
  js_error_background: <>{BEHIND}{EXCLAMATION}</>,
  crash: <>{PAGE_FRAME}<path d="M8.4 2L5.6 6.4h3L6 12" /></>,
  rage_click_unconfirmed: <path d="M7 1.5v3.2M7 9.3v3.2M1.5 7h3.2M9.3 7h3.2" />,
  [HARMLESS]: <circle cx="7" cy="7" r="3.6" />,
  dead_click: <><circle cx="7" cy="7" r="5.3" /><path d="M3.5 10.5l7-7" /></>,
  quick_back: <path d="M5 2.5L2 5.5l3 3M2 5.5h6.8a3.2 3.2 0 0 1 0 6.4H5.5" />,
  reload_burst: <path d="M11.6 5.2A5 5 0 0 0 2.7 5M2.4 8.8a5 5 0 0 0 8.9.2M11.8 1.8v3.4H8.4M2.2 12.2V8.8h3.4" />,
  search_struggle: <><circle cx="6" cy="6" r="4.3" /><path d="M9.2 9.2l3.3 3.3M4.4 6h3.2" /></>,
  validation_loop: <>{FORM}{CROSS}</>,
  input_correction: <path d="M2 12l.9-3.4L9.4 2.1l2.5 2.5-6.5 6.5zM7.8 3.7l2.5 2.5" />,
  excessive_scroll: <path d="M7 1.5v11M4 4.3l3-2.8 3 2.8M4 9.7l3 2.8 3-2.8" />,
};

/** The bare outline in a 14 × 14 box, for use inside another SVG. */
export function GlyphOutline({ cause, signal }: { cause: Cause; signal?: string }) {
  return (
    <g fill="none" stroke={signal === HARMLESS ? "var(--ink3)" : `var(--${cause})`} strokeWidth={1.7} strokeLinecap="round" strokeLinejoin="round">
      {SIGNAL_OUTLINES[signal ?? ""] ?? CAUSE_OUTLINES[cause]}
    </g>
  );
}

/** Sign of a cause, or of a detector within it; `named` where its name does not stand beside it: for screen readers and as a tooltip. */
export function CauseGlyph({ cause, signal, size = 16, named = false }: { cause: Cause; signal?: string; size?: number; named?: boolean }) {
  const label = signal ? signalName(signal) : words.cause[cause].label;
  return (
    <svg width={size} height={size} viewBox="0 0 14 14" className="glyph" {...(named ? { role: "img", "aria-label": label } : { "aria-hidden": true })}>
      {named && <title>{label}</title>}
      <GlyphOutline cause={cause} signal={signal} />
      {named && <rect width={14} height={14} fill="transparent" />}
    </svg>
  );
}

const LINES: Record<string, { path: string; colour: string; dash?: string }> = {
  frustrated: { path: "M1 8l4-5 3 9 3-10 3 10 3-9 4 5", colour: "var(--fail)" },
  confused: { path: "M1 8c4 0 6-5 9-5s3 7 0 7-2-6 2-6 5 5 9 4", colour: "var(--noans)" },
  hesitant: { path: "M1 8h5M10 8h3M17 8h4", colour: "var(--wait)" },
  disengaged: { path: "M1 3c6 0 7 7 20 8", colour: "var(--restless)" },
  neutral: { path: "M1 7h20", colour: "var(--ink3)" },
  engaged: { path: "M1 10c5 0 6-6 10-6s4 3 10-2", colour: "var(--accent)" },
  unknown: { path: "M1 7h20", colour: "var(--ink3)", dash: "0.1 4" },
};

export function momentColour(emotion: string): string {
  return LINES[emotion]?.colour ?? "var(--ink3)";
}

/** The pen line of a word for a moment. A line describes a stretch of time; a face would claim to know the person. */
export function MomentLine({ emotion, size = 20 }: { emotion: string; size?: number }) {
  const line = LINES[emotion] ?? LINES.unknown;
  return (
    <svg width={size} height={(size * 14) / 22} viewBox="0 0 22 14" className="glyph" aria-hidden="true">
      <path d={line?.path} fill="none" stroke={line?.colour} strokeWidth={2} strokeDasharray={line?.dash} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

export function Logo({ named = true }: { named?: boolean }) {
  return (
    <span className="logo">
      <svg width={26} height={17} viewBox="0 0 36 24" aria-hidden="true">
        <path d="M2 6h8c4.5 0 4 12 8.5 12 4 0 4.5-6 9-6h6.5" fill="none" stroke="var(--accent)" strokeWidth={3} strokeLinecap="round" />
        <circle cx={18.5} cy={17.5} r={4} fill="var(--hurt-fill)" stroke="var(--surface)" strokeWidth={2} />
      </svg>
      {named && <span className="logo-name">{words.product.toLowerCase()}</span>}
    </span>
  );
}

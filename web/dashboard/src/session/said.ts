// Sentences that only a session's page says: events, small issues, what a score could see. Templates over what was recorded.
import { count } from "../format";
import type { Cause } from "../theme";
import { signalName, words } from "../words";
import { vitalOf } from "./vitals";

const EVENTS: Record<string, string> = {
  screen_view: "Opened", click: "Click on", submit: "Sent", input: "Typed in", select: "Selected", web_vital: "Measured", feedback: "Feedback",
};

interface Happened {
  type: string;
  label: string | null;
  element_id: string | null;
  screen: string | null;
  detail: Record<string, unknown>;
}

/** An event in words: "Click on “Pay now”", "Opened /cart", "Tab hidden"; a custom one by its own name and properties:
 * "order_completed — items: 3". A label is quoted, a selector not. */
export function eventWords({ type, label, element_id, screen, detail }: Happened): string {
  if (type === "screen_view") return `${EVENTS.screen_view} ${screen ?? ""}`.trim();
  if (type === "web_vital" && typeof detail.name === "string") return [EVENTS.web_vital, detail.name, vitalOf({ at_ms: 0, type, detail })?.value].filter(Boolean).join(" ");
  if (type === "visibility") return detail.state === "hidden" ? "Tab hidden" : "Tab shown";
  if (!(type in EVENTS)) return [label ? `${type} “${label}”` : type, properties(detail)].filter(Boolean).join(" — ");
  const verb = EVENTS[type] ?? type;
  if (label) return `${verb} “${label}”`;
  return element_id ? `${verb} ${element_id}` : verb.replace(/ (on|in)$/, "");
}

/** "items: 3, currency: EUR": plain values as they were sent. */
function properties(detail: Record<string, unknown>): string {
  return Object.entries(detail).map(([name, value]) => `${name}: ${String(value)}`).join(", ");
}

/** Of kinds that may be as they should and still cost a little: they must not read as "slow API" or "late first content". */
function minorName(type: string): string {
  return type === "slow_api" ? "short waits for calls" : type.startsWith("web_vital_") ? "web vitals" : signalName(type);
}

/** What the issue "smaller things" sums up: kinds with their counts, most frequent first. */
export function minorWords(evidence: Record<string, unknown>): string {
  const counts = new Map<string, number>();
  for (const [type, n] of Object.entries(evidence)) {
    if (typeof n === "number") counts.set(minorName(type), (counts.get(minorName(type)) ?? 0) + n);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name, n]) => `${name}${n < 2 ? "" : n === 2 ? ", twice" : `, ${count(n)} times`}`).join("; ");
}

/** The second line under an issue. */
export function issueDetail({ type, detail, evidence }: { type: string; detail: string; evidence: Record<string, unknown> }): string {
  return type === "minor" ? minorWords(evidence) : detail;
}

/** "Loops, forms and scrolling are not judged yet."; empty when every cause is measured. */
export function unjudgedWords(unmeasured: readonly Cause[]): string {
  const names = unmeasured.map((cause) => words.judged[cause]);
  const all = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}` : (names[0] ?? "");
  return all && `${all.charAt(0).toUpperCase()}${all.slice(1)} are not judged yet.`;
}

/** What a score could see: "web vital LCP, api latency"; empty when nothing is said. */
export function coverageWords(coverage: Record<string, unknown> | null): string {
  const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter((item) => typeof item === "string") : []);
  const all = [...list(coverage?.measured), ...list(coverage?.not_measured)];
  const measured = list(coverage?.measured);
  const vitals = measured.filter((name) => name.startsWith("web_vital"));
  const others = measured.filter((name) => !name.startsWith("web_vital")).map((name) => (name === "api_latency" ? "APIs" : name.replaceAll("_", " ")));
  const ofVitals = all.filter((name) => name.startsWith("web_vital")).length;
  return ["screens", "errors", ...others, ofVitals ? `${vitals.length} of ${ofVitals} vitals` : ""].filter(Boolean).join(", ");
}

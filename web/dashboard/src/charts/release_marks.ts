// Where releases begin on a line over time: dashed lines with tags, the same on every chart.
import { dateTime } from "../format";
import type { Tokens } from "../theme";
import type { ReleaseStart } from "../types";
import { overviewWords } from "../overview_words";

/** Tags of releases nearer to each other than this share of the width would lie over one another: they become one. */
const TAG_SHARE = 0.12;
const MAX_TAG = 14;

/** Tooltips are HTML, and a release is whatever a site calls it. */
function escaped(text: string): string {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML;
}

/** `data` of a markLine: a dashed line where a release begins, ember for the one that a finding names (`worse`); the tag
 * stands above it. `times`: the starts of all buckets. */
export function releaseMarks(times: readonly string[], releases: readonly ReleaseStart[], worse: string | undefined, t: Tokens) {
  const places = releases.map(({ at }) => times.indexOf(at));
  const isNear = (i: number, j: number) => Math.abs((places[i] ?? 0) - (places[j] ?? 0)) < TAG_SHARE * times.length;
  let group: string[] = [];
  return releases.map(({ release, at }, i) => {
    group.push(release.length > MAX_TAG ? `${release.slice(0, MAX_TAG - 1)}…` : release);
    const tag = i + 1 < releases.length && isNear(i, i + 1) ? "" : group.length > 2 ? `${group[0]} +${group.length - 1}` : group.join(", ");
    if (tag) group = [];
    const color = release === worse ? t.hurt : t.ink3;
    const isLate = (places[i] ?? 0) > (1 - TAG_SHARE) * times.length;
    return { xAxis: at, lineStyle: { color, width: 1, type: [3, 3] }, label: { formatter: tag, color: release === worse ? t.hurt : t.ink2, position: "end" as const, distance: 4, align: isLate ? ("right" as const) : ("center" as const) } };
  });
}

function begunAt(at: string, releases: readonly ReleaseStart[]): string[] {
  return releases.filter((one) => one.at === at).map(({ release }) => release);
}

/** A line of a tooltip, as HTML; empty where none begins. */
export function releaseNote(at: string, releases: readonly ReleaseStart[]): string {
  const began = begunAt(at, releases).map(escaped);
  return began.length > 0 ? `<br>${overviewWords.began(began.join(", "))}` : "";
}

/** For tables. */
export function releasesAt(at: string, releases: readonly ReleaseStart[]): string {
  return begunAt(at, releases).join(", ");
}

/** For what is read aloud. */
export function releaseSentences(releases: readonly ReleaseStart[]): string[] {
  return releases.map(({ release, at }) => `${overviewWords.began(release)}: ${dateTime(at)}.`);
}

// Says when the page under the heat is not the page that all of its visitors had.
import { IconAlertTriangle } from "@tabler/icons-react";
import { dateTime } from "../format";
import { heat } from "../heat_words";
import type { HeatChange, HeatDrift, HeatPage } from "../types";

/** A page recorded this much before the newest view is called old. */
const OLD_MS = 86_400_000;

/** The sentences, the one on the recorded page first; none where nothing is wrong. */
export function driftWords(drift: HeatDrift, page: HeatPage | undefined): string[] {
  const takenAt = page?.taken_at ? new Date(page.taken_at).getTime() : null;
  const newestAt = drift.newest_view_at ? new Date(drift.newest_view_at).getTime() : null;
  const isOld = takenAt !== null && newestAt !== null && newestAt - takenAt > OLD_MS;
  const said = drift.changes.map((change) => changeWords(change, takenAt));
  return isOld && page?.taken_at && drift.newest_view_at ? [heat.drift.old(dateTime(page.taken_at), dateTime(drift.newest_view_at)), ...said] : said;
}

function changeWords(change: HeatChange, takenAt: number | null): string {
  const { height, gone, appeared, since, drawn } = heat.drift;
  const parts = [
    change.page_px !== null && change.page_px_before !== null && height(change.page_px_before, change.page_px),
    change.gone.length > 0 && gone(change.gone),
    change.appeared.length > 0 && appeared(change.appeared),
  ].filter((part) => typeof part === "string");
  const drawnOn = takenAt === null ? "" : ` ${drawn(takenAt < new Date(change.at).getTime())}`;
  return `${since(change.before, change.release, dateTime(change.at), parts.join("; "))}${drawnOn}`;
}

export function DriftNotice({ drift, page }: { drift: HeatDrift; page: HeatPage | undefined }) {
  const said = driftWords(drift, page);
  if (said.length === 0) return null;
  return (
    <div className="callout warn" role="note">
      <IconAlertTriangle size={18} stroke={1.7} aria-hidden="true" />
      <div>
        {said.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </div>
  );
}

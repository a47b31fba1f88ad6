// The meter: how far Mien is behind and whether anything was lost. Always there; opens the figures in words.
import { IconClockExclamation, IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { UnstyledButton } from "../controls/button";
import { Popover } from "../controls/popover";
import { usePeriod, useProject, useSearchState } from "../place";
import { freshnessQuery } from "../queries";
import { kept } from "../search";
import type { Arrivals } from "../types";
import { words } from "../words";

/** Under this the delay is normal and stays grey (visual.md 3). */
const LATE_S = 60;

function tone(now: Arrivals | undefined): "fresh" | "late" | "lost" {
  if (!now) return "late";
  if (now.lost_batches > 0) return "lost";
  return now.behind_s >= LATE_S ? "late" : "fresh";
}

function short(now: Arrivals | undefined): string {
  if (!now) return words.meter.unknown;
  if (now.lost_batches > 0) return words.meter.lostShort(now.lost_batches);
  if (now.behind_s >= LATE_S) return words.meter.behindShort(now.behind_s);
  return `${words.meter.fresh(now.behind_s)}, ${words.meter.lostNothing}`;
}

export function Meter() {
  const { data, isPending } = useQuery(freshnessQuery(useProject(), usePeriod()));
  if (isPending) return null;
  return (
    <Popover position="bottom-end" width={320}>
      <Popover.Target>
        <UnstyledButton className={`meter ${tone(data)}`} aria-label={`${words.meter.title}: ${short(data)}`}>
          <span className="meter-dot" aria-hidden="true" />
          <span className="wide-only">{short(data)}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>{data && <Figures now={data} />}</Popover.Dropdown>
    </Popover>
  );
}

function Figures({ now }: { now: Arrivals }) {
  return (
    <div className="meter-figures">
      <h2>{words.meter.title}</h2>
      {now.behind_s >= LATE_S ? (
        <p className="callout warn">
          <IconClockExclamation size={18} stroke={1.7} aria-hidden="true" />
          {words.meter.behind(now.behind_s, now.queued)}
        </p>
      ) : (
        <p>{words.meter.fresh(now.behind_s)}.</p>
      )}
      {now.lost_batches > 0 ? (
        <p className="callout hurt">
          <IconPlugConnectedX size={18} stroke={1.7} aria-hidden="true" />
          {words.meter.lost(now.lost_batches, now.received_batches)}
        </p>
      ) : (
        <p>{words.meter.whole(now.received_batches)}</p>
      )}
      {now.dropped_items > 0 && <p>{words.meter.dropped(now.dropped_items)}</p>}
      <p>
        <Link to="/p/$project/system" params={{ project: useProject() }} search={kept(useSearchState())} className="number-link">
          {words.meter.system}
        </Link>
      </p>
      <p className="quiet">{words.meter.asOf(new Date(now.as_of).toLocaleTimeString("en-GB"))}</p>
    </div>
  );
}

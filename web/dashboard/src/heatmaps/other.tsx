// A second segment beside the page's own: built with the builder of segments, kept in the address as a query of its own.
import { IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { Button, CloseButton } from "../controls/button";
import { Popover } from "../controls/popover";
import { heat } from "../heat_words";
import { Blocks } from "../parts/states";
import { useChangeSearch, useSearchState } from "../place";
import { parseSearch, readQuery, SEGMENT, writeQuery, type Search } from "../search";
import { conditionsOf } from "../segment/conditions";
import { useElementNames } from "../segment/element_names";
import { segmentWords } from "../segment_words";

const Builder = lazy(() => import("../segment/builder"));

/** The second segment, without conditions everybody; null where nothing is compared with one. */
export function otherOf({ against, other = "" }: Search): Search | null {
  if (against !== "segment") return null;
  const read = parseSearch(readQuery(other));
  return Object.fromEntries(SEGMENT.filter((name) => read[name] !== undefined).map((name) => [name, read[name]]));
}

export function writeOther(other: Search): string | undefined {
  return writeQuery(Object.fromEntries(SEGMENT.map((name) => [name, other[name]]))).slice(1) || undefined;
}

export function OtherButton() {
  const { against } = useSearchState();
  const change = useChangeSearch();
  const isOn = against === "segment";
  return (
    <Button className="heat-compare" leftSection={<IconUsersGroup size={16} stroke={1.7} />} aria-pressed={isOn} onClick={() => change({ against: isOn ? undefined : "segment", other: undefined })}>
      {isOn ? heat.compareOff : heat.compareOther}
    </Button>
  );
}

/** Its conditions, each to be taken away, and the builder for one more. */
export function OtherSegment({ other }: { other: Search }) {
  const change = useChangeSearch();
  const [isOpen, setOpen] = useState(false);
  const conditions = conditionsOf(other, useElementNames(other));
  const take = (part: Search) => change({ other: writeOther({ ...other, ...part }) });
  return (
    <div className="heat-other" role="group" aria-label={heat.other.label}>
      <span className="joint">{heat.other.comparedWith}</span>
      {conditions.length === 0 && <span className="chip plain">{heat.other.everyone}</span>}
      {conditions.map(({ key, name, drop }) => (
        <span key={key} className="chip">
          {name}
          <CloseButton size={22} aria-label={segmentWords.remove(name)} onClick={() => take(drop)} />
        </span>
      ))}
      <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width="min(380px, calc(100vw - 24px))">
        <Popover.Target>
          <Button leftSection={<IconPlus size={15} stroke={1.7} />} onClick={() => setOpen(!isOpen)}>
            {heat.other.add}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className="bare">
          <Suspense fallback={<Blocks blocks={[["100%", 280]]} />}>
            <Builder onDone={() => setOpen(false)} of={other} onTake={take} />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

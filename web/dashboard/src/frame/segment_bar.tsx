// The segment in the frame: the button that adds a condition, and the row of conditions under the top bar.
import { IconFilter } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { Button } from "../controls/button";
import { Popover } from "../controls/popover";
import { Blocks } from "../parts/states";
import { useIsOnList, useSearchState } from "../place";
import { SEGMENT } from "../search";
import { words } from "../words";
import { whenOpened } from "./openers";

const Builder = lazy(() => import("../segment/builder"));
const SegmentChips = lazy(() => import("../segment/chips"));
export function FilterButton() {
  const [opened, setOpened] = useState(false);
  useEffect(() => whenOpened("builder", () => setOpened(true)), []);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width="min(380px, calc(100vw - 24px))">
      <Popover.Target>
        <Button className="filter-button" leftSection={<IconFilter size={16} stroke={1.7} />} aria-label={words.frame.filterTitle} onClick={() => setOpened(!opened)}>
          <span className="wide-only">{words.frame.filter}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="bare">
        {opened && (
          <Suspense fallback={<Blocks blocks={[["100%", 280]]} />}>
            <Builder onDone={() => setOpened(false)} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Nothing without a condition, nor on the list of sessions, whose own sentence holds them; the row keeps its height while its
 * words load. */
export function SegmentBar() {
  const search = useSearchState();
  const isOnList = useIsOnList();
  if (isOnList || !SEGMENT.some((name) => search[name] !== undefined)) return null;
  return (
    <div className="segment-bar" role="group" aria-label={words.frame.segment}>
      <Suspense fallback={null}>
        <SegmentChips />
      </Suspense>
    </div>
  );
}

// The segment in the frame: the button that adds a condition, and the row of conditions under the top bar.
import { IconFilter } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { Button } from "../controls/button";
import { useIsOnList, useSearchState } from "../place";
import { SEGMENT } from "../search";
import { BuilderButton } from "../segment/builder_button";
import { words } from "../words";
import { whenOpened } from "./openers";

const SegmentChips = lazy(() => import("../segment/chips"));
export function FilterButton() {
  const [opened, setOpened] = useState(false);
  useEffect(() => whenOpened("builder", () => setOpened(true)), []);
  return (
    <BuilderButton opened={opened} onChange={setOpened}>
      <Button className="filter-button" leftSection={<IconFilter size={16} stroke={1.7} />} aria-label={words.frame.filterTitle} onClick={() => setOpened(!opened)}>
        <span className="wide-only">{words.frame.filter}</span>
      </Button>
    </BuilderButton>
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

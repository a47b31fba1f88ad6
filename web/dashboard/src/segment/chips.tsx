// The segment under the top bar: each condition as a chip that can be taken away.
import { Fragment } from "react";
import { Button, CloseButton } from "../controls/button";
import { useChangeSearch, useSearchState } from "../place";
import { SEGMENT } from "../search";
import { segmentWords } from "../segment_words";
import { conditionsOf } from "./conditions";
import { useElementNames } from "./element_names";

export default function SegmentChips() {
  const change = useChangeSearch();
  const search = useSearchState();
  const conditions = conditionsOf(search, useElementNames(search));
  return (
    <>
      <span className="joint">{segmentWords.only}</span>
      {conditions.map(({ key, name, drop }, index) => (
        <Fragment key={key}>
          {index > 0 && <span className="joint">{segmentWords.and}</span>}
          <span className="chip">
            {name}
            <CloseButton size={22} aria-label={segmentWords.remove(name)} onClick={() => change(drop)} />
          </span>
        </Fragment>
      ))}
      {conditions.length > 1 && (
        <Button className="segment-clear" onClick={() => change(Object.fromEntries(SEGMENT.map((key) => [key, undefined])))}>
          {segmentWords.clear}
        </Button>
      )}
    </>
  );
}

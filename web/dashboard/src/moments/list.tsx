// The moments, newest first, each in one cautious sentence with its evidence. J and K move, Enter opens its second.
import { useRef } from "react";
import { Button } from "../controls/button";
import { clock, dateTime } from "../format";
import { Breakable } from "../parts/breakable";
import { DeviceIcon } from "../parts/device_icon";
import { MomentLine } from "../parts/glyphs";
import { momentEvidence, momentName } from "../parts/moment_said";
import { LongRows, type LongRowsHandle, type RowPlace } from "../parts/long_rows";
import { useRowKeys } from "../parts/row_keys";
import { ScoreMark } from "../parts/score_mark";
import { SessionLink, useSearchState } from "../place";
import { kept } from "../search";
import type { MomentLineRow } from "../types";
import { momentsWords } from "../moments_words";
import { sessionsWords } from "../sessions_words";

interface ListProps {
  rows: readonly MomentLineRow[];
  stale: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
}

export function MomentRows({ rows, stale, hasMore, isLoadingMore, onMore }: ListProps) {
  const list = useRef<LongRowsHandle>(null);
  useRowKeys(list, rows.length);
  return (
    <section className={`card table-card ${stale ? "stale" : ""}`} aria-label={momentsWords.title} aria-busy={stale}>
      <LongRows as="ol" className="moment-rows" ref={list} rows={rows} total={hasMore ? -1 : rows.length} keyOf={keyOf} height={84}>
        {(row, place) => <Row row={row} place={place} />}
      </LongRows>
      <footer className="table-foot">
        <span aria-live="polite">{momentsWords.shown(rows.length)}</span>
        {hasMore && (
          <Button loading={isLoadingMore} onClick={onMore}>
            {momentsWords.more}
          </Button>
        )}
        <span className="keys wide-only">
          <kbd>J</kbd> <kbd>K</kbd> {sessionsWords.keys.move}, <kbd>Enter</kbd> {sessionsWords.keys.open}
        </span>
      </footer>
    </section>
  );
}

function keyOf(row: MomentLineRow): string {
  return `${row.session_id} ${row.at_ms} ${row.emotion}`;
}

function Row({ row, place }: { row: MomentLineRow; place: RowPlace }) {
  const search = kept(useSearchState());
  return (
    <li {...place}>
      <MomentLine emotion={row.emotion} size={28} />
      <span className="moment-said">
        <SessionLink sessionId={row.session_id} search={{ ...search, t: row.at_ms / 1000 }} className="row-link" label={`${momentName(row)}. ${momentsWords.open}`}>
          {momentName(row)}
        </SessionLink>
        {row.evidence.length > 0 && <span className="moment-evidence" title={row.sentence}>{momentEvidence(row)}</span>}
        <small>
          <Breakable name={row.screen ?? momentsWords.unknownScreen} />, {momentsWords.at(clock(row.at_ms))}
        </small>
      </span>
      <span className="moment-session">
        {row.device_type && <DeviceIcon type={row.device_type} />} {dateTime(row.session_started_at)}
      </span>
      <ScoreMark score={row.score} band={row.score_band} isFinal />
    </li>
  );
}

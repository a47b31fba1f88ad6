// One session: replay, score, timeline, what happened around the playhead; all on one clock.
import "../styles/session.css";
import { useQuery } from "@tanstack/react-query";
import { useLocation, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from "react";
import { ApiError } from "../api";
import { dateTime, lengthWords } from "../format";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { DeviceIcon } from "../parts/device_icon";
import { Blocks, SlowNote } from "../parts/states";
import { Missing } from "../parts/missing";
import { listSearch } from "../list_search";
import { SessionsLink, useChangeSearch, useProject, useSearchState } from "../place";
import { fetchReplay, sessionQuery } from "../queries";
import { DEVICE } from "../search";
import { Around } from "../session/around";
import { useClock } from "../session/clock";
import { CopyLink } from "../session/copy_link";
import { Lit } from "../session/lit";
import { MomentNow, Moments } from "../session/moments";
import { noteWords } from "../session/note_words";
import { Onward } from "../session/onward";
import { Others } from "../session/others";
import { Panel } from "../session/panel";
import { Player, type ReplaySource, type Viewing } from "../session/player";
import { Stage } from "../session/stage";
import { stepTimes } from "../session/steps";
import { Timeline } from "../session/timeline";
import { opensAtMs } from "../session/worst";
import { WorstButton } from "../session/worst_button";
import type { SessionPage } from "../types";
import { sessionWords } from "../session_words";
import { words } from "../words";

const Notes = lazy(() => import("../session/notes"));

/** A visit shorter than this is drawn as if it lasted that long. */
const LEAST_LENGTH_MS = 1_000;

export function Page() {
  const slug = useProject();
  const { sessionId } = useParams({ strict: false }) as { sessionId?: string };
  const { data, error, refetch } = useQuery(sessionQuery(slug, sessionId ?? ""));
  if (error instanceof ApiError && error.status === 404) return <Missing title={words.states.goneSession} text={words.states.goneSessionSub} />;
  if (data) return <Session key={data.session.session_id} page={data} />;
  return (
    <div className="page session">
      <header className="page-head">
        <h1>{words.nav.session}</h1>
      </header>
      <Answer to={{ data, error, refetch }} title={words.nav.session} waiting={<Loading />}>
        {() => null}
      </Answer>
    </div>
  );
}

/** One player for the session as long as its page is open; when the session grows, the player is told. */
function usePlayer(page: SessionPage, plays: Viewing | undefined): Player {
  const slug = useProject();
  const search = useSearchState();
  const source = useMemo(() => sourceOf(slug, page), [slug, page]);
  const [player] = useState(() => {
    const made = new Player(source, plays);
    const opensAt = search.t === undefined ? opensAtMs(page, listSearch(search)) : search.t * 1000;
    if (opensAt > 0) made.clock.set(Math.min(opensAt, source.durationMs));
    return made;
  });
  useEffect(() => player.extend(source), [player, source]);
  const begin = useEffectEvent(() => void (plays && player.play()));
  useEffect(() => begin(), [player]);
  return player;
}

function sourceOf(slug: string, { session, replay, events }: SessionPage): ReplaySource {
  const { session_id: sessionId } = session;
  return {
    startedAtMs: new Date(session.started_at).getTime(),
    durationMs: events.reduce((end, event) => Math.max(end, event.at_ms), Math.max(session.duration_ms, replay.last_at_ms ?? 0, LEAST_LENGTH_MS)),
    tabs: replay.tabs,
    deadClicksMs: events.filter((e) => e.type === "click" && e.answered === false).map((e) => e.at_ms),
    fetchChunks: (tab, after, signal) => fetchReplay(slug, sessionId, tab, after, signal),
  };
}

/** Writes the playhead into the address when it rests, so that a copied address shows the same second. */
function useTimeInAddress(player: Player): void {
  const { t } = useSearchState();
  const change = useChangeSearch();
  const restsAt = useClock(player.clock, 1000) / 1000;
  const isPlaying = useSyncExternalStore(player.subscribe, () => player.state.isPlaying);
  const write = useEffectEvent(() => {
    // A page that opened elsewhere is to open at its start again when that is where it was left.
    if (!isPlaying && restsAt !== (t ?? 0)) change({ t: restsAt || (t === undefined ? undefined : 0) }, true);
  });
  useEffect(() => {
    const timer = setTimeout(write, 600);
    return () => clearTimeout(timer);
  }, [restsAt, isPlaying]);
}

function Session({ page }: { page: SessionPage }) {
  // Only as it opens: later steps of the history, as of the playhead in the address, do not say it again.
  const [plays] = useState(useLocation({ select: ({ state }) => state.plays }));
  const player = usePlayer(page, plays);
  const [lit] = useState(() => new Lit());
  useTimeInAddress(player);
  const signalTimes = useMemo(() => [...new Set(page.signals.map((s) => s.at_ms))].sort((a, b) => a - b), [page.signals]);
  const eventTimes = useMemo(() => stepTimes(page), [page]);
  return (
    <div className="page session">
      <title>{`${page.session.title} · ${words.product}`}</title>
      <header className="page-head session-head">
        <div>
          <h1>{page.session.title}</h1>
          <Facts page={page} lengthMs={player.source.durationMs} />
        </div>
        <div className="session-ways">
          <WorstButton page={page} player={player} />
          <CopyLink player={player} />
        </div>
      </header>
      {page.session.lost_batches > 0 && <p className="callout hurt">{sessionWords.lost(page.session.lost_batches, page.lost_spans.length > 0)}</p>}
      <div className="session-top">
        <Stage player={player} screens={page.screens} signalTimes={signalTimes} eventTimes={eventTimes} note={<Onward player={player} sessionId={page.session.session_id} plays={plays !== undefined} />} />
        <MomentNow page={page} player={player} />
        <Panel page={page} player={player} lit={lit} />
      </div>
      <Timeline page={page} player={player} lit={lit} />
      <div className="grid three">
        <Moments page={page} player={player} />
        <Around page={page} player={player} />
        <Others page={page} />
      </div>
      <Suspense fallback={<Card title={noteWords.title} className="notes-card">{null}</Card>}>
        <Notes key={page.session.session_id} sessionId={page.session.session_id} player={player} />
      </Suspense>
    </div>
  );
}

/** Both names of a visitor where both are known: "ada@example.com (customer-17)". */
function visitor(user: SessionPage["session"]["user"]): string | null {
  if (user?.email && user.external_user_id && user.email !== user.external_user_id) return `${user.email} (${user.external_user_id})`;
  return user?.email ?? user?.external_user_id ?? null;
}

/** `lengthMs` is the player's, so that heading and player say the same. */
function Facts({ page: { session }, lengthMs }: { page: SessionPage; lengthMs: number }) {
  const device = session.device_type ? (words.device[session.device_type] ?? session.device_type) : null;
  const parts = [
    [device, session.browser, session.os, session.locale].filter(Boolean).join(", "),
    dateTime(session.started_at),
    `${lengthWords(lengthMs)}, ${sessionWords.screens(session.screen_count)}`,
  ].filter(Boolean);
  const { user, app_version: release } = session;
  const who = visitor(user);
  const id = user?.external_user_id ?? user?.email;
  return (
    <p className="facts">
      <DeviceIcon type={session.device_type} />
      {parts.map((part, index) => (
        <span key={index}>{part}</span>
      ))}
      {release && (
        <span>
          <SessionsLink search={{ release }}>{sessionWords.release(release)}</SessionsLink>
        </span>
      )}
      {who && <span>{who}</span>}
      {id && (
        <span>
          <SessionsLink search={{ user: id }}>{sessionWords.byVisitor}</SessionsLink>
        </span>
      )}
      {!user && session.device_id && (
        <span title={sessionWords.byDeviceWhy}>
          <SessionsLink search={{ user: DEVICE + session.device_id }}>{sessionWords.byDevice}</SessionsLink>
        </span>
      )}
    </p>
  );
}


/** The page's shape in grey, in its final sizes. */
function Loading() {
  return (
    <>
      <div className="session-top">
        <Card className="stage-card">
          <Blocks blocks={[["100%", 380]]} />
        </Card>
        <Card className="panel">
          <Blocks blocks={[["60%", 30], ["30%", 36], ["100%", 12], ["100%", 34], ["100%", 34], ["100%", 34]]} />
          <SlowNote />
        </Card>
      </div>
      <Card title={sessionWords.whole}>
        <Blocks blocks={[["100%", 260]]} />
      </Card>
    </>
  );
}

// Notes at a moment of the session: written at the playhead, listed by moment, each leads there. A chunk of its own.
import "../styles/notes.css";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent, type KeyboardEvent } from "react";
import { client, dataOf } from "../api";
import { Button } from "../controls/button";
import { clock, dateTime } from "../format";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { Ask, Outcome, useChange } from "../parts/form";
import { useProject } from "../place";
import { meQuery } from "../queries";
import type { Note } from "../types";
import { useClock } from "./clock";
import { noteWords } from "./note_words";
import type { Player } from "./player";

const MOST = 2000;
/** So long stands that a note was saved: it is not true of what is done next. */
const SAID_MS = 4_000;

function notesQuery(slug: string, session_id: string) {
  return queryOptions({ queryKey: ["notes", slug, session_id], queryFn: ({ signal }) => dataOf(client.GET("/api/projects/{slug}/sessions/{session_id}/notes", { params: { path: { slug, session_id } }, signal })) });
}

/** A random UUID (version 4), on pages without HTTPS too, where browsers have no `randomUUID`. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export default function Notes({ sessionId, player }: { sessionId: string; player: Player }) {
  const slug = useProject();
  return (
    <Card title={noteWords.title} sub={noteWords.sub} className="notes-card">
      <Answer to={useQuery(notesQuery(slug, sessionId))} blocks={[["100%", 20]]}>
        {({ notes }) =>
          notes.length ? (
            <ol className="notes">
              {notes.map((note) => (
                <Line key={note.note_id} note={note} sessionId={sessionId} player={player} />
              ))}
            </ol>
          ) : (
            <p className="quiet">{noteWords.none}</p>
          )
        }
      </Answer>
      <NewNote sessionId={sessionId} player={player} />
    </Card>
  );
}

function Line({ note, sessionId, player }: { note: Note; sessionId: string; player: Player }) {
  const slug = useProject();
  const me = useQuery(meQuery).data?.account;
  const path = { slug, session_id: sessionId, note_id: note.note_id };
  const remove = useChange(() => dataOf(client.DELETE("/api/projects/{slug}/sessions/{session_id}/notes/{note_id}", { params: { path } })), [["notes", slug, sessionId]]);
  const at = clock(note.at_ms);
  return (
    <li>
      <button type="button" className="time-link" aria-label={noteWords.go(at)} onClick={() => player.seek(note.at_ms)}>
        {at}
      </button>
      <div>
        <p className="note-text">{note.text}</p>
        <small>{noteWords.by(note.account, dateTime(note.made_at))}</small>
        <Outcome error={remove.error} />
      </div>
      {note.account === me && <Ask label={noteWords.remove(at)} question={noteWords.sure} yes={noteWords.yes} no={noteWords.no} isBusy={remove.isPending} onYes={() => remove.mutate(undefined)} />}
    </li>
  );
}

/** The moment is that of the playhead when one began to write; the id stays the same until it is saved, so that a repeat is one note. */
function NewNote({ sessionId, player }: { sessionId: string; player: Player }) {
  const slug = useProject();
  const now = useClock(player.clock, 1000);
  const [draft, setDraft] = useState<{ id: string; atMs: number } | null>(null);
  const [text, setText] = useState("");
  const atMs = Math.round(draft?.atMs ?? now);
  const save = useChange(
    (body: { note_id: string; at_ms: number; text: string }) => dataOf(client.POST("/api/projects/{slug}/sessions/{session_id}/notes", { params: { path: { slug, session_id: sessionId } }, body })),
    [["notes", slug, sessionId]],
    () => {
      setText("");
      setDraft(null);
    },
  );
  const { isSuccess, reset } = save;
  useEffect(() => {
    if (!isSuccess) return undefined;
    const timer = setTimeout(reset, SAID_MS);
    return () => clearTimeout(timer);
  }, [isSuccess, reset]);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() && !save.isPending) save.mutate({ note_id: draft?.id ?? newId(), at_ms: atMs, text });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
  };
  return (
    <form onSubmit={submit} className="note-form">
      <div className="field">
        <label htmlFor="note">{noteWords.label(clock(atMs))}</label>
        <textarea
          id="note" rows={2} maxLength={MOST} value={text} aria-describedby="note-hint" onKeyDown={keys}
          onChange={(event) => {
            if (!draft) setDraft({ id: newId(), atMs: player.clock.ms });
            if (event.currentTarget.value === "") setDraft(null);
            setText(event.currentTarget.value);
          }}
        />
        <small id="note-hint">{noteWords.hint}</small>
      </div>
      <Button type="submit" disabled={!text.trim()} loading={save.isPending}>
        {noteWords.save}
      </Button>
      <Outcome error={save.error} done={save.isSuccess && !text && noteWords.saved} />
    </form>
  );
}

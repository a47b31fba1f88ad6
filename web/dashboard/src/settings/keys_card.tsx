// The script tag with a live check, and the write keys.
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "../controls/button";
import { dateTime } from "../format";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { Ask, Check, Field, Outcome, useChange } from "../parts/form";
import { LocalNote } from "../parts/local_note";
import { useProject } from "../place";
import { liveCheckQuery } from "../queries";
import { settingsWords } from "../settings_words";
import type { WriteKey } from "../types";
import { Copy } from "./copy";
import { Listing } from "./listing";
import { keysQuery, makeKey, revokeKey } from "./queries";

export function ScriptCard() {
  return (
    <Card title={settingsWords.script} sub={settingsWords.scriptSub}>
      <Answer to={useQuery(liveCheckQuery(useProject()))} blocks={[["100%", 44]]}>
        {(data) => (
          <>
            {data.script ? (
              <>
                <div className="code-line">
                  <pre className="code" tabIndex={0}>{data.script}</pre>
                  <Copy text={data.script} />
                </div>
                <LocalNote script={data.script} />
              </>
            ) : (
              <p className="callout warn">{settingsWords.noKey}</p>
            )}
            <p role="status">{data.first_event_at ? settingsWords.arrived(dateTime(data.first_event_at), data.sessions) : settingsWords.listening}</p>
          </>
        )}
      </Answer>
    </Card>
  );
}

export function KeysCard() {
  const slug = useProject();
  const keys = useQuery(keysQuery(slug));
  return (
    <Card title={settingsWords.keys} sub={settingsWords.keysSub}>
      <Listing
        query={keys}
        heads={[{ text: settingsWords.key }, { text: settingsWords.label }, { text: settingsWords.kind, onPhone: false }, { text: settingsWords.made, onPhone: false }]}
        action={settingsWords.revoke}
        height={120}
      >
        {(data) => data.keys.map((key) => <Row key={key.write_key} row={key} />)}
      </Listing>
      <NewKey />
    </Card>
  );
}

function Row({ row }: { row: WriteKey }) {
  const slug = useProject();
  const revoke = useChange(() => revokeKey(slug, row.write_key), [["keys", slug], ["live-check", slug]]);
  const kind = row.revoked_at ? "revoked" : row.is_backfill ? "backfill" : "site";
  const named = row.label || `${row.write_key.slice(0, 9)}…`;
  return (
    <tr className={row.revoked_at ? "gone" : ""}>
      <td>
        <code>{row.write_key}</code>
      </td>
      <td>{row.label || "–"}</td>
      <td className="phone-gone">{settingsWords.kinds[kind]}</td>
      <td className="phone-gone">{dateTime(row.created_at)}</td>
      <td className="act">
        {row.revoked_at === null && <Ask label={settingsWords.revokeName(named)} question={settingsWords.revokeKey(named)} yes={settingsWords.revoke} no={settingsWords.keep} isBusy={revoke.isPending} onYes={() => revoke.mutate(undefined)} />}
        <Outcome error={revoke.error} />
      </td>
    </tr>
  );
}

function NewKey() {
  const slug = useProject();
  const [label, setLabel] = useState("");
  const [isBackfill, setBackfill] = useState(false);
  const make = useChange(() => makeKey(slug, label, isBackfill), [["keys", slug], ["live-check", slug]], () => setLabel(""));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(undefined);
  };
  return (
    <form onSubmit={submit} className="form">
      <div className="form-row">
        <Field label={settingsWords.label} value={label} maxLength={100} onChange={(event) => setLabel(event.currentTarget.value)} />
        <Button type="submit" loading={make.isPending}>
          {settingsWords.makeKey}
        </Button>
      </div>
      <Check label={settingsWords.backfill} checked={isBackfill} onChange={setBackfill} />
      <Outcome error={make.error} />
    </form>
  );
}

// Accounts, one's own password, and tokens: the same for all projects.
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "../controls/button";
import { dateTime } from "../format";
import { Card } from "../parts/card";
import { Ask, Field, Outcome, useChange } from "../parts/form";
import { meQuery } from "../queries";
import { settingsWords } from "../settings_words";
import type { TokenRow } from "../types";
import { Copy } from "./copy";
import { Listing } from "./listing";
import { accountsQuery, makeAccount, makeToken, removeAccount, revokeToken, setPassword, tokensQuery } from "./queries";

export function AccountsCard() {
  const accounts = useQuery(accountsQuery);
  return (
    <Card title={settingsWords.accounts} sub={settingsWords.accountsSub}>
      <Listing query={accounts} heads={[{ text: settingsWords.account }, { text: settingsWords.made }]} action={settingsWords.remove} height={90}>
        {(data) => data.accounts.map((row) => <AccountLine key={row.name} name={row.name} made={row.created_at} isMe={row.name === data.me} />)}
      </Listing>
      <NewAccount />
    </Card>
  );
}

function AccountLine({ name, made, isMe }: { name: string; made: string; isMe: boolean }) {
  const remove = useChange(() => removeAccount(name), [["accounts"]]);
  return (
    <tr>
      <td>
        {name} {isMe && <small>({settingsWords.you})</small>}
      </td>
      <td>{dateTime(made)}</td>
      <td className="act">
        {!isMe && <Ask label={settingsWords.removeName(name)} question={settingsWords.removeAccount(name)} yes={settingsWords.remove} no={settingsWords.keep} isBusy={remove.isPending} onYes={() => remove.mutate(undefined)} />}
        <Outcome error={remove.error} />
      </td>
    </tr>
  );
}

function NewAccount() {
  const [name, setName] = useState("");
  const [password, setGiven] = useState("");
  const make = useChange(() => makeAccount(name, password || null), [["accounts"]], () => {
    setName("");
    setGiven("");
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(undefined);
  };
  return (
    <form onSubmit={submit} className="form">
      <div className="form-row">
        <Field label={settingsWords.account} value={name} maxLength={100} required onChange={(event) => setName(event.currentTarget.value)} />
        <Field label={settingsWords.givenPassword} placeholder={settingsWords.givenHint} type="password" autoComplete="new-password" value={password} onChange={(event) => setGiven(event.currentTarget.value)} />
        <Button type="submit" loading={make.isPending}>
          {settingsWords.makeAccount}
        </Button>
      </div>
      <Outcome error={make.error} />
      {make.data?.password && (
        <p className="once" role="status">
          {settingsWords.password(make.data.name, make.data.password)} <Copy text={make.data.password} />
        </p>
      )}
    </form>
  );
}

export function PasswordCard() {
  const [present, setPresent] = useState("");
  const [fresh, setFresh] = useState("");
  // The login has ended with the change: the next question that is asked leads to the sign-in.
  const change = useChange(() => setPassword(present, fresh), [["accounts"]]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(undefined);
  };
  return (
    <Card title={settingsWords.own} sub={settingsWords.changeHint}>
      <form onSubmit={submit} className="form">
        <Field label={settingsWords.present} type="password" autoComplete="current-password" value={present} required onChange={(event) => setPresent(event.currentTarget.value)} />
        <Field label={settingsWords.fresh} type="password" autoComplete="new-password" minLength={8} value={fresh} required onChange={(event) => setFresh(event.currentTarget.value)} />
        <div>
          <Button type="submit" loading={change.isPending}>
            {settingsWords.change}
          </Button>
        </div>
        <Outcome error={change.error} />
      </form>
    </Card>
  );
}

export function TokensCard() {
  const tokens = useQuery(tokensQuery);
  return (
    <Card title={settingsWords.tokens} sub={settingsWords.tokensSub}>
      {tokens.data?.tokens.length === 0 ? (
        <p className="quiet">{settingsWords.noTokens}</p>
      ) : (
        <Listing query={tokens} heads={[{ text: settingsWords.label }, { text: settingsWords.forProject }, { text: settingsWords.made, onPhone: false }]} action={settingsWords.revoke} height={90}>
          {(data) => data.tokens.map((row) => <TokenLine key={row.token_id} row={row} />)}
        </Listing>
      )}
      <NewToken />
    </Card>
  );
}

function TokenLine({ row }: { row: TokenRow }) {
  const revoke = useChange(() => revokeToken(row.token_id), [["tokens"]]);
  const named = row.label || `#${row.token_id}`;
  return (
    <tr className={row.revoked_at ? "gone" : ""}>
      <td>{named}</td>
      <td>{row.slug ?? settingsWords.all}</td>
      <td className="phone-gone">{dateTime(row.created_at)}</td>
      <td className="act">
        {row.revoked_at ? (
          settingsWords.kinds.revoked
        ) : (
          <Ask label={settingsWords.revokeTokenName(named)} question={settingsWords.revokeToken(named)} yes={settingsWords.revoke} no={settingsWords.keep} isBusy={revoke.isPending} onYes={() => revoke.mutate(undefined)} />
        )}
        <Outcome error={revoke.error} />
      </td>
    </tr>
  );
}

function NewToken() {
  const projects = useQuery(meQuery).data?.projects ?? [];
  const [label, setLabel] = useState("");
  const [slug, setSlug] = useState("");
  const make = useChange(() => makeToken(label, slug || null), [["tokens"]], () => setLabel(""));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(undefined);
  };
  return (
    <form onSubmit={submit} className="form">
      <div className="form-row">
        <Field label={settingsWords.label} value={label} maxLength={100} required onChange={(event) => setLabel(event.currentTarget.value)} />
        <div className="field">
          <label htmlFor="token-project">{settingsWords.forProject}</label>
          <select id="token-project" value={slug} onChange={(event) => setSlug(event.currentTarget.value)}>
            <option value="">{settingsWords.all}</option>
            {projects.map((one) => (
              <option key={one.slug} value={one.slug}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
        <Button type="submit" loading={make.isPending}>
          {settingsWords.makeToken}
        </Button>
      </div>
      <Outcome error={make.error} />
      {make.data && (
        <p className="once" role="status">
          {settingsWords.tokenMade} <code>{make.data.token}</code> <Copy text={make.data.token} />
        </p>
      )}
    </form>
  );
}

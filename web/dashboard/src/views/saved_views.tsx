// Saved views: open one, give the present page a name, rename, delete. A chunk of its own.
import { IconBookmark, IconMapPin, IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { ActionIcon, Button } from "../controls/button";
import { Tooltip } from "../controls/tooltip";
import { Answer } from "../parts/answer";
import { Dialog } from "../parts/dialog";
import { Ask, Field, Outcome, useChange } from "../parts/form";
import { useProject } from "../place";
import { viewWords } from "../segment_words";
import { words } from "../words";
import type { SavedView } from "../types";
import { useOpenAddress } from "./open_address";
import { changeView, deleteView, presentAddress, saveView, viewsQuery } from "./queries";

export default function SavedViews({ onClose }: { onClose: () => void }) {
  const slug = useProject();
  return (
    <Dialog title={viewWords.title} onClose={onClose}>
      <SaveForm />
      <Answer to={useQuery(viewsQuery(slug))} blocks={[["100%", 40], ["100%", 40]]}>
        {({ views }) =>
          views.length ? (
            <ul className="view-list">
              {views.map((view) => (
                <Row key={view.view_id} view={view} onOpen={onClose} />
              ))}
            </ul>
          ) : (
            <p className="quiet">{viewWords.none}</p>
          )
        }
      </Answer>
      <p className="quiet">{viewWords.shared}</p>
    </Dialog>
  );
}

/** The page's name; what it shows is in the name that somebody gave it. */
function pageOf(address: string): string {
  const name = (words.nav as Record<string, unknown>)[address.split(/[/?]/)[1] ?? ""];
  return typeof name === "string" ? name : words.nav.overview;
}

function SaveForm() {
  const slug = useProject();
  const [name, setName] = useState("");
  const save = useChange(() => saveView(slug, name, presentAddress(slug)), [["views", slug]], () => setName(""));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <div className="form-row">
        <Field label={viewWords.name} value={name} maxLength={100} required onChange={(event) => setName(event.currentTarget.value)} />
        <Button type="submit" variant="filled" loading={save.isPending} disabled={!name.trim()} leftSection={<IconBookmark size={15} stroke={1.7} />}>
          {viewWords.save}
        </Button>
      </div>
      <Outcome error={save.error} done={save.isSuccess && viewWords.saved} />
    </form>
  );
}

function Row({ view, onOpen }: { view: SavedView; onOpen: () => void }) {
  const slug = useProject();
  const shows = [["views", slug]];
  const [name, setName] = useState<string | null>(null);
  const openAddress = useOpenAddress();
  const rename = useChange((to: string) => changeView(slug, view.view_id, { name: to }), shows, () => setName(null));
  const point = useChange(() => changeView(slug, view.view_id, { address: presentAddress(slug) }), shows);
  const remove = useChange(() => deleteView(slug, view.view_id), shows);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name?.trim()) rename.mutate(name);
  };
  if (name !== null) {
    return (
      <li>
        <form onSubmit={submit} className="form-row">
          <Field label={viewWords.name} value={name} maxLength={100} autoFocus onChange={(event) => setName(event.currentTarget.value)} />
          <Button type="submit" loading={rename.isPending}>
            {viewWords.done}
          </Button>
          <Outcome error={rename.error} />
        </form>
      </li>
    );
  }
  return (
    <li>
      <a
        href={`/p/${slug}${view.address}`}
        className="row-link"
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          openAddress(view.address);
          onOpen();
        }}
      >
        {view.name}
        <small title={view.address}>
          {pageOf(view.address)} · {viewWords.by(view.account)}
        </small>
      </a>
      <Outcome error={point.error ?? remove.error} />
      <Tooltip label={viewWords.replace(view.name)}>
        <ActionIcon aria-label={viewWords.replace(view.name)} loading={point.isPending} onClick={() => point.mutate(undefined)}>
          <IconMapPin size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={viewWords.rename(view.name)}>
        <ActionIcon aria-label={viewWords.rename(view.name)} onClick={() => setName(view.name)}>
          <IconPencil size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Ask label={viewWords.remove(view.name)} question={viewWords.sure(view.name)} yes={viewWords.yes} no={viewWords.no} isBusy={remove.isPending} onYes={() => remove.mutate(undefined)} />
    </li>
  );
}

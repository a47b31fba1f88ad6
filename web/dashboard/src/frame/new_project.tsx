// The dialog that makes a project, a chunk of its own. It leads to the new one, which shows the tag for its site.
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { client, dataOf } from "../api";
import { Button } from "../controls/button";
import { newProjectWords } from "../new_project_words";
import { Dialog } from "../parts/dialog";
import { Field, Outcome, useChange } from "../parts/form";
import type { ProjectName } from "../types";

const makeProject = (name: string, slug: string) => dataOf(client.POST("/api/projects", { body: { name, slug: slug.trim() || null } }));

export default function NewProject({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [slug, setSlug] = useState("");
  const open = ({ slug: made }: ProjectName) => {
    onClose();
    void navigate({ to: "/p/$project", params: { project: made }, search: {} });
  };
  const make = useChange(() => makeProject(name, slug), [["me"]], open);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!make.isPending) make.mutate(undefined);
  };
  return (
    <Dialog title={newProjectWords.title} onClose={onClose}>
      <form onSubmit={submit} className="form">
        <p className="quiet">{newProjectWords.lead}</p>
        <Field label={newProjectWords.name} value={name} maxLength={100} required data-autofocus onChange={(event) => setName(event.currentTarget.value)} />
        <Field label={newProjectWords.slug} hint={newProjectWords.slugHint} value={slug} maxLength={40} autoCapitalize="none" onChange={(event) => setSlug(event.currentTarget.value)} />
        <div>
          <Button type="submit" variant="filled" loading={make.isPending} disabled={!name.trim()}>
            {newProjectWords.make}
          </Button>
        </div>
        <Outcome error={make.error} />
      </form>
    </Dialog>
  );
}

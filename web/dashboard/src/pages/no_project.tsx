// In place of a project's pages: there is no such project for this account.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Nothing } from "../parts/states";
import { useProject } from "../place";
import { meQuery } from "../queries";
import { words } from "../words";

export function Page() {
  const slug = useProject();
  const projects = useQuery(meQuery).data?.projects ?? [];
  return (
    <main className="alone">
      <title>{`${words.states.unknownProject(slug)} · ${words.product}`}</title>
      <Nothing title={words.states.unknownProject(slug)} text={projects.length ? words.states.unknownProjectSub : words.states.noProject}>
        {projects.length > 0 && (
          <ul className="project-links">
            {projects.map((p) => (
              <li key={p.slug}>
                <Link to="/p/$project" params={{ project: p.slug }} className="number-link">
                  {words.states.goTo(p.name)}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Nothing>
    </main>
  );
}

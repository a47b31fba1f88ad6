// The pages for addresses that lead nowhere.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useProject } from "../place";
import { meQuery } from "../queries";
import { words } from "../words";
import { Nothing } from "./states";

export function Missing() {
  return (
    <div className="alone">
      <Nothing title={words.states.notFound} text={words.states.notFoundSub}>
        <Link to="/" className="number-link">
          {words.states.home}
        </Link>
      </Nothing>
    </div>
  );
}

/** In place of a project's pages: there is no such project for this account. */
export function NoSuchProject() {
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

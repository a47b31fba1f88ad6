// The ways between pages: the side bar (a rail of icons on tablets) and the tab bar on phones; both from PAGES.
import { Menu, Tooltip, UnstyledButton } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PAGES } from "../pages";
import { Logo } from "../parts/glyphs";
import { useProject, useSearchState } from "../place";
import { meQuery } from "../queries";
import { kept } from "../search";
import { words } from "../words";

function PageLinks({ className }: { className: string }) {
  const project = useProject();
  const search = kept(useSearchState());
  return (
    <ul className={className}>
      {PAGES.map(({ path, title, icon: PageIcon }) =>
        PageIcon ? (
          <li key={path}>
            <Tooltip label={title} position="right" disabled={className !== "nav-links"} classNames={{ tooltip: "rail-tooltip" }}>
              <Link to={`/p/$project${path === "/" ? "" : path}`} params={{ project }} search={search} activeOptions={{ exact: path === "/", includeSearch: false }}>
                <PageIcon size={18} stroke={1.7} aria-hidden="true" />
                <span>{title}</span>
              </Link>
            </Tooltip>
          </li>
        ) : null,
      )}
    </ul>
  );
}

export function SideBar() {
  return (
    <div className="side-bar">
      <div className="side-logo">
        <Logo />
      </div>
      <ProjectSwitch />
      <nav aria-label={words.nav.label}>
        <PageLinks className="nav-links" />
      </nav>
    </div>
  );
}

export function TabBar() {
  return (
    <nav className="tab-bar" aria-label={words.nav.label}>
      <PageLinks className="tab-links" />
    </nav>
  );
}

function ProjectSwitch() {
  const slug = useProject();
  const projects = useQuery(meQuery).data?.projects ?? [];
  const current = projects.find((p) => p.slug === slug);
  return (
    <Menu position="bottom-start" width={212}>
      <Menu.Target>
        <UnstyledButton className="project-switch" aria-label={`${words.nav.project}: ${current?.name ?? slug}`}>
          <span className="project-name">{current?.name ?? slug}</span>
          <span className="project-initial" aria-hidden="true">
            {(current?.name ?? slug).slice(0, 1).toUpperCase()}
          </span>
          <IconChevronDown size={15} stroke={1.7} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <ProjectItems />
      </Menu.Dropdown>
    </Menu>
  );
}

/** One menu entry per project; also in the account menu, which is all that a phone shows. */
export function ProjectItems() {
  const slug = useProject();
  const search = kept(useSearchState());
  const projects = useQuery(meQuery).data?.projects ?? [];
  return projects.map((p) => (
    <Menu.Item
      key={p.slug}
      renderRoot={(props) => <Link to="/p/$project" params={{ project: p.slug }} search={search} {...props} />}
      rightSection={p.slug === slug ? <IconCheck size={15} stroke={1.7} /> : null}
    >
      {p.name}
    </Menu.Item>
  ));
}

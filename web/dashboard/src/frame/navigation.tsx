// The ways between pages: the side bar (a rail of icons on tablets) and the tab bar on phones; both from PAGES.
import { IconCheck, IconChevronDown, IconDots, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { UnstyledButton } from "../controls/button";
import { Menu } from "../controls/menu";
import { Tooltip } from "../controls/tooltip";
import { GROUPS, PAGES, type Group, type PageEntry } from "../pages";
import { Logo } from "../parts/glyphs";
import { useProject, useSearchState } from "../place";
import { meQuery } from "../queries";
import { kept, periodOf } from "../search";
import type { ProjectName } from "../types";
import { zone } from "../format";
import { words } from "../words";
import { open } from "./openers";

function PageLink({ page, isRail }: { page: PageEntry; isRail: boolean }) {
  const project = useProject();
  const search = kept(useSearchState());
  const PageIcon = page.icon ?? IconDots;
  return (
    <li>
      <Tooltip label={page.title} position="right" disabled={!isRail} className="rail-tooltip">
        <Link to={addressOf(page)} params={{ project }} search={search} activeOptions={{ exact: page.path === "/", includeSearch: false }}>
          <PageIcon size={18} stroke={1.7} aria-hidden="true" />
          <span>{page.title}</span>
        </Link>
      </Tooltip>
    </li>
  );
}

/** The address of a page, for the router. */
export function addressOf({ path }: PageEntry): string {
  return `/p/$project${path === "/" ? "" : path}`;
}

/** The pages of the navigation, those of a group together. Without a group: where pages explain. */
export function pagesOf(group: Group): PageEntry[] {
  return PAGES.filter((page) => page.icon && (page.group ?? "explain") === group);
}

export function SideBar() {
  return (
    <div className="side-bar">
      <div className="side-logo">
        <Logo />
      </div>
      <ProjectSwitch />
      <nav aria-label={words.nav.label}>
        {GROUPS.map((group) => (
          <div key={group} className={`nav-group ${group}`}>
            {(group === "watch" || group === "explain") && <h2 className="nav-title">{words.nav.groups[group]}</h2>}
            <ul className="nav-links">
              {pagesOf(group).map((page) => (
                <PageLink key={page.path} page={page} isRail />
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <p className="side-zone">{words.frame.zone(zone())}</p>
    </div>
  );
}

export function TabBar() {
  const project = useProject();
  const search = kept(useSearchState());
  const pages = GROUPS.flatMap(pagesOf);
  return (
    <nav className="tab-bar" aria-label={words.nav.label}>
      <ul className="tab-links">
        {pages.filter((page) => page.tab).map((page) => (
          <PageLink key={page.path} page={page} isRail={false} />
        ))}
        <li>
          <Menu position="top-end" width={200}>
            <Menu.Target>
              <UnstyledButton className="tab-more">
                <IconDots size={18} stroke={1.7} aria-hidden="true" />
                <span>{words.nav.more}</span>
              </UnstyledButton>
            </Menu.Target>
            <Menu.Dropdown>
              {pages.filter((page) => !page.tab).map((page) => {
                const PageIcon = page.icon ?? IconDots;
                return (
                  <Menu.Item key={page.path} leftSection={<PageIcon size={17} stroke={1.7} />} renderRoot={(props) => <Link to={addressOf(page)} params={{ project }} search={search} {...props} />}>
                    {page.title}
                  </Menu.Item>
                );
              })}
            </Menu.Dropdown>
          </Menu>
        </li>
      </ul>
    </nav>
  );
}

/** Which project one is in, and the way to another; in the side bar, and on phones over the top bar. */
export function ProjectSwitch({ width = 212 }: { width?: number }) {
  const slug = useProject();
  const projects = useQuery(meQuery).data?.projects ?? [];
  const current = projects.find((p) => p.slug === slug);
  return (
    <Menu position="bottom-start" width={width}>
      <Menu.Target>
        <UnstyledButton className="project-switch" aria-label={`${words.nav.project}: ${current?.name ?? slug}`}>
          <span className="project-label phone-only">{words.nav.project}:</span>{" "}
          <span className="project-name">{current?.name ?? slug}</span>
          <span className="project-initial" aria-hidden="true">
            {(current?.name ?? slug).slice(0, 1).toUpperCase()}
          </span>
          <IconChevronDown size={15} stroke={1.7} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <ProjectItems projects={projects} />
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={16} stroke={1.7} />} onClick={() => open("project")}>
          {words.frame.newProject}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The page of the navigation that is shown, or that what is shown hangs on: a session has no like in another project. */
export function usePageAddress(): string {
  const part = useLocation({ select: ({ pathname }) => pathname.split("/")[3] ?? "" });
  const page = PAGES.find(({ path, icon }) => icon && path === `/${part}`);
  return page ? addressOf(page) : "/p/$project";
}

function ProjectItems({ projects }: { projects: readonly ProjectName[] }) {
  const slug = useProject();
  const search = periodOf(useSearchState());
  const to = usePageAddress();
  return projects.map((p) => (
    <Menu.Item
      key={p.slug}
      renderRoot={(props) => <Link to={to} params={{ project: p.slug }} search={search} {...props} />}
      rightSection={p.slug === slug ? <IconCheck size={15} stroke={1.7} /> : null}
    >
      {p.name}
    </Menu.Item>
  ));
}

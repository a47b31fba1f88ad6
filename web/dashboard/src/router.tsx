// Addresses: /login, and per project /p/<project> with every entry of PAGES below it.
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, type ErrorComponentProps } from "@tanstack/react-router";
import { ApiError } from "./api";
import { Frame } from "./frame/frame";
import { PAGES } from "./pages";
import { Missing, MissingAlone } from "./parts/missing";
import { isLeftCode, Problem } from "./parts/states";
import { meQuery } from "./queries";
import { parseSearch, readQuery, writeQuery } from "./search";
import type { Me } from "./types";
import { words } from "./words";

interface RouterContext {
  queryClient: QueryClient;
}

const LAST_PROJECT = "mien-project";

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: MissingAlone,
  errorComponent: BrokenPage,
});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (raw: Record<string, unknown>): { next?: string } => ({ next: typeof raw.next === "string" ? raw.next : undefined }),
  component: lazyRouteComponent(() => import("./pages/login"), "Page"),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  component: Outlet,
  beforeLoad: async ({ context, location }) => ({ me: await whoIsIt(context.queryClient, location.href) }),
});

/** The signed-in account, or a detour over the login page that comes back to `address`. */
async function whoIsIt(queryClient: QueryClient, address: string): Promise<Me> {
  const toLogin = () => redirect({ to: "/login", search: address === "/" ? {} : { next: address } });
  try {
    const me = await queryClient.ensureQueryData(meQuery);
    if (me.account === null) throw toLogin();
    return me;
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 401) throw toLogin();
    throw failure;
  }
}

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  component: () => <Problem sentence={words.states.noProject} />,
  beforeLoad: ({ context }) => {
    const last = localStorage.getItem(LAST_PROJECT);
    const project = context.me.projects.find((p) => p.slug === last) ?? context.me.projects[0];
    if (project) throw redirect({ to: "/p/$project", params: { project: project.slug } });
  },
});

const project = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project",
  validateSearch: parseSearch,
  component: ProjectPages,
  notFoundComponent: () => <Missing />,
  beforeLoad: async ({ context, params }) => {
    const isIn = ({ projects }: Me) => projects.some((p) => p.slug === params.project);
    // It may have been made since the account was asked for.
    const isKnown = isIn(context.me) || isIn(await context.queryClient.fetchQuery({ ...meQuery, staleTime: 0 }));
    if (isKnown) localStorage.setItem(LAST_PROJECT, params.project);
    return { isKnown };
  },
});

const NoProject = lazyRouteComponent(() => import("./pages/no_project"), "Page");

function ProjectPages() {
  return project.useRouteContext().isKnown ? <Frame /> : <NoProject />;
}

const pages = PAGES.map((page) =>
  createRoute({ getParentRoute: () => project, path: page.path, component: lazyRouteComponent(page.load, "Page") }),
);

function BrokenPage({ error, reset }: ErrorComponentProps) {
  return (
    <main className="alone">
      {isLeftCode(error) ? (
        <Problem sentence={words.states.leftCode} onAgain={() => location.reload()} again={words.states.reload} />
      ) : (
        <Problem sentence={error instanceof ApiError ? error.message : words.states.crashed} onAgain={reset} />
      )}
    </main>
  );
}

export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([login, signedIn.addChildren([home, project.addChildren(pages)])]),
    context: { queryClient },
    parseSearch: readQuery,
    stringifySearch: writeQuery,
    scrollRestoration: true,
    defaultPreload: "intent",
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: MissingAlone,
  });
}

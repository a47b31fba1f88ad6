// The top bar: period, segment and saved views (on a session: the way back to its list), the meter, jump, colours, account.
import { IconBookmark, IconLogout, IconMoon, IconSearch, IconSun, IconSunMoon, IconUser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useLocation, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { ActionIcon, Button } from "../controls/button";
import { Menu } from "../controls/menu";
import { Tooltip } from "../controls/tooltip";
import { Logo } from "../parts/glyphs";
import { meQuery } from "../queries";
import { setScheme, useIsChosen, useScheme } from "../scheme";
import { zone } from "../format";
import { words } from "../words";
import { DeviceFilter } from "./device_filter";
import { Meter } from "./meter";
import { open } from "./openers";
import { PeriodControl } from "./period_control";
import { FilterButton } from "./segment_bar";
import { useSignOut } from "./sign_out";

const ListPlace = lazy(() => import("./list_place").then((m) => ({ default: m.ListPlace })));
const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** Pages about Mien itself: no period and no filter changes them, so none is offered there. */
const OF_MIEN = /^\/p\/[^/]+\/(settings|system)\/?$/;

export function TopBar() {
  const isOfMien = useLocation({ select: ({ pathname }) => OF_MIEN.test(pathname) });
  const { sessionId } = useParams({ strict: false }) as { sessionId?: string };
  return (
    <header className={isOfMien ? "top-bar of-mien" : "top-bar"}>
      <span className="top-logo">
        <Logo named={false} />
      </span>
      {sessionId ? (
        <Suspense fallback={null}>
          <ListPlace sessionId={sessionId} />
        </Suspense>
      ) : isOfMien ? null : (
        <>
          <PeriodControl />
          <DeviceFilter />
          <FilterButton />
          <ViewsButton />
        </>
      )}
      <div className="top-right">
        <Meter />
        <JumpButton />
        <SchemeSwitch />
        <AccountMenu />
      </div>
    </header>
  );
}

function ViewsButton() {
  return (
    <Button className="wide-only views-button" leftSection={<IconBookmark size={16} stroke={1.7} />} onClick={() => open("views")}>
      {words.frame.views}
    </Button>
  );
}

function JumpButton() {
  return (
    <Tooltip label={words.frame.jumpTitle}>
      <Button className="jump-button" onClick={() => open("palette")}>
        <IconSearch size={16} stroke={1.7} aria-hidden="true" />
        <span className="sr">{words.frame.jumpTitle}</span>
        <span className="wide-only" aria-hidden="true">
          {words.frame.jump} <kbd>{isApple ? "⌘" : "Ctrl "}K</kbd>
        </span>
      </Button>
    </Tooltip>
  );
}

/** The colours as they are, what they would be, and the change between them. */
function useColours() {
  const scheme = useScheme();
  return { scheme, label: scheme === "light" ? words.frame.dark : words.frame.light, turn: () => setScheme(scheme === "light" ? "dark" : "light") };
}

function SchemeSwitch() {
  const { scheme, label, turn } = useColours();
  return (
    <Tooltip label={label}>
      <ActionIcon className="wide-only" aria-label={label} onClick={turn}>
        {scheme === "light" ? <IconMoon size={18} stroke={1.7} /> : <IconSun size={18} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  );
}

function AccountMenu() {
  const me = useQuery(meQuery).data;
  const { scheme, label, turn } = useColours();
  const isChosen = useIsChosen();
  const { signOut, problem } = useSignOut();
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label={words.frame.account}>
            <IconUser size={18} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {me?.account} · {words.frame.version(me?.version ?? "")} · {words.frame.zone(zone())}
          </Menu.Label>
          <div className="phone-only">
            <Menu.Item leftSection={<IconBookmark size={16} stroke={1.7} />} onClick={() => open("views")}>
              {words.frame.views}
            </Menu.Item>
            <Menu.Item leftSection={scheme === "light" ? <IconMoon size={16} stroke={1.7} /> : <IconSun size={16} stroke={1.7} />} onClick={turn}>
              {label}
            </Menu.Item>
          </div>
          {isChosen && (
            <Menu.Item leftSection={<IconSunMoon size={16} stroke={1.7} />} onClick={() => setScheme(null)}>
              {words.frame.asSystem}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={signOut}>
            {words.frame.signOut}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {problem}
    </>
  );
}

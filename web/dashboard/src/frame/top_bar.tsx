// The top bar: period and device (on a session: the way back to its list), the meter, colours, account.
import { ActionIcon, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconLogout, IconMoon, IconSun, IconUser } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { client } from "../api";
import { Logo } from "../parts/glyphs";
import { meQuery } from "../queries";
import { words } from "../words";
import { DeviceFilter } from "./device_filter";
import { ListPlace } from "./list_place";
import { Meter } from "./meter";
import { ProjectItems } from "./navigation";
import { PeriodControl } from "./period_control";
import { FilterButton } from "./segment_bar";

export function TopBar() {
  const { sessionId } = useParams({ strict: false }) as { sessionId?: string };
  return (
    <header className="top-bar">
      <span className="top-logo">
        <Logo named={false} />
      </span>
      {sessionId ? (
        <ListPlace sessionId={sessionId} />
      ) : (
        <>
          <PeriodControl />
          <DeviceFilter />
          <FilterButton />
        </>
      )}
      <div className="top-right">
        <Meter />
        <SchemeSwitch />
        <AccountMenu />
      </div>
    </header>
  );
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const scheme = useComputedColorScheme("light");
  const label = scheme === "light" ? words.frame.dark : words.frame.light;
  return (
    <Tooltip label={label}>
      <ActionIcon color="gray" aria-label={label} onClick={() => setColorScheme(scheme === "light" ? "dark" : "light")}>
        {scheme === "light" ? <IconMoon size={18} stroke={1.7} /> : <IconSun size={18} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  );
}

function AccountMenu() {
  const me = useQuery(meQuery).data;
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const signOut = async () => {
    await client.POST("/api/logout");
    queryClient.clear();
    await navigate({ to: "/login" });
  };
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon color="gray" aria-label={words.frame.account}>
          <IconUser size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me?.account} · {words.frame.version(me?.version ?? "")}
        </Menu.Label>
        <div className="phone-only">
          <ProjectItems />
          <Menu.Divider />
        </div>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={() => void signOut()}>
          {words.frame.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

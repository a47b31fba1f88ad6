// Narrows every number of the page to one kind of device; part of the URL.
import { IconCheck, IconChevronDown, IconDevices } from "@tabler/icons-react";
import { Button } from "../controls/button";
import { Menu } from "../controls/menu";
import { DeviceIcon } from "../parts/device_icon";
import { useChangeSearch, useSearchState } from "../place";
import { DEVICES, type Device } from "../search";
import { words } from "../words";

export function DeviceFilter() {
  const { device } = useSearchState();
  const change = useChangeSearch();
  const label = device ? words.device[device] : words.frame.everyone;
  const item = (value: Device | undefined, text: string) => (
    <Menu.Item
      key={text}
      leftSection={<DeviceIcon type={value} />}
      rightSection={device === value ? <IconCheck size={15} stroke={1.7} /> : null}
      onClick={() => change({ device: value })}
    >
      {text}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-start" width={180}>
      <Menu.Target>
        <Button className="device-filter" aria-label={`${words.frame.device}: ${label}`} data-set={device !== undefined} leftSection={device ? <DeviceIcon type={device} /> : <IconDevices size={16} stroke={1.7} />}>
          <span className="wide-only">{label}</span>
          <IconChevronDown size={15} stroke={1.7} className="wide-only" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {item(undefined, words.frame.everyone)}
        {DEVICES.map((value) => item(value, words.device[value] ?? value))}
      </Menu.Dropdown>
    </Menu>
  );
}

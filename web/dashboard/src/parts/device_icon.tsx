import { IconDeviceDesktop, IconDeviceMobile, IconDevices, IconDeviceTablet, type Icon } from "@tabler/icons-react";

const ICONS: Record<string, Icon> = { desktop: IconDeviceDesktop, tablet: IconDeviceTablet, phone: IconDeviceMobile };

/** Outline of a kind of device; several devices when the kind is unknown. */
export function DeviceIcon({ type, size = 16 }: { type: string | null | undefined; size?: number }) {
  const Shape = ICONS[type ?? ""] ?? IconDevices;
  return <Shape size={size} stroke={1.7} aria-hidden="true" />;
}

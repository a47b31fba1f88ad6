// The switch of a chart between drawing and table.
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconChartLine, IconTable } from "@tabler/icons-react";
import { words } from "../words";

export function TableToggle({ asTable, onChange }: { asTable: boolean; onChange: (asTable: boolean) => void }) {
  const label = asTable ? words.overview.chart : words.overview.table;
  return (
    <Tooltip label={label}>
      <ActionIcon color="gray" size={28} aria-label={label} onClick={() => onChange(!asTable)}>
        {asTable ? <IconChartLine size={17} stroke={1.7} /> : <IconTable size={17} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  );
}

// The switch of a chart between drawing and table.
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconChartLine, IconTable } from "@tabler/icons-react";
import { overviewWords } from "../overview_words";

export function TableToggle({ asTable, onChange }: { asTable: boolean; onChange: (asTable: boolean) => void }) {
  const label = asTable ? overviewWords.chart : overviewWords.table;
  return (
    <Tooltip label={label}>
      <ActionIcon color="gray" size={28} aria-label={label} onClick={() => onChange(!asTable)}>
        {asTable ? <IconChartLine size={17} stroke={1.7} /> : <IconTable size={17} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  );
}

// The switch of a chart between drawing and table.
import { IconChartLine, IconTable } from "@tabler/icons-react";
import { ActionIcon } from "../controls/button";
import { Tooltip } from "../controls/tooltip";
import { overviewWords } from "../overview_words";

export function TableToggle({ asTable, onChange }: { asTable: boolean; onChange: (asTable: boolean) => void }) {
  const label = asTable ? overviewWords.chart : overviewWords.table;
  return (
    <Tooltip label={label}>
      <ActionIcon size={28} aria-label={label} onClick={() => onChange(!asTable)}>
        {asTable ? <IconChartLine size={17} stroke={1.7} /> : <IconTable size={17} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  );
}

// Sorting a list: the button in a column's head, and the menu where the heads do not fit.
import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import { Button, UnstyledButton } from "../controls/button";
import { Menu } from "../controls/menu";

export type Order = "asc" | "desc";

export function SortButton({ name, isSorted, order, onSort }: { name: string; isSorted: boolean; order: Order; onSort: () => void }) {
  const Arrow = order === "asc" ? IconArrowUp : IconArrowDown;
  return (
    <UnstyledButton className="sort-head" data-sorted={isSorted} onClick={onSort}>
      {name}
      {isSorted && <Arrow size={14} stroke={1.9} aria-hidden="true" />}
    </UnstyledButton>
  );
}

/** `names`: of the columns, in the order of the menu. */
export function SortMenu<Column extends string>({ label, names, sort, onSort }: { label: string; names: readonly (readonly [Column, string])[]; sort: Column; onSort: (column: Column) => void }) {
  return (
    <div className="phone-only sort-menu">
      <Menu position="bottom-end">
        <Menu.Target>
          <Button leftSection={<IconArrowsSort size={15} stroke={1.7} />}>
            {label} {names.find(([column]) => column === sort)?.[1].toLowerCase()}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {names.map(([column, name]) => (
            <Menu.Item key={column} onClick={() => onSort(column)}>
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

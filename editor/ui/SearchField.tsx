import { TextInput } from "@mantine/core";
import { IconSearch } from "./icons.ts";
import type { SearchPages } from "./use-search-pages.ts";

export function SearchField({ of, label, w }: { of: Pick<SearchPages, "search" | "setSearch">; label: string; w: number }) {
  return (
    <TextInput
      w={w}
      leftSection={<IconSearch size={14} />}
      placeholder={label}
      aria-label={label}
      value={of.search}
      onChange={(event) => of.setSearch(event.currentTarget.value)}
    />
  );
}

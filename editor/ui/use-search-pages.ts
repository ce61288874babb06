import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";

export type SearchPages = {
  /** Rows on a page. */
  size: number;
  offset: number;
  setOffset(offset: number): void;
  /** As it is typed. */
  search: string;
  setSearch(search: string): void;
  /** As it is asked for, a moment after the last letter. */
  settled: string;
};

/** A search over pages of rows: a new search, and a change of what else narrows the rows, begin at the first page. */
export function useSearchPages(size: number, narrowing: readonly unknown[] = []): SearchPages {
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, 250);
  const [offset, setOffset] = useState(0);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the caller names what narrows
  useEffect(() => setOffset(0), [settled, ...narrowing]);
  return { size, offset, setOffset, search, setSearch, settled };
}

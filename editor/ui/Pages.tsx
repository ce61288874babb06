import { Pagination } from "@mantine/core";
import type { SearchPages } from "./use-search-pages.ts";

/** Numbers of the pages, where there is more than one. */
export function Pages({ of: { size, offset, setOffset }, total }: { of: SearchPages; total: number }) {
  if (total <= size) return null;
  return <Pagination mt="md" size="sm" total={Math.ceil(total / size)} value={offset / size + 1} onChange={(next) => setOffset((next - 1) * size)} />;
}

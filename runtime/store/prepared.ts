import type { CompiledQuery } from "kysely";
import type { Query } from "./database.ts";

/** Stands for a value while a query is compiled. */
class Place {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

/**
 * A query that is built and compiled once, and asked with other values from then on. `build` must put its values into the query as
 * they are, and must not look at them: while it is compiled they are stand-ins.
 */
export function prepared<Values extends readonly unknown[], R>(build: (...values: Values) => Query<R>): (...values: Values) => Query<R> {
  let compiled: CompiledQuery<R> | undefined;
  return (...values) => {
    compiled ??= build(...(values.map((_value, index) => new Place(index)) as unknown as Values)).compile();
    const { query, queryId, sql, parameters } = compiled;
    const filled = parameters.map((value) => (value instanceof Place ? values[value.index] : value));
    return { compile: () => ({ query, queryId, sql, parameters: filled }) };
  };
}

/** The same for records: one compilation for each number of them. */
export function preparedRows<Row extends object, R>(
  columns: readonly (keyof Row & string)[],
  build: (rows: Row[]) => Query<R>,
): (rows: readonly Row[]) => Query<R> {
  const bySize = new Map<number, (...values: unknown[]) => Query<R>>();
  const rowAt = (values: unknown[], row: number) => Object.fromEntries(columns.map((column, i) => [column, values[row * columns.length + i]])) as Row;
  return (rows) => {
    const made = bySize.get(rows.length) ?? prepared((...values: unknown[]) => build(rows.map((_row, i) => rowAt(values, i))));
    if (bySize.size < KEPT_SIZES) bySize.set(rows.length, made);
    return made(...rows.flatMap((row) => columns.map((column) => row[column])));
  };
}

const KEPT_SIZES = 64;

/** Makes unique ids: sortable by time, URL-safe. */
export interface Ids {
  next(): string;
}

/** A counted event is over if it exceeds the limit; a check is over if the limit is reached. */
export const isOver = (count: number, limit: number, added: boolean): boolean => (added ? count > limit : count >= limit);

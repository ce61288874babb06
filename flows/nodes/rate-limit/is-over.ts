/** A counted event is over when it makes more than the limit; a look is over when no more fits. */
export const isOver = (count: number, limit: number, added: boolean): boolean => (added ? count > limit : count >= limit);

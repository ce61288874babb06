type Choices = readonly { key: string }[];

/**
 * The numbers of a scale in order: three or more keys 0, 1, 2 … or 1, 2, 3 … that all lead to one node. Nobody has to remember
 * them, and everybody expects 10 to start with 1.
 */
export function scaleOf(choices: Choices, exits: Readonly<Record<string, string>>): string[] {
  const figures = choices.map(({ key }) => key).filter((key) => /^(0|[1-9]\d?)$/.test(key));
  const run = figures.filter((key, index) => Number(key) === Number(figures[0]) + index);
  const to = exits[run[0] ?? ""];
  return run.length > 2 && Number(run[0]) < 2 && to !== undefined && run.every((key) => exits[key] === to) ? run : [];
}

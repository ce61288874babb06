import table from "./area-codes.json" with { type: "json" };

type Area = { state: string; zones: readonly string[] };

const areas = new Map<string, Area>(
  Object.values(table).flatMap((states) =>
    Object.entries(states).flatMap(([state, { zones, codes }]) => codes.split(" ").map((code): [string, Area] => [code, { state, zones }])),
  ),
);

const areaOf = (number: string): Area | undefined => (number.startsWith("+1") ? areas.get(number.slice(2, 5)) : undefined);

/** State or province of a number of the United States or Canada by its area code, "FL"; empty when it tells none. */
export const stateOf = (number: string): string => areaOf(number)?.state ?? "";

/** All zones of that state: area codes are split on borders of zones too rarely to trust one of them. */
export const zonesOfAreaCode = (number: string): readonly string[] => areaOf(number)?.zones ?? [];

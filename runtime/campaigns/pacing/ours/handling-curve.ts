import { binOf, hazardBins, hazardsOf, observe, type HazardBins } from "./hazard-bins.ts";

/** What talks and wrap-ups have taught about when an operator is free again. */
export type HandlingMemory = { talk: HazardBins; wrap: HazardBins };

const edges = [2, 4, 7, 11, 16, 23, 32, 44, 60, 80, 105, 140, 185, 245, 320, 420, 560, 740, 980];
const remembered = 2_000;
const usualTalkS = 120;
const usualWrapS = 15;

export const handlingMemory = (): HandlingMemory => ({ talk: hazardBins(edges), wrap: hazardBins(edges) });

export const talked = (memory: HandlingMemory, seconds: number): void => observe(memory.talk, Math.max(0.01, seconds), remembered);
export const wrapped = (memory: HandlingMemory, seconds: number): void => observe(memory.wrap, Math.max(0.01, seconds), remembered);

/** Bin of a time that a talk or a wrap-up has lasted. */
export const handlingBin = (seconds: number): number => bySecond[seconds < 0 ? 0 : seconds >= bySecond.length ? bySecond.length - 1 : seconds | 0]!;
export const handlingBins = edges.length + 1;
const bySecond = Uint8Array.from({ length: edges.at(-1)! + 1 }, (_, second) => binOf(edges, second));

export type HandlingCurve = {
  /** talking[h][bin]: who has talked for that long is free, wrap-up included, within horizon h (and the wait that law allows). */
  talking: readonly (readonly number[])[];
  wrapping: readonly (readonly number[])[];
};

/** Half of the two seconds that a live answer may wait. */
const grace = 1;

export function handlingCurve(memory: HandlingMemory, horizons: readonly number[]): HandlingCurve {
  const talk = hazardsOf(memory.talk, { seconds: usualTalkS, count: 10 });
  const wrap = hazardsOf(memory.wrap, { seconds: usualWrapS, count: 5 });
  const longest = Math.ceil(Math.max(...horizons) + grace) + 1;
  const afterTalk = endsFrom(wrap, 0, longest);
  const freed = (at: readonly number[], horizon: number): number => {
    const to = horizon + grace;
    const low = Math.min(longest - 1, Math.floor(to));
    return at[low]! + (to - low) * (at[low + 1]! - at[low]!);
  };
  const wrappingBy = starts.map((from) => endsFrom(wrap, from, longest));
  const talkingBy = starts.map((from) => {
    const ends = endsFrom(talk, from, longest);
    // A talk that ends in second s leaves the wrap-up half a second less than what remains.
    return ends.map((_, second) => {
      let sum = 0;
      for (let end = 1; end <= second; end++) {
        const left = second - end + 0.5;
        const low = Math.floor(left);
        sum += (ends[end]! - ends[end - 1]!) * (afterTalk[low]! + (left - low) * (afterTalk[low + 1]! - afterTalk[low]!));
      }
      return sum;
    });
  });
  return {
    talking: horizons.map((horizon) => talkingBy.map((each) => freed(each, horizon))),
    wrapping: horizons.map((horizon) => wrappingBy.map((each) => freed(each, horizon))),
  };
}

/** The age that stands for each bin. */
const starts = edges.concat(edges.at(-1)! * 1.3).map((edge, index) => (index === 0 ? edge / 2 : index < edges.length ? (edge + edges[index - 1]!) / 2 : edge));

/** Probability of having ended within 0, 1, 2 … seconds from age `from`. */
function endsFrom(hazards: readonly number[], from: number, longest: number): number[] {
  const out = [0];
  let alive = 1;
  for (let second = 0; second < longest + 1; second++) {
    alive *= Math.exp(-hazards[binOf(edges, from + second)]!);
    out.push(1 - alive);
  }
  return out;
}

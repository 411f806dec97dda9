/** The places of a longest increasing run within a list of different numbers (patience sorting, n log n). */
export function longestIncreasing(numbers: readonly number[]): number[] {
  const tails: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [at, number] of numbers.entries()) {
    const pile = firstNotBelow(tails, number, numbers);
    before[at] = tails[pile - 1];
    tails[pile] = at;
  }
  const run: number[] = [];
  for (let at = tails.at(-1); at !== undefined; at = before[at]) run.push(at);
  return run.reverse();
}

function firstNotBelow(tails: readonly number[], number: number, numbers: readonly number[]): number {
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[tails[middle] ?? 0] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

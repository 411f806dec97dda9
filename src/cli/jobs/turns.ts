/** Answers with the positions of the items that they are for. */
export type Answers<Answer> = [index: number, answer: Answer][];

/** Items that several threads take from. */
interface Turns {
  readonly count: number;
  /** How many have been taken. */
  readonly taken: SharedArrayBuffer;
  /** How many this thread works on at the same time; one unless told. */
  readonly atOnce?: number;
}

/**
 * Does work on one item after another, always the next that no thread has taken. Between two of them the event loop runs once, for signals
 * and messages. `onDone` hears how many items all threads have taken. Throws what the work and `onDone` throw.
 */
export async function takeTurns<Answer>(
  turns: Turns,
  work: (index: number) => Answer | Promise<Answer>,
  onDone: (done: number) => void,
): Promise<Answers<Answer>> {
  const { atOnce = 1 } = turns;
  return (await Promise.all(Array.from({ length: atOnce }, () => oneAfterAnother(turns, work, onDone)))).flat();
}

async function oneAfterAnother<Answer>(
  { count, taken }: Turns,
  work: (index: number) => Answer | Promise<Answer>,
  onDone: (done: number) => void,
): Promise<Answers<Answer>> {
  const counter = new Int32Array(taken);
  const answers: Answers<Answer> = [];
  for (;;) {
    const index = Atomics.add(counter, 0, 1);
    if (index >= count) return answers;
    answers.push([index, await work(index)]);
    await new Promise(resolve => setImmediate(resolve));
    onDone(Math.min(count, Atomics.load(counter, 0)));
  }
}

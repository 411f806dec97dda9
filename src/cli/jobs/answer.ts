/**
 * What a thread says of an item. It goes to the first thread as a copy, but for the bytes of a `text`, which are handed over; null where
 * only the first thread can tell.
 */
export type Answer = object | null;

/** Answers with the items that they are for. */
export type Answers = readonly (readonly [item: number, answer: Answer])[];

/** What threads can do: of some settings makes what is done with each item. */
export type Work = (item: number) => Answer | Promise<Answer>;

/** As many bytes an answer counts. */
export function bytesOf(answer: Answer): number {
  return textOf(answer)?.length ?? 0;
}

/** What is handed over of answers: texts may share a buffer. */
export function handedOver(answers: Answers): ArrayBuffer[] {
  const buffers = answers.map(([, answer]) => textOf(answer)?.buffer);
  return [...new Set(buffers)].filter(buffer => buffer instanceof ArrayBuffer);
}

function textOf(answer: Answer): Uint8Array | null {
  return answer !== null && 'text' in answer && answer.text instanceof Uint8Array ? answer.text : null;
}

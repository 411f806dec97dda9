import { type Answer, type Answers, bytesOf } from './answer.js';

/** As many bytes are sent at once, or answers without many: who waits for them shows how far they are. */
const FULL = 256 * 1024;
const MANY = 100;

/** Collects the answers of a thread, and sends many of them at once. */
export class Outbox {
  private answers: [number, Answer][] = [];
  private bytes = 0;

  constructor(private readonly send: (answers: Answers, bytes: number) => void) {}

  add(item: number, answer: Answer): void {
    this.answers.push([item, answer]);
    this.bytes += bytesOf(answer);
    if (this.bytes >= FULL || this.answers.length >= MANY) this.flush();
  }

  /** Sends what has been collected. */
  flush(): void {
    const { answers, bytes } = this;
    this.answers = [];
    this.bytes = 0;
    if (answers.length > 0) this.send(answers, bytes);
  }
}

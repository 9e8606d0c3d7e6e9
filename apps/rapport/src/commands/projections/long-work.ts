import { SingleBar } from 'cli-progress';
import { say } from '../../terminal.js';

/** How often a line is written where nothing can be drawn. */
const LINE_MILLISECONDS = 10_000;

const percent = (share: number): string => `${Math.floor(100 * share)}%`;

const inWords = (seconds: number): string =>
  seconds < 90
    ? `${Math.ceil(seconds)} s`
    : seconds < 5_400
      ? `${Math.ceil(seconds / 60)} min`
      : `${(seconds / 3_600).toFixed(1)} h`;

/** How far work on the log has come, and how long it still takes: a bar on a terminal, a line now and then elsewhere. */
export class LongWork {
  private readonly bar: SingleBar | undefined;
  private readonly startedAt = performance.now();
  private first: bigint | undefined;
  private saidAt = this.startedAt;

  constructor(private readonly what: string) {
    if (!process.stderr.isTTY) return;
    this.bar = new SingleBar({
      format: ' {what} {bar} {percentage}% | {left} left',
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    });
  }

  /** @param reached, goal positions in the log, in whatever unit they have */
  at(reached: bigint, goal: bigint): void {
    this.first ??= reached;
    const share = goal === 0n ? 1 : Math.min(1, Number(reached) / Number(goal));
    const left = this.left(reached, goal);
    if (this.bar) {
      const payload = { what: this.what, left };
      if (this.bar.isActive) this.bar.update(Math.floor(1_000 * share), payload);
      else this.bar.start(1_000, Math.floor(1_000 * share), payload);
    } else if (performance.now() - this.saidAt >= LINE_MILLISECONDS) {
      this.saidAt = performance.now();
      say(`${this.what}: ${percent(share)}, ${left} left`);
    }
  }

  stop(): void {
    if (this.bar?.isActive) this.bar.stop();
  }

  /** From the pace so far. */
  private left(reached: bigint, goal: bigint): string {
    const done = Number(reached - (this.first ?? reached));
    if (done <= 0) return 'unknown';
    const seconds = (performance.now() - this.startedAt) / 1_000;
    return inWords((seconds * Math.max(0, Number(goal - reached))) / done);
  }
}

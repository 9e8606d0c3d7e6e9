import { setTimeout as wait } from 'node:timers/promises';
import { say } from '../terminal.js';

const LOOK_MILLISECONDS = 200;

export interface TakingUp {
  /** How many were asked for. */
  readonly asked: number;
  /** What's still set aside. */
  readonly left: () => Promise<readonly { readonly replayRequested: boolean }[]>;
  /** For how long it's waited. */
  readonly seconds: number;
  /** What to do where nobody takes them up. */
  readonly advice: string;
}

/** Waits until whatever was set aside has been taken up, and says what came of it. Exit code 2 where something is left. */
export const untilTakenUp = async ({ asked, left: leftNow, seconds, advice }: TakingUp): Promise<void> => {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    const left = await leftNow();
    if (left.every(({ replayRequested }) => !replayRequested)) {
      say(`${asked - left.length} taken in, ${left.length} left.`);
      if (left.length > 0) process.exitCode = 2;
      return;
    }
    if (Date.now() > deadline) throw new Error(`Nobody has taken them up within ${seconds} s. ${advice}`);
    await wait(LOOK_MILLISECONDS);
  }
};

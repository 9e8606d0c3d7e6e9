import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What an agent was asked for, in a process of its own, and what that process cost. */
export interface AgentAnswer<T> {
  readonly answer: T;
  /** From the start of the process to its answer. */
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
}

/** Runs `agents/<name>` in a process of its own: whoever makes load or drains is no part of what's measured. */
export const runAgent = <T>(name: string, question: object): Promise<AgentAnswer<T>> =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const child = fork(fileURLToPath(new URL(`agents/${name}.js`, import.meta.url)), [], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    let found: AgentAnswer<T> | undefined;
    child.once('message', (message) => {
      const { answer, cpuMilliseconds } = message as { answer: T; cpuMilliseconds: number };
      found = { answer, cpuMilliseconds, milliseconds: performance.now() - began };
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (found && code === 0) resolve(found);
      else reject(new Error(`The agent ${name} ended with ${code}.`));
    });
    child.send(question);
  });

/** The other side: answers the one question and ends. */
export const answerAsAgent = (work: (question: never) => Promise<unknown>): void => {
  process.once('message', (question) => {
    void work(question as never).then(
      (answer) => {
        const { user, system } = process.cpuUsage();
        process.send?.({ answer, cpuMilliseconds: (user + system) / 1_000 }, () => process.exit(0));
      },
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
      },
    );
  });
};

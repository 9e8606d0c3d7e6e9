import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { rapportMain } from './rapport-process.js';

export interface Ended {
  readonly status: number | null;
  /** What it printed, errors too. */
  readonly output: string;
}

/** The command line as a user of the instance in that folder runs it. Commands that don't wait for each other may run side by side. */
export const commandLine =
  (home: string) =>
  (...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [rapportMain, ...args], {
        cwd: home,
        env: {
          ...process.env,
          DATABASE_URL: '',
          EVENTSTORE_URL: '',
          NODE_OPTIONS: '',
          RAPPORT_HOME: join(home, '.rapport'),
        },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (output += text));
      child.once('error', reject).once('close', (status) => resolve({ status, output }));
    });

import { spawn, type ChildProcess } from 'node:child_process';
import { waitUntil } from '../processes/wait-until.js';
import type { Binaries } from './binaries.js';
import { dataArgument } from './data-folder.js';
import { saysReady } from './postmaster-file.js';
import type { ServerUser } from './server-user.js';
import { serverArguments, serverEnvironment } from './settings.js';

/** Recovery after a crash replays at most `max_wal_size`. */
const READY_MILLISECONDS = 120_000;

/** How a server is asked to stop, and how long it may take until it's asked less kindly. */
const stages = [
  // Waits until every client has gone by itself.
  { signal: 'SIGTERM', withinMilliseconds: 3_000 },
  // Ends what's open, then writes everything down.
  { signal: 'SIGINT', withinMilliseconds: 10_000 },
  // As a crash, with recovery at the next start.
  { signal: 'SIGQUIT', withinMilliseconds: 5_000 },
  { signal: 'SIGKILL', withinMilliseconds: 5_000 },
] as const;

/** A running server of ours. Its log goes to this process's standard error. */
export class PostgresProcess {
  /** Resolves when it has ended, asked or not. */
  readonly ended: Promise<void>;
  private hasEnded = false;

  private constructor(private readonly child: ChildProcess) {
    this.ended = new Promise((resolve) => {
      const end = (): void => {
        this.hasEnded = true;
        resolve();
      };
      child.once('exit', end);
      child.once('error', end);
    });
  }

  static spawn(
    dataDir: string,
    options: {
      readonly binaries: Binaries;
      readonly user: ServerUser;
      readonly port: number;
      readonly durable: boolean;
    },
  ): PostgresProcess {
    const { binaries, user } = options;
    return new PostgresProcess(
      spawn(binaries.postgres, ['-D', dataArgument(dataDir, user), ...serverArguments(options)], {
        ...user,
        cwd: dataDir,
        env: serverEnvironment(),
        // Straight to the log's file: the server must not depend on a pipe that ends with this process.
        stdio: ['ignore', 'inherit', 'inherit'],
      }),
    );
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when it takes connections. Throws an Error if it ends before, or isn't ready in time. */
  async ready(dataDir: string): Promise<void> {
    await waitUntil(() => this.hasEnded || saysReady(dataDir, this.pid), { withinMilliseconds: READY_MILLISECONDS });
    if (this.hasEnded) throw new Error('PostgreSQL ended before it was ready.');
    if (!saysReady(dataDir, this.pid)) throw new Error(`PostgreSQL wasn't ready within ${READY_MILLISECONDS} ms.`);
  }

  /** `patient` lets clients leave first, for a bounded time. Resolves when it has ended. */
  async stop({ patient }: { patient: boolean }): Promise<void> {
    for (const { signal, withinMilliseconds } of patient ? stages : stages.slice(1)) {
      if (this.hasEnded) return;
      this.child.kill(signal);
      await waitUntil(() => this.hasEnded, { withinMilliseconds });
    }
  }
}

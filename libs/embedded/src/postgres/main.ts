/**
 * The keeper: a small process that runs PostgreSQL for as long as its supervisor lives.
 *
 * PostgreSQL can't notice by itself that whoever started it was killed; the keeper does, as its IPC channel closes.
 * It lets the clients leave first (the event store node and the apps notice as well), then stops the server.
 */
import { rmSync } from 'node:fs';
import { findBinaries, type Binaries } from './binaries.js';
import { ensureDataFolder } from './data-folder.js';
import { keeperOptions, type KeeperOptions } from './keeper-options.js';
import { PostgresProcess } from './postgres-process.js';
import { stopLeftPostgres } from './postmaster-file.js';
import { serverUser } from './server-user.js';

/** Why the server has to stop. */
type StopReason = 'asked' | 'abandoned';

class Keeper {
  private binaries: Binaries | undefined;
  private postgres: PostgresProcess | undefined;
  private readonly abort = new AbortController();
  private reason: StopReason | undefined;

  constructor(private readonly options: KeeperOptions) {}

  async run(): Promise<number> {
    const { dataDir, durable, passwordFile } = this.options;
    const user = serverUser(dataDir);
    await stopLeftPostgres(dataDir);
    this.binaries = findBinaries(user);
    const { binaries } = this;
    try {
      await ensureDataFolder(dataDir, { binaries, user, passwordFile, durable, signal: this.abort.signal });
      this.abort.signal.throwIfAborted();
      const postgres = PostgresProcess.spawn(dataDir, { ...this.options, binaries, user });
      this.postgres = postgres;
      await postgres.ready(dataDir);
      process.send?.({ ready: true, port: this.options.port, pid: postgres.pid });
      await postgres.ended;
    } catch (error) {
      await this.postgres?.stop({ patient: false });
      if (this.reason === undefined) throw error;
    } finally {
      if (binaries.copy !== undefined) rmSync(binaries.copy, { recursive: true, force: true });
    }
    if (this.reason === 'abandoned' && this.options.removeWhenAbandoned !== undefined)
      rmSync(this.options.removeWhenAbandoned, { recursive: true, force: true });
    return this.reason === undefined ? 1 : 0;
  }

  /** `run` resolves once the server has gone. */
  stop(reason: StopReason): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    this.abort.abort();
    void this.postgres?.stop({ patient: reason === 'abandoned' });
  }
}

const keeper = new Keeper(keeperOptions(process.env));
process.once('disconnect', () => keeper.stop('abandoned'));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => keeper.stop('asked'));

try {
  process.exitCode = await keeper.run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
// The IPC channel would keep the process alive.
process.exit();

import { fork, type ChildProcess } from 'node:child_process';
import { endOfLog, lastWords, withLogFile } from './log-file.js';
import { endProcesses, recordOf, type ProcessRecord } from './process-record.js';

/** What a child says over IPC once it serves. */
export interface Ready {
  readonly ready: true;
  /** Where it listens. */
  readonly port?: number;
  /** A process that it keeps, which the supervisor should know of. */
  readonly pid?: number;
}

export interface ProcessSpec {
  /** As operators know it, e.g. `command-api`. */
  readonly name: string;
  /** The compiled module to run. */
  readonly entry: string;
  /** Its whole environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Its standard output and error are appended here. */
  readonly logFile: string;
  /** The variable that tells it its port. A restart gets the port of the first start, so that clients find it again. */
  readonly portVariable?: string;
  /** 30 s unless given. */
  readonly readyWithinMilliseconds?: number;
  /** How long it may take to stop before it's killed; 15 s unless given. */
  readonly stopWithinMilliseconds?: number;
  /** 10 s unless given. */
  readonly longestPauseMilliseconds?: number;
}

/** What happens to a supervised process. */
export type ProcessEvent =
  | { readonly kind: 'started'; readonly name: string; readonly record: ProcessRecord | undefined }
  | { readonly kind: 'ready'; readonly name: string; readonly record: ProcessRecord | undefined; readonly ready: Ready }
  | {
      readonly kind: 'failed';
      readonly name: string;
      /** Its exit code, or the signal that ended it, and what it said last. */
      readonly reason: string;
      readonly restartInMilliseconds: number;
    }
  | { readonly kind: 'stopped'; readonly name: string };

/** In MiB. With Node's 16, a tenth of a busy app's time goes into collecting what one request after the other leaves. */
const YOUNG_GENERATION = '--max-semi-space-size=64';
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;
/** Whoever ran this long was well: the next restart comes soon again. */
const HEALTHY_MILLISECONDS = 30_000;

/**
 * A child process that's started again when it ends unasked, after a pause that doubles from 0.1 to 10 s.
 * The child says `{ ready: true }` over IPC once it serves, and stops on SIGTERM or when the IPC channel closes: so
 * it goes away by itself when its supervisor was killed.
 */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private port: number | undefined;
  private pause = FIRST_PAUSE;
  private restart: NodeJS.Timeout | undefined;
  private stopping = false;
  private wasReady = false;

  constructor(
    private readonly spec: ProcessSpec,
    private readonly onEvent: (event: ProcessEvent) => void,
  ) {}

  /** Resolves when it's ready. Throws an Error with what it said last if it ends, or isn't ready in time, at this first start. */
  async start(): Promise<Ready> {
    const ready = await this.launch();
    this.port = ready.port;
    return ready;
  }

  /** Asks it to stop, kills it if it doesn't, and doesn't start it again. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restart);
    const { child } = this;
    if (child?.pid === undefined || hasEnded(child)) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    const record = recordOf(child.pid);
    if (record !== undefined)
      await endProcesses(
        [record],
        [
          { signal: 'SIGTERM', withinMilliseconds: this.spec.stopWithinMilliseconds ?? 15_000 },
          { signal: 'SIGKILL', withinMilliseconds: 5_000 },
        ],
      );
    await gone;
    this.onEvent({ kind: 'stopped', name: this.spec.name });
  }

  private launch(): Promise<Ready> {
    const { name, entry, env, logFile, portVariable, readyWithinMilliseconds = 30_000 } = this.spec;
    const logStart = endOfLog(logFile);
    const startedAt = performance.now();
    const child = withLogFile(logFile, (log) =>
      fork(entry, {
        env: portVariable && this.port !== undefined ? { ...env, [portVariable]: String(this.port) } : env,
        execArgv: ['--enable-source-maps', YOUNG_GENERATION],
        // A session of its own: Ctrl-C in the terminal reaches the supervisor only, which stops all in order.
        detached: true,
        stdio: ['ignore', log, log, 'ipc'],
      }),
    );
    this.child = child;
    const record = child.pid === undefined ? undefined : recordOf(child.pid);
    this.onEvent({ kind: 'started', name, record });

    return new Promise((resolve, reject) => {
      let isReady = false;
      let late = false;
      const bound = setTimeout(() => {
        late = true;
        child.kill('SIGKILL');
      }, readyWithinMilliseconds);
      child.on('message', (message) => {
        const ready = message as Ready;
        if (isReady || !ready.ready) return;
        isReady = true;
        this.wasReady = true;
        clearTimeout(bound);
        this.onEvent({ kind: 'ready', name, record, ready });
        resolve(ready);
      });
      const ended = (how: string): void => {
        clearTimeout(bound);
        const words = lastWords(logFile, logStart);
        const reason = `${late ? `wasn't ready within ${readyWithinMilliseconds} ms` : how}${words && `:\n${words}`}`;
        reject(new Error(`${name} could not start: ${reason}\nIts log is ${logFile}.`));
        if (!this.stopping && this.wasReady) this.restartLater(reason, performance.now() - startedAt);
      };
      child.once('exit', (code, signal) => ended(signal === null ? `ended with code ${code}` : `ended by ${signal}`));
      child.once('error', (error) => {
        // `exit` doesn't follow if it could not be spawned.
        if (child.pid === undefined) ended(error.message);
      });
    });
  }

  private restartLater(reason: string, ranMilliseconds: number): void {
    if (ranMilliseconds > HEALTHY_MILLISECONDS) this.pause = FIRST_PAUSE;
    const restartInMilliseconds = this.pause;
    this.pause = Math.min(this.pause * 2, this.spec.longestPauseMilliseconds ?? LONGEST_PAUSE);
    this.onEvent({ kind: 'failed', name: this.spec.name, reason, restartInMilliseconds });
    this.restart = setTimeout(() => {
      // A failure is handled where the process ends.
      this.launch().catch(() => undefined);
    }, restartInMilliseconds);
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

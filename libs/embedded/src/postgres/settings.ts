import { totalmem } from 'node:os';

/** The server's log must never hold values: not those of a statement, of a parameter, of a key or of an error. */
const silent = {
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  // Without DETAIL, which names the values of violated keys.
  log_error_verbosity: 'terse',
  // Errors of statements go to the client only: "invalid input syntax for type …" cites the input. Start, stop,
  // crashes and whatever ends a connection are still logged.
  log_min_messages: 'log',
};

const MEGABYTE = 2 ** 20;

/**
 * A quarter of the machine's memory, or of the container's: as PostgreSQL advises. It's taken page by page as it's needed. A
 * search among a million people reads thousands of scattered pages; from the kernel's cache each costs ten times as much.
 */
const sharedMegabytes = (): number => {
  const available = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  return Math.min(4_096, Math.max(256, Math.floor(available / 4 / MEGABYTE)));
};

/** Fit for one machine of a few gigabytes that runs the apps too. */
const oneMachine = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: `${sharedMegabytes()}MB`,
  effective_cache_size: `${2 * sharedMegabytes()}MB`,
  // For what a search or a report keeps of those found, before it goes to a file.
  work_mem: `${Math.max(16, Math.floor(sharedMegabytes() / 64))}MB`,
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  // pglz: the shipped server was built without lz4.
  wal_compression: 'on',
  // No row of ours is worth compiling a plan for, and JIT's warm-up shows in every tail.
  jit: 'off',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
};

const durable = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };

/** A crash may leave nothing usable: for data that's made anew for every run. */
const disposable = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', shared_buffers: '128MB' };

/** The server's command line, apart from where its data lies. */
export const serverArguments = (options: { port: number; durable: boolean }): string[] => {
  const settings = { ...oneMachine, ...silent, ...(options.durable ? durable : disposable) };
  return [
    '-p',
    String(options.port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
};

/** Nothing of the caller's PGDATA, PGPORT and the like. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' });

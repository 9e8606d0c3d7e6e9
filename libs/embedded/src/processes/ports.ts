import { numberSetting } from '#libs/settings';
import { createServer, type AddressInfo } from 'node:net';

const bind = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: bound } = server.address() as AddressInfo;
      server.close(() => resolve(bound));
    });
  });

/** A port that nobody listens on just now, on 127.0.0.1. */
export const freePort = (): Promise<number> => bind(0);

/** Which port to take. */
export interface PortWish {
  /** What the operator asked for: exactly this one, or with 0 any free one. */
  readonly asked?: number | undefined;
  /** Taken if nothing was asked for and nobody has it; else any free one. */
  readonly preferred: number;
}

/** Throws an Error if the one that was asked for is taken. */
export const choosePort = async ({ asked, preferred }: PortWish): Promise<number> => {
  if (asked === 0) return freePort();
  try {
    return await bind(asked ?? preferred);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    if (asked === undefined) return freePort();
    throw new Error(`Port ${asked} on 127.0.0.1 can't be used (${code}). Name another one, or 0 for any free one.`, {
      cause: error,
    });
  }
};

/** Reads a port from the environment. Throws an Error if it isn't a number from 0 to 65535. */
export const portFromEnvironment = (name: string, env: NodeJS.ProcessEnv = process.env): number | undefined =>
  numberSetting(env, name, { from: 0, to: 65_535, whole: true });

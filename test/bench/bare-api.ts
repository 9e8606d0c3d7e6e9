import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server that does the least that a command comes to; what Rapport's is compared with. */
export interface BareApi {
  readonly url: string;
  readonly pid: number | undefined;
  readonly close: () => Promise<void>;
}

/** Starts `agents/bare-api` on an event store. */
export const startBareApi = async (eventStoreUrl: string): Promise<BareApi> => {
  const child = fork(fileURLToPath(new URL('agents/bare-api.js', import.meta.url)), [], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = once(child, 'exit');
  child.send({ url: eventStoreUrl });
  const url = await Promise.race([
    once(child, 'message').then(([address]) => address as string),
    ended.then(([code]) => Promise.reject(new Error(`The bare server ended with ${code}.`))),
  ]);
  return {
    url,
    pid: child.pid,
    close: async () => {
      child.disconnect();
      await ended;
    },
  };
};

import type { ProcessEvent } from '#libs/embedded';

/** A line for whoever sits at the terminal. */
export const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** What went wrong, without a stack trace: the logs have those. */
export const sayError = (error: unknown): void =>
  void process.stderr.write(`rapport: ${error instanceof Error ? error.message : String(error)}\n`);

const time = (): string => new Date().toTimeString().slice(0, 8);

/** What happens to the processes, as lines. A quiet start says only what failed. */
export const describeEvent = (event: ProcessEvent): string | undefined => {
  switch (event.kind) {
    case 'started':
      return undefined;
    case 'ready':
      return `${time()} ${event.name} is up${event.ready.port === undefined ? '' : ` on port ${event.ready.port}`}`;
    case 'failed':
      return `${time()} ${event.name} ${event.reason}\n${time()} ${event.name} starts again in ${event.restartInMilliseconds / 1000} s`;
    case 'stopped':
      return `${time()} ${event.name} has stopped`;
  }
};

/** An address as it may be shown. */
export const withoutPassword = (url: string): string => url.replace(/\/\/([^/@]*)@/, '//');

import pg from 'pg';
import type { Logger } from 'pino';

/** Says what failed, and during what. Never what an event holds: PostgreSQL's details may quote rows, and are left out. */
export type Report = (error: unknown, during: string) => void;

export const reportTo =
  (logger: Logger): Report =>
  (error, during) => {
    if (error instanceof pg.DatabaseError)
      logger.warn({ during, code: error.code, reason: error.message }, 'PostgreSQL refused');
    else logger.warn({ during, err: error }, 'failed');
  };

import type { Result } from '#libs/kernel';
import { err } from '#libs/kernel';
import { sqlStateOf } from '#libs/read-store';

/** SQLSTATE class 22: a value that its type doesn't have, such as a date in the year -29719. */
const isDataException = (error: unknown): boolean => sqlStateOf(error)?.startsWith('22') ?? false;

/**
 * A page of a read model. A cursor that somebody made up may have the right shape and hold values that no column
 * takes, which only PostgreSQL finds: that's a bad cursor too. Without a cursor, such an error is a bug and is thrown.
 */
export const pageAfter = async <Page, E>(
  cursor: string | undefined,
  page: () => Promise<Result<Page, E>>,
): Promise<Result<Page, E | 'bad-cursor'>> => {
  try {
    return await page();
  } catch (error) {
    if (cursor !== undefined && isDataException(error)) return err('bad-cursor');
    throw error;
  }
};

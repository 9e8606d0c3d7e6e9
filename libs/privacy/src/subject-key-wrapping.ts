import type { PrivacyGroup } from '#libs/kernel';
import type { SqlExecutor, Transaction } from '#libs/read-store';
import { BrokenBoxError, openBox, sealBox } from './sealed-box.js';

/** One person's key for one group of their data. */
export interface KeyRef {
  readonly subjectId: string;
  readonly group: PrivacyGroup;
}

export const nameOf = (ref: KeyRef): string => `${ref.subjectId}/${ref.group}`;

/** A wrapped key that's moved to another row doesn't open. */
const contextOf = (ref: KeyRef): string => `subject-key/${nameOf(ref)}`;

export const wrapKey = (masterKey: Buffer, ref: KeyRef, key: Buffer): Buffer => sealBox(masterKey, contextOf(ref), key);

/** Throws BrokenBoxError where it was wrapped by another master key. */
export const unwrapKey = (masterKey: Buffer, ref: KeyRef, wrapped: Buffer): Buffer =>
  openBox(masterKey, contextOf(ref), wrapped);

interface Row {
  readonly subject_id: string;
  readonly key_group: PrivacyGroup;
  readonly wrapped: Buffer;
}

const refOf = (row: Row): KeyRef => ({ subjectId: row.subject_id, group: row.key_group });

/** Whether a master key opens what this database holds; true where it holds nothing. */
export const opensWith = async (executor: SqlExecutor, masterKey: Buffer): Promise<boolean> => {
  const [row] = await executor.query<Row & Record<string, unknown>>(
    'SELECT subject_id, key_group, wrapped FROM vault.subject_keys WHERE wrapped IS NOT NULL LIMIT 1',
  );
  try {
    if (row) unwrapKey(masterKey, refOf(row), row.wrapped);
    return true;
  } catch (error) {
    if (error instanceof BrokenBoxError) return false;
    throw error;
  }
};

const PAGE_KEYS = 5_000;
const FIRST = { subject_id: '00000000-0000-0000-0000-000000000000', key_group: '' };

/**
 * Wraps every subject key anew, in pages; the keys themselves, and so the log, stay as they are. All of it or nothing
 * is committed with the transaction. Gives how many there were. Throws BrokenBoxError where one doesn't open.
 */
export const rewrapAll = async (
  tx: Transaction,
  from: Buffer,
  to: Buffer,
  onPage: (done: number) => void = () => undefined,
): Promise<number> => {
  let done = 0;
  let last: Pick<Row, 'subject_id'> & { readonly key_group: string } = FIRST;
  for (;;) {
    const rows: Row[] = await tx.query<Row & Record<string, unknown>>(
      `SELECT subject_id, key_group, wrapped FROM vault.subject_keys
       WHERE wrapped IS NOT NULL AND (subject_id, key_group) > ($1, $2)
       ORDER BY subject_id, key_group LIMIT $3`,
      [last.subject_id, last.key_group, PAGE_KEYS],
    );
    const end = rows.at(-1);
    if (!end) return done;
    await tx.query(
      `UPDATE vault.subject_keys k SET wrapped = r.wrapped
       FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS r (subject_id, key_group, wrapped)
       WHERE k.subject_id = r.subject_id AND k.key_group = r.key_group`,
      [
        rows.map((row) => row.subject_id),
        rows.map((row) => row.key_group),
        rows.map((row) => wrapKey(to, refOf(row), unwrapKey(from, refOf(row), row.wrapped))),
      ],
    );
    done += rows.length;
    onPage(done);
    last = end;
  }
};

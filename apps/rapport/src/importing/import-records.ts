import type { Refusal } from '#libs/kernel';
import type { ParsedRecord } from './candidate-record.js';
import type { ImportReport, RecordOutcome } from './report.js';

/** Records under way at once: enough to keep the event store busy, and few enough that the last of their reads is answered in time on a busy machine. */
const WINDOW = 64;

/** What one record does, and the people that it's about. */
export interface RecordImport<T> {
  /** Records that share a key are done one after the other, in the order of the file. */
  readonly keysOf: (value: T) => readonly string[];
  /** Throws for an outage only; that ends the import, which may simply be run again. */
  readonly record: (value: T, line: number) => Promise<RecordOutcome>;
}

export const refusedBecause = (line: number, { code, message }: Refusal): RecordOutcome => ({
  kind: 'refused',
  problem: { line, code, message },
});

/** Runs all records of a file, many at once, and counts what became of them. `onRecord` is called after each. */
export const importRecords = async <T>(
  records: AsyncIterable<ParsedRecord<T>> | Iterable<ParsedRecord<T>>,
  { keysOf, record }: RecordImport<T>,
  report: ImportReport,
  onRecord: () => void = () => undefined,
): Promise<void> => {
  const underWay = new Set<Promise<void>>();
  const lastOf = new Map<string, Promise<void>>();
  let failure: { error: unknown } | undefined;

  for await (const parsed of records) {
    if (failure) break;
    if (!parsed.ok) {
      report.note({ kind: 'refused', problem: parsed.problem });
      onRecord();
      continue;
    }
    const keys = keysOf(parsed.value);
    const before = keys.flatMap((key) => lastOf.get(key) ?? []);
    const done = (async () => {
      await Promise.all(before);
      if (failure) return;
      report.note(await record(parsed.value, parsed.line));
      onRecord();
    })().catch((error: unknown) => void (failure ??= { error }));
    const settled = done.then(() => {
      underWay.delete(settled);
      for (const key of keys) if (lastOf.get(key) === settled) lastOf.delete(key);
    });
    underWay.add(settled);
    for (const key of keys) lastOf.set(key, settled);
    if (underWay.size >= WINDOW) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  if (failure) throw failure.error;
};

import { DEFAULT_THRESHOLD } from '#libs/identity';
import type { SqlExecutor } from '#libs/read-store';
import { likelyPeople, type LikelyPerson } from '#projections/duplicates';
import { pairDecisions } from '#projections/identity';
import type { Command } from 'commander';
import { say } from '../terminal.js';
import { withDatabase } from '../running/with-database.js';

const PAGE = 200;

const signed = (bits: number): string => `${bits < 0 ? '' : '+'}${bits.toFixed(2)}`;

/** The first so many of those whom the review queue shows. */
const first = async (sql: SqlExecutor, minBits: number, count: number): Promise<readonly LikelyPerson[]> => {
  const found: LikelyPerson[] = [];
  let cursor: string | null = null;
  do {
    const limit = Math.min(PAGE, count - found.length);
    const page = await likelyPeople(sql, { minBits, limit, ...(cursor === null ? {} : { cursor }) }, pairDecisions);
    if (!page.ok) throw new Error('A page ended with a cursor that is none.');
    found.push(...page.value.items);
    cursor = page.value.nextCursor;
  } while (cursor !== null && found.length < count);
  return found;
};

/** Who is likely there twice, the likeliest first: by id, and by which fields agree. Nothing personal is printed. */
const listDuplicates = (options: { threshold: string; limit: string; json?: boolean }): Promise<void> => {
  const [threshold, limit] = [Number(options.threshold), Number(options.limit)];
  if (!Number.isFinite(threshold)) throw new Error('--threshold takes a number of bits, e.g. 3 for odds of 8 to 1.');
  if (!Number.isInteger(limit) || limit < 1) throw new Error('--limit takes a whole number from 1.');
  return withDatabase(async (database) => {
    const found = await first(database, threshold, limit);
    if (options.json) {
      for (const group of found) say(JSON.stringify(group));
      return;
    }
    say(`The first ${found.length} people who are likely there more than once:`);
    for (const { pairs } of found) {
      say();
      for (const { candidateIds, bits, chance, reasons } of pairs) {
        say(`${candidateIds.join('  ')}  ${(100 * chance).toFixed(1)} %, ${bits.toFixed(2)} bits`);
        say(`  ${reasons.map(({ field, verdict, bits: each }) => `${field} ${verdict} ${signed(each)}`).join('; ')}`);
      }
    }
  });
};

/** `rapport duplicates` */
export const registerDuplicates = (program: Command): void => {
  program
    .command('duplicates')
    .description('Which candidates are likely one person, how likely, and why: the review queue.')
    .option('--threshold <bits>', 'how sure to be: each bit doubles the odds', String(DEFAULT_THRESHOLD))
    .option('--limit <number>', 'how many people to show', '50')
    .option('--json', 'for programs: one line a person')
    .action(listDuplicates);
};

import { DEFAULT_THRESHOLD } from '#libs/identity';
import { settledPairs } from '#projections/identity';
import { likelyDuplicates, type LikelyDuplicates } from '#projections/talent-search';
import type { Command } from 'commander';
import { say } from '../terminal.js';
import { withDatabase } from './keys/with-database.js';

const signed = (bits: number): string => `${bits < 0 ? '' : '+'}${bits.toFixed(2)}`;

/** What nobody has decided on yet. */
const undecided = (
  found: readonly LikelyDuplicates[],
  isSettled: (a: string, b: string, bits: number) => boolean,
): LikelyDuplicates[] =>
  found
    .map((group) => ({ ...group, pairs: group.pairs.filter((pair) => !isSettled(...pair.candidateIds, pair.bits)) }))
    .filter(({ pairs }) => pairs.length > 0);

/** Everybody who is likely there twice, the likeliest first: by id, and by which fields agree. Nothing personal is printed. */
const listDuplicates = (options: { threshold: string; limit: string; json?: boolean }): Promise<void> => {
  const [threshold, limit] = [Number(options.threshold), Number(options.limit)];
  if (!Number.isFinite(threshold)) throw new Error('--threshold takes a number of bits, e.g. 3 for odds of 8 to 1.');
  if (!Number.isInteger(limit) || limit < 1) throw new Error('--limit takes a whole number from 1.');
  return withDatabase(async (database) => {
    const found = undecided(await likelyDuplicates(database, threshold), await settledPairs(database));
    if (options.json) {
      for (const group of found.slice(0, limit)) say(JSON.stringify(group));
      return;
    }
    say(`${found.length} people are likely there more than once; ${Math.min(limit, found.length)} of them:`);
    for (const { pairs } of found.slice(0, limit)) {
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
    .description('Which candidates are likely one person, how likely, and why.')
    .option('--threshold <bits>', 'how sure to be: each bit doubles the odds', String(DEFAULT_THRESHOLD))
    .option('--limit <number>', 'how many people to show', '50')
    .option('--json', 'for programs: one line a person')
    .action(listDuplicates);
};

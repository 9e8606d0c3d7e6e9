import { cameWithin, foretold, monthEnds, type Foretold } from '#libs/scoring';
import type { Outcomes } from '#projections/funnel';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { say } from '../terminal.js';
import { instantFrom, wholeNumber } from './option-values.js';

const DAY = 24 * 3_600_000;
const outcomes = ['interviews', 'hires'] as const;

/** As they're given on the command line. */
export interface BackTestOptions {
  readonly months: string;
  readonly until?: string;
  readonly within: string;
  readonly json?: boolean;
}

/** Adds what every back-test takes. */
export const takesMonths = (command: Command): Command =>
  command
    .option('--months <number>', 'how many month ends', '12')
    .option('--until <date>', 'what is known up to this time, in the past; now, unless given')
    .option('--within <days>', 'what comes within so many days counts', '90')
    .option('--json', 'for programs');

/** When models are tried, and for how long what they foretell may take. */
export interface Months {
  readonly instants: readonly Date[];
  readonly days: number;
}

/** Throws an Error for options that make no sense. */
export const monthsOf = (options: BackTestOptions, now = new Date()): Months => {
  const days = wholeNumber(options.within, '--within', 3_650);
  const months = wholeNumber(options.months, '--months', 120);
  const until = instantFrom(options.until, '--until', now);
  // What can't have come yet isn't what didn't come.
  if (until > now) throw new Error('--until must not be later than now.');
  // What comes within so many days has to be over.
  return { instants: monthEnds(new Date(until.getTime() - days * DAY), months), days };
};

/** Where somebody is in each model's ranking at each instant; NaN where they weren't known yet. */
export interface Ranked {
  readonly candidateId: string;
  readonly scores: readonly (readonly number[])[];
}

const shown = ({ auc, topDecileLift }: Foretold): [string, string] => [
  auc?.toFixed(3) ?? '–',
  topDecileLift?.toFixed(2) ?? '–',
];

/** Says how well rankings foretold what came, at each instant. */
export const sayForetold = (
  names: readonly string[],
  people: readonly Ranked[],
  came: ReadonlyMap<string, Outcomes>,
  { instants, days }: Months,
  json = false,
): void => {
  const measured = instants.flatMap((at, i) =>
    outcomes.map((outcome) => ({
      monthEnd: at.toISOString().slice(0, 10),
      outcome,
      models: names.map((model, m) => ({
        model,
        ...foretold(
          people.flatMap(({ candidateId, scores }) => {
            const score = scores[m]?.[i] ?? NaN;
            if (Number.isNaN(score)) return [];
            return [{ score, came: cameWithin(came.get(candidateId)?.[outcome], at, days) }];
          }),
        ),
      })),
    })),
  );
  if (json) return say(JSON.stringify(measured, null, 2));
  say(
    `Interviews and hires within ${days} days of each month's end; AUC 0.5 is a coin, lift is the top tenth's rate over everybody's.`,
  );
  const table = new Table({
    head: ['month end', 'outcome', 'people', 'came', ...names.flatMap((name) => [`AUC ${name}`, `lift ${name}`])],
    style: { head: [] },
  });
  for (const { monthEnd, outcome, models: by } of measured)
    table.push([monthEnd, outcome, by[0]?.people ?? 0, by[0]?.came ?? 0, ...by.flatMap(shown)]);
  say(table.toString());
};

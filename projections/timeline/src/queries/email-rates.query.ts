import type { SqlExecutor } from '#libs/read-store';
import { ratesOf, type EmailRates, type MessageCounts } from '../email-rates/email-rates.js';
import { messageOutcomesSql } from '../email-rates/message-outcomes-sql.js';

export const emailRateDimensions = ['campaign', 'month', 'provider'] as const;
export type EmailRateDimension = (typeof emailRateDimensions)[number];

export interface EmailRatesCriteria {
  /** Messages whose delivery or bounce was first told of from this instant on… */
  readonly from: Date;
  /** …and before this one. */
  readonly to: Date;
  /** What to group by; nothing: only the total. */
  readonly by: readonly EmailRateDimension[];
  /** Only what had happened by then. */
  readonly asOf?: Date;
  /** Only what had been recorded by then, verdicts among it. */
  readonly asOfPosition?: bigint;
  /** Groups, at most. */
  readonly limit: number;
}

/** By what was asked for. */
export type EmailRateGroup = EmailRates & {
  /** Null where nothing that's known of the messages names one. */
  readonly campaign?: string | null;
  /** In UTC: `2026-03`. */
  readonly month?: string;
  /** The source of the delivery or bounce. */
  readonly provider?: string;
};

export interface EmailRatesFound {
  readonly total: EmailRates;
  /** Those with the most messages delivered first. */
  readonly groups: readonly EmailRateGroup[];
  /** How many groups there are beyond the limit. */
  readonly groupsLeftOut: number;
}

const columns: Readonly<Record<EmailRateDimension, string>> = {
  campaign: 'campaign',
  month: `to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM')`,
  provider: 'provider',
};

const delivered = (condition: string): string => `delivered AND ${condition}`;

/** Which messages each number counts. */
const conditions: Readonly<Record<keyof MessageCounts, string>> = {
  messages: 'true',
  delivered: 'delivered',
  bounced: 'bounced',
  opened_human: delivered('opened = 1'),
  opened_unknown: delivered('opened = 2'),
  opened_machine: delivered('opened = 3'),
  clicked_human: delivered('clicked = 1'),
  clicked_unknown: delivered('clicked = 2'),
  clicked_machine: delivered('clicked = 3'),
  engaged: delivered('(opened = 1 OR clicked = 1)'),
  replied: delivered('replied'),
  unsubscribed: delivered('unsubscribed'),
  complained: delivered('complained'),
};
const counted = Object.keys(conditions) as (keyof MessageCounts)[];
const counts = counted.map((name) => `count(*) FILTER (WHERE ${conditions[name]}) AS ${name}`);

type Row = Record<keyof MessageCounts, string> & Record<EmailRateDimension, string | null> & { groups: string };

const toRates = (row: Row): EmailRates =>
  ratesOf(Object.fromEntries(counted.map((name) => [name, Number(row[name])])) as MessageCounts);

/**
 * What became of the messages to people, in total and by group. Each message to a person counts once, whoever of their ids
 * it was recorded for.
 *
 * @param persons SQL of a relation of candidate_id and person_id, who has several ids; $3 in it is `asOf` and $4 `asOfPosition`
 */
export const emailRates = async (
  sql: SqlExecutor,
  { from, to, by, asOf, asOfPosition, limit }: EmailRatesCriteria,
  persons: string,
): Promise<EmailRatesFound> => {
  const dimensions = [...new Set(by)];
  const grouped = dimensions.map((dimension) => columns[dimension]);
  const [totalFirst, alphabetical] =
    grouped.length === 0
      ? ['', '']
      : [
          `GROUPING(${grouped.join(', ')}) DESC, `,
          grouped.map((column) => `, ${column} COLLATE "C" NULLS LAST`).join(''),
        ];
  const [total, ...groups] = await sql.query<Row>(
    `${messageOutcomesSql(persons)}
     SELECT ${[...dimensions.map((d) => `${columns[d]} AS ${d}`), ...counts].join(', ')}, count(*) OVER () - 1 AS groups
     FROM message
     GROUP BY GROUPING SETS (()${grouped.length === 0 ? '' : `, (${grouped.join(', ')})`})
     ORDER BY ${totalFirst}delivered DESC, messages DESC${alphabetical} LIMIT $5`,
    [from, to, asOf ?? null, asOfPosition ?? null, limit + 1],
  );
  if (!total) throw new Error('An aggregate without groups has one row.');
  return {
    total: toRates(total),
    groups: groups.map((row) => ({ ...Object.fromEntries(dimensions.map((d) => [d, row[d]])), ...toRates(row) })),
    groupsLeftOut: Number(total.groups) - groups.length,
  };
};

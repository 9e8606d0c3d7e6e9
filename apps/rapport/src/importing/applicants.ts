import type { Source } from '#libs/candidates';
import { parse } from 'csv-parse';
import type { Readable } from 'node:stream';
import { refused, taken, type ParsedRecord } from './candidate-record.js';
import { sourceFromName } from './csv-candidates.js';

/** One applicant of a funnel export: who, for what, and how far they came. No dates, no names. */
export interface ApplicantRecord {
  readonly externalId: string;
  readonly recruiter: string;
  readonly source: Source;
  readonly role: string;
  readonly assessmentScore: number;
  /** Reached after applying, in order. */
  readonly stages: readonly ('screened' | 'interviewed' | 'offered' | 'hired')[];
}

const columns = [
  'cand_id',
  'rec_id',
  'source',
  'job_role',
  'score',
  'application',
  'screening',
  'interview',
  'offer',
  'hired',
] as const;
const stageColumns = [
  ['screening', 'screened'],
  ['interview', 'interviewed'],
  ['offer', 'offered'],
  ['hired', 'hired'],
] as const;

type Row = Readonly<Record<(typeof columns)[number], string>>;

/** Reads the columns `cand_id,rec_id,source,job_role,score,application,screening,interview,offer,hired`; the last five are 0 or 1. Throws for a file without them. */
export async function* readApplicants(input: Readable): AsyncGenerator<ParsedRecord<ApplicantRecord>> {
  const parser = input.pipe(parse({ bom: true, columns: true, info: true, trim: true, skip_empty_lines: true }));
  input.on('error', (error) => parser.destroy(error));
  let checked = false;
  for await (const { record, info } of parser as AsyncIterable<{ record: Row; info: { lines: number } }>) {
    if (!checked) {
      checked = true;
      const missing = columns.filter((column) => !(column in record));
      if (missing.length > 0) throw new Error(`The file lacks the columns ${missing.join(', ')}.`);
    }
    yield toApplicant(record, info.lines);
  }
}

const toApplicant = (row: Row, line: number): ParsedRecord<ApplicantRecord> => {
  const empty = (['cand_id', 'rec_id', 'source', 'job_role'] as const).find((column) => row[column] === '');
  if (empty !== undefined) return refused(line, 'missing-value', `${empty} is empty.`);
  const score = Number(row.score);
  if (row.score === '' || !Number.isFinite(score)) return refused(line, 'bad-number', 'score must be a number.');
  const flag = (['application', ...stageColumns.map(([column]) => column)] as const).find(
    (column) => !/^[01]$/.test(row[column]),
  );
  if (flag !== undefined) return refused(line, 'bad-flag', `${flag} must be 0 or 1.`);
  if (row.application === '0') return refused(line, 'no-application', 'application is 0: this person did not apply.');
  return taken(line, {
    externalId: row.cand_id,
    recruiter: row.rec_id,
    source: sourceFromName(row.source),
    role: row.job_role,
    assessmentScore: score,
    stages: stageColumns.filter(([column]) => row[column] === '1').map(([, stage]) => stage),
  });
};

import { DeclaredCustomFields, type CustomFields } from '#libs/candidates';
import { systemClock } from '#libs/kernel';
import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Readable } from 'node:stream';
import { readApplicants } from '../importing/applicants.js';
import type { CandidateRecord, ParsedRecord } from '../importing/candidate-record.js';
import { columnMapping, customKeys, type ColumnMapping } from '../importing/column-mapping.js';
import { readCsvCandidates, sourceFromName } from '../importing/csv-candidates.js';
import { parseInstant } from '../importing/dates.js';
import { importRecords, type RecordImport } from '../importing/import-records.js';
import { Importer } from '../importing/importer.js';
import { readInteractions } from '../importing/interactions-ndjson.js';
import { readJsonResume } from '../importing/json-resume.js';
import { ByteProgress } from '../importing/progress.js';
import { ImportReport } from '../importing/report.js';
import { openWriteSide } from '../importing/write-side.js';
import { withInstance } from '../running/with-instance.js';
import { say } from '../terminal.js';

/** Reads a file record by record, sends each as commands, and says what became of them. Refusals make the exit code 2. */
const importFile = async <T>(
  file: string,
  read: (
    input: Readable,
    report: ImportReport,
    writeSide: INestApplicationContext,
  ) => AsyncIterable<ParsedRecord<T>> | Promise<AsyncIterable<ParsedRecord<T>>>,
  choose: (importer: Importer) => RecordImport<T>,
): Promise<void> => {
  // Before any server is started: a wrong name shouldn't take seconds to be told.
  const { size } = await stat(file);
  const report = new ImportReport();
  await withInstance(async (context) => {
    const writeSide = await openWriteSide(context);
    const progress = new ByteProgress(size);
    try {
      const records = await read(progress.watch(createReadStream(file)), report, writeSide);
      await importRecords(records, choose(new Importer(writeSide, systemClock)), report, () => progress.recordDone());
    } finally {
      progress.stop();
      await writeSide.close();
    }
  });
  say(`${basename(file)}: ${report.lines().join('\n')}`);
  if (report.refused > 0) process.exitCode = 2;
};

interface CandidateOptions {
  readonly map: string[];
  readonly system: string;
  readonly source?: string;
}

async function* withSource(
  records: AsyncIterable<ParsedRecord<CandidateRecord>>,
  source: string | undefined,
): AsyncGenerator<ParsedRecord<CandidateRecord>> {
  for await (const record of records) {
    const unnamed = record.ok && record.value.source === undefined && source !== undefined;
    yield unnamed ? { ...record, value: { ...record.value, source: sourceFromName(source) } } : record;
  }
}

async function* one<T>(record: T): AsyncGenerator<T> {
  yield await Promise.resolve(record);
}

/** Those that columns are mapped to. Throws for one that nobody declared. */
const mappedCustomFields = async (
  mapping: ColumnMapping,
  writeSide: INestApplicationContext,
): Promise<CustomFields | undefined> => {
  const keys = [...customKeys(mapping).values()];
  if (keys.length === 0) return undefined;
  const declared = await writeSide.get(DeclaredCustomFields, { strict: false }).all();
  const unknown = keys.find((key) => !declared.has(key));
  if (unknown === undefined) return declared;
  const known = [...declared.keys()].sort().join(', ');
  throw new Error(`--map: there is no custom field "${unknown}". Custom fields: ${known || 'none'}.`);
};

const importCandidates = (file: string, { map, system, source }: CandidateOptions): Promise<void> => {
  const mapping = columnMapping(map);
  return importFile(
    file,
    async (input, report, writeSide) => {
      if (extname(file).toLowerCase() === '.json') {
        return withSource(one(readJsonResume(await readFile(file, 'utf8'), 1, systemClock.now())), source);
      }
      const onIgnored = (headers: readonly string[]): void => {
        if (headers.length > 0) report.notices.push(`columns left out: ${headers.join(', ')}`);
      };
      const customFields = await mappedCustomFields(mapping, writeSide);
      const options = { mapping, system, onIgnored, ...(customFields ? { customFields } : {}) };
      return withSource(readCsvCandidates(input, options), source);
    },
    (importer) => importer.candidates,
  );
};

const collect = (value: string, list: string[]): string[] => [...list, value];

export const registerImport = (program: Command): void => {
  const command = program
    .command('import')
    .description('Record what a file says. Safe to run again: nothing is recorded twice.');
  command
    .command('candidates <file>')
    .description('People from a CSV file with a header line, or from one JSON Resume (.json).')
    .option('--map <header=field>', 'which column means what; repeatable; "-" leaves a column out', collect, [])
    .option('--system <name>', 'the system whose ids the externalId column has', 'import')
    .option('--source <name>', 'where the people come from, if the file does not say')
    .action((file: string, options: CandidateOptions) => importCandidates(file, options));
  command
    .command('interactions <file>')
    .description('What happened, from an NDJSON file.')
    .action((file: string) => importFile(file, readInteractions, (importer) => importer.interactions));
  command
    .command('applicants <file>')
    .description('Applicants and how far they came, from a CSV file without dates or names.')
    .requiredOption('--as-of <date>', 'when it is taken to have happened; recorded as of unknown precision')
    .action((file: string, { asOf }: { asOf: string }) => {
      const at = parseInstant(asOf);
      if (at === undefined)
        throw new Error('--as-of takes a date (YYYY-MM-DD) or an ISO 8601 instant with its offset.');
      return importFile(file, readApplicants, (importer) => importer.applicants(at));
    });
};

import { systemClock } from '#libs/kernel';
import type { Command } from 'commander';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Readable } from 'node:stream';
import { readApplicants } from '../importing/applicants.js';
import type { CandidateRecord, ParsedRecord } from '../importing/candidate-record.js';
import { columnMapping, readCsvCandidates, sourceFromName } from '../importing/csv-candidates.js';
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
      const records = await read(progress.watch(createReadStream(file)), report);
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

const importCandidates = (file: string, { map, system, source }: CandidateOptions): Promise<void> => {
  const mapping = columnMapping(map);
  return importFile(
    file,
    async (input, report) => {
      if (extname(file).toLowerCase() === '.json') {
        return withSource(one(readJsonResume(await readFile(file, 'utf8'), 1, systemClock.now())), source);
      }
      const onIgnored = (headers: readonly string[]): void => {
        if (headers.length > 0) report.notices.push(`columns left out: ${headers.join(', ')}`);
      };
      return withSource(readCsvCandidates(input, { mapping, system, onIgnored }), source);
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

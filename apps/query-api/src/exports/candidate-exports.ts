import type { Caller } from '#libs/access';
import { internalError, problemOf } from '#libs/http';
import { newId } from '#libs/kernel';
import { LOGGER, type Logger } from '#libs/observability';
import { Database } from '#libs/read-store';
import { allTalent, type Person, type WholeSearch } from '#projections/talent-search';
import { Inject, Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { SearchRecords, type AnsweredSearch } from '../search-records/search-records.js';
import { exportColumns, type ExportColumn } from './export-columns.js';
import { formatWriters, type ExportFormat } from './export-format.js';
import { ExportSlots } from './export-slots.js';

/** People that are read, recorded and sent as one part: about half a megabyte. */
const PART = 500;
/** A caller who takes longer for a part is slower than any network that's worth waiting for. */
const IDLE_MILLISECONDS = 60_000;
/** As long as an export holds its connection, and the rows of its instant, at most. */
const EXPORT_MILLISECONDS = 15 * 60_000;

export interface AskedExport {
  readonly caller: Caller;
  readonly search: Pick<WholeSearch, 'criteria' | 'sort' | 'now' | 'elsewhere' | 'among'>;
  readonly format: ExportFormat;
  readonly columns?: readonly ExportColumn[] | undefined;
  /** As it's recorded. */
  readonly record: Pick<AnsweredSearch, 'request' | 'savedSearchId' | 'poolId'>;
}

export interface StartedExport {
  /** Under which its parts are recorded. */
  readonly id: string;
  readonly mediaType: string;
  readonly content: Readable;
}

/** What an error says of itself at the end of NDJSON, as in the answers of bulk requests. */
const errorLine = (error: unknown): string => {
  const problem = (problemOf(error) ?? internalError()).toProblem();
  return `${JSON.stringify({ status: problem.status, problem })}\n`;
};

/** Sends everybody whom a search finds, part by part; each part is recorded before any of it is sent. */
@Injectable()
export class CandidateExports {
  constructor(
    private readonly database: Database,
    private readonly slots: ExportSlots,
    private readonly records: SearchRecords,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Resolves once the first part was found and recorded; before that, what's wrong is thrown as a problem. Later the export ends
   * with a line that says so (NDJSON), or with a broken connection (CSV, which has no way to say it).
   * @param gone aborted when the caller goes
   */
  async start(asked: AskedExport, gone: AbortSignal): Promise<StartedExport> {
    const leave = await this.slots.enter(asked.caller.keyId);
    const ending = new AbortController();
    const signal = AbortSignal.any([gone, ending.signal, AbortSignal.timeout(EXPORT_MILLISECONDS)]);
    const idle = setTimeout(() => ending.abort(), IDLE_MILLISECONDS);
    const end = (): void => {
      clearTimeout(idle);
      // A statement that still runs for it is cancelled.
      ending.abort();
      leave();
    };
    const id = newId();
    const parts = this.parts(id, asked, signal, () => idle.refresh());
    try {
      const first = await parts.next();
      const content = Readable.from(this.sent(id, first, parts, asked.format), { objectMode: false });
      content.once('close', () => {
        end();
        void parts.return().catch(() => undefined);
      });
      signal.addEventListener('abort', () => content.destroy());
      return { id, mediaType: formatWriters[asked.format].mediaType, content };
    } catch (error) {
      end();
      throw error;
    }
  }

  /** The texts to be sent, each recorded before it's given. */
  private async *parts(
    id: string,
    asked: AskedExport,
    signal: AbortSignal,
    taken: () => void,
  ): AsyncGenerator<string, void, undefined> {
    const { search, format, columns = exportColumns, caller, record } = asked;
    const writer = formatWriters[format];
    const keep = (part: number, shown: readonly Person[]): Promise<void> =>
      this.records.record({ ...record, caller: caller.actor, shown, exported: { id, part } });
    let part = 0;
    const reading = { size: PART, signal, idleMilliseconds: IDLE_MILLISECONDS };
    for await (const people of allTalent(this.database, { ...search, ...reading })) {
      await keep(part, people);
      yield `${part === 0 ? writer.head(columns) : ''}${writer.lines(people, columns)}`;
      taken();
      part += 1;
    }
    if (part > 0) return;
    await keep(0, []);
    yield writer.head(columns);
  }

  private async *sent(
    id: string,
    first: IteratorResult<string, void>,
    parts: AsyncGenerator<string, void, undefined>,
    format: ExportFormat,
  ): AsyncGenerator<string, void, undefined> {
    try {
      if (first.done !== true) yield first.value;
      yield* parts;
      return;
    } catch (error) {
      this.logger.warn({ exportId: id, err: error }, 'An export ended before its end.');
      if (format === 'ndjson') {
        yield errorLine(error);
        return;
      }
    }
    throw new Error('The export ended before its end.');
  }
}

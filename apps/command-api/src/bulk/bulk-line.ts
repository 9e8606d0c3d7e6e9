import { internalError, invalidRequest, problemOf, ProblemError, type Problem, parseIdempotencyKey } from '#libs/http';
import type { Logger } from '#libs/observability';
import type { Accepted } from '../requests/accepted.js';
import type { Incoming } from '../requests/incoming.js';
import type { InputLine } from './ndjson-lines.js';

/** What became of one line. */
export type LineResult =
  | ({ readonly line: number; readonly status: number } & Accepted)
  | { readonly line: number; readonly status: number; readonly problem: Problem };

/** What a line asks for. */
export interface LineCommand {
  /** The line without its `idempotencyKey`. */
  readonly body: unknown;
  /** As if the line had been sent alone. */
  readonly incoming: Incoming;
}

/** Throws for text that isn't JSON, or that would set a prototype. */
export type JsonParser = (text: string) => unknown;

export interface BulkSteps {
  readonly parse: JsonParser;
  /** Of the bulk request itself. */
  readonly incoming: Incoming;
  /** Of the same command sent alone: with the same Idempotency-Key it's the same command. */
  readonly path: string;
  readonly execute: (command: LineCommand) => Promise<Accepted>;
  readonly logger: Logger;
}

const unreadable = {
  'line-too-long': new ProblemError(413, 'line-too-long', { detail: 'A line takes at most 1 MiB.' }),
  'malformed-utf8': new ProblemError(400, 'malformed-json', { detail: 'The line is not UTF-8.' }),
} as const;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parseLine = (text: string, parse: JsonParser): Record<string, unknown> => {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    throw new ProblemError(400, 'malformed-json', { detail: 'The line is not valid JSON.' });
  }
  if (!isObject(value)) throw invalidRequest([{ pointer: '', detail: 'This must be a JSON object.' }]);
  return value;
};

const keyOfLine = (own: unknown, incoming: Incoming, line: number): Pick<Incoming, 'key'> => {
  if (own !== undefined) {
    if (typeof own !== 'string')
      throw invalidRequest([{ pointer: '/idempotencyKey', detail: 'idempotencyKey must be a string' }]);
    return { key: [parseIdempotencyKey(own) ?? ''] };
  }
  // One key for the whole request: each line is known by its number.
  return incoming.key === undefined ? {} : { key: [...incoming.key, `line ${line}`] };
};

/** Does what one line asks for. Never rejects: whatever goes wrong is that line's problem. */
export const runLine = async (line: InputLine, steps: BulkSteps): Promise<LineResult> => {
  try {
    if (!line.text.ok) throw unreadable[line.text.error];
    const { idempotencyKey, ...body } = parseLine(line.text.value, steps.parse);
    const { key: _whole, ...request } = steps.incoming;
    const key = keyOfLine(idempotencyKey, steps.incoming, line.number);
    const answer = await steps.execute({ body, incoming: { ...request, path: steps.path, body, ...key } });
    return { line: line.number, status: 201, ...answer };
  } catch (error) {
    const known = problemOf(error);
    if (!known) {
      const { correlationId } = steps.incoming;
      steps.logger.error({ err: error, correlationId, line: line.number }, 'unexpected error in a bulk line');
    }
    const problem = (known ?? internalError()).toProblem();
    return { line: line.number, status: problem.status, problem };
  }
};

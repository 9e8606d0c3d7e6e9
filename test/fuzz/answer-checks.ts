import type { ValidateFunction } from 'ajv';
import type { OwnWords } from './living.js';
import type { RequestPlan } from './request-plan.js';
import type { ReceivedAnswer } from './sent-request.js';

const PROBLEM = 'application/problem+json';
const TYPE = /^urn:rapport:problem:[a-z0-9]+(-[a-z0-9]+)*$/;

/** What an answer may never show of the inside. */
const inside: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a stack trace', /\n\s+at |\bat \S+ \(|node:internal/],
  ['a file', /node_modules|\/dist\/|\.[cm]?[jt]s:\d+|file:\/\//],
  [
    'SQL',
    /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b.*\b(FROM|VALUES|SET|WHERE)\b|syntax error at|relation "|violates|pg_/,
  ],
  ['a library', /fastify|nestjs|typeorm|class-validator|class-transformer|FST_ERR|HPE_|\bERR_[A-Z]|\bgrpc\b|ECONN/i],
];

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
}

/** Titles and statuses by type: those of a type are always the same. */
const stable = new Map<string, string>();

const mediaTypeOf = ({ headers }: ReceivedAnswer): string =>
  (headers['content-type'] ?? '').split(';', 1)[0]?.trim() ?? '';

const whereOf = (validate: ValidateFunction): string =>
  (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join(', ');

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const problemFaults = (plan: RequestPlan, answer: ReceivedAnswer): string[] => {
  const { status, text, headers } = answer;
  const faults: string[] = [];
  if (mediaTypeOf(answer) !== PROBLEM) faults.push(`a ${status} as "${mediaTypeOf(answer)}", not as a problem`);
  if (plan.method === 'HEAD') return text === '' ? faults : [...faults, 'an answer to HEAD with a body'];
  const problem = parse(text) as Problem | undefined;
  const { isProblem } = plan.operation;
  if (isProblem && !isProblem(problem))
    return [...faults, `a problem that its schema doesn't allow: ${whereOf(isProblem)}`];
  if (!problem || !TYPE.test(problem.type)) return [...faults, 'a problem without a type of ours'];
  if (problem.status !== status) faults.push(`a problem of ${problem.status} in an answer of ${status}`);
  const is = `${problem.title} ${problem.type === 'urn:rapport:problem:malformed-request' ? '' : status}`;
  if ((stable.get(problem.type) ?? is) !== is) faults.push(`two meanings of ${problem.type}`);
  stable.set(problem.type, is);
  if (status === 503 && !headers['retry-after']) faults.push('a 503 without Retry-After');
  for (const [what, pattern] of inside) if (pattern.test(text)) faults.push(`${what} in a problem`);
  return faults;
};

const successFaults = (plan: RequestPlan, answer: ReceivedAnswer, sentBody: string): string[] => {
  const declared = plan.operation.answers.get(answer.status);
  if (!plan.reaches || !declared || plan.method === 'HEAD') return [];
  const type = mediaTypeOf(answer);
  const validate = declared.get(type);
  if (validate === undefined) return [`an answer as "${type}", which isn't declared`];
  if (validate && !validate(parse(answer.text)))
    return [`an answer that its schema doesn't allow: ${whereOf(validate)}`];
  const { body } = plan.operation;
  // Required by its document, and taken without it: one of the two is wrong.
  if (plan.value !== undefined && body?.mediaType === 'application/json' && !body.accepts(parse(sentBody)))
    return [`a body accepted that the document doesn't allow: ${whereOf(body.accepts)}`];
  return [];
};

/** Whether it shows words of the request in what it says about it. */
const quotes = (text: string, { own, secret }: OwnWords): boolean => text.includes(own) || text.includes(secret);

/** The problems among the results of a bulk request. */
const lineFaults = (plan: RequestPlan, { text }: ReceivedAnswer, words: OwnWords): string[] =>
  text
    .split('\n')
    .filter((line) => line.includes('"problem"'))
    .flatMap((line) => {
      const { status, problem } = (parse(line) ?? {}) as { status?: number; problem?: Problem };
      const faults: string[] = [];
      if (status === undefined || status >= 500) faults.push(`a ${status} in a line`);
      if (!plan.operation.isProblem?.(problem) || problem?.status !== status)
        faults.push("a line's problem that is none");
      if (quotes(line, words)) faults.push("what came, in a line's problem");
      for (const [what, pattern] of inside) if (pattern.test(line)) faults.push(`${what} in a line's problem`);
      return faults;
    });

/** Everything that's wrong with an answer. */
export const faultsOf = (plan: RequestPlan, sentBody: string, answer: ReceivedAnswer, words: OwnWords): string[] => {
  const { status, text } = answer;
  const faults: string[] = [];
  if (status >= 500 && status !== 503) faults.push(`a ${status}`);
  if (plan.reaches && !plan.operation.answers.has(status)) faults.push(`a ${status}, which isn't declared`);
  if (status >= 400) {
    faults.push(...problemFaults(plan, answer));
    if (quotes(text, words)) faults.push('what came, in a problem');
  } else if (status >= 300) faults.push(`a ${status}`);
  else {
    faults.push(...successFaults(plan, answer, sentBody));
    if (mediaTypeOf(answer) === 'application/x-ndjson') faults.push(...lineFaults(plan, answer, words));
  }
  return faults;
};

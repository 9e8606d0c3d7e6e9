import request from 'supertest';

/** What an API answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface HttpRequest {
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** Asks an API that listens at `base`. Whatever it answers is an answer; redirects aren't followed. */
export const httpCall = async (
  base: string,
  method: string,
  path: string,
  { headers = {}, body }: HttpRequest = {},
): Promise<HttpAnswer> => {
  const call = request(base)[method.toLowerCase() as 'get'](path).redirects(0).buffer(true).set(headers);
  const answer = await (body === undefined ? call : call.send(typeof body === 'string' ? body : JSON.stringify(body)));
  return { status: answer.status, headers: new Headers(answer.headers), text: answer.text };
};

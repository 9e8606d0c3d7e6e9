import { ProblemError, problemOfStatus } from '#libs/http';
import { SignUpForms } from '#libs/sign-up';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicAddress } from './public-address.js';
import { SignUpSubmissions } from './sign-up-submissions.js';

/** Whoever ticks every box of the largest form and has a long name needs less. */
const BODY_LIMIT_BYTES = 32_768;
const PREFLIGHT_SECONDS = 600;
const FORM = 'application/x-www-form-urlencoded';

const apiPath = /^\/v1\/sign-up-forms\/([0-9a-f-]{36})(\/submissions)?$/i;
const isPage = (path: string): boolean => path.startsWith('/sign-up/');
const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';

const notAllowed = (): ProblemError =>
  new ProblemError(403, 'origin-not-allowed', {
    detail: 'This form may not be sent by pages of this origin. Its definition names those that may.',
  });

/** Of requests from other origins: reading the form, which needs no preflight, and submitting it. */
const isMeant = ({ method, headers }: FastifyRequest, isSubmission: boolean): boolean =>
  (method === 'OPTIONS' && isSubmission ? headers['access-control-request-method'] : method) ===
  (isSubmission ? 'POST' : 'GET');

/**
 * Bounds what people may send and how often, reads what HTML forms send, and lets pages of a form's origins read and submit it: each form
 * has its own, so that the app's own list says nothing here. Before the app starts to listen.
 */
export const acceptSignUps = (app: NestFastifyApplication): void => {
  const forms = app.get(SignUpForms, { strict: false });
  const address = app.get(PublicAddress, { strict: false });
  const taking = app.get(SignUpSubmissions, { strict: false });
  const fastify = app.getHttpAdapter().getInstance();

  const crossOrigin = async (
    request: FastifyRequest,
    reply: FastifyReply,
    [, formId = '', submissions]: RegExpExecArray,
  ): Promise<unknown> => {
    const { origin } = request.headers;
    const isSubmission = submissions !== undefined;
    if (origin === undefined || origin === address.base || !isMeant(request, isSubmission)) return undefined;
    const form = await forms.find(formId.toLowerCase());
    void reply.header('vary', 'origin');
    if (!form?.origins.includes(origin)) {
      // Of an unknown form there's more to say, and reading one is for everybody.
      if (form && request.method === 'POST') throw notAllowed();
      return undefined;
    }
    void reply.headers({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'retry-after, x-correlation-id',
    });
    if (request.method !== 'OPTIONS') return undefined;
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type, x-correlation-id',
        'access-control-max-age': String(PREFLIGHT_SECONDS),
      })
      .send();
  };

  fastify.addHook('onRequest', async (request, reply) => {
    const path = pathOf(request);
    const called = apiPath.exec(path);
    if (!called && !isPage(path)) return undefined;
    if (request.method === 'POST' && Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES)
      throw problemOfStatus(413);
    taking.countLook(request.ip);
    return called ? crossOrigin(request, reply, called) : undefined;
  });
  fastify.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES }, (request, body, done) => {
    if (isPage(pathOf(request))) done(null, new URLSearchParams(body as string));
    else done(Object.assign(new Error('Not a page of ours.'), { statusCode: 415 }));
  });
};

import { problemOf, type ProblemError } from '#libs/http';
import { languageOf, type Language } from '#libs/sign-up-intake';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Page } from './layout.js';
import { sayingPage, type Saying } from './saying-page.js';

export const sendPage = (reply: FastifyReply, { html, policy }: Page, status = 200): void => {
  void reply
    .code(status)
    .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
    .send(html);
};

/** On our own pages. 303: loading the next page again sends nothing again. */
export const sendTo = (reply: FastifyReply, address: string): void => {
  void reply.code(303).header('location', address).send();
};

/** As `sendTo`, somewhere else on the web. As a URL writes it: a header takes neither `für` nor `求人.example`, and would answer 500. */
export const sendAway = (reply: FastifyReply, address: string): void => sendTo(reply, new URL(address).href);

/** Of a reader of whom only their browser tells. */
export const languageAsked = ({ headers }: FastifyRequest): Language =>
  languageOf((headers['accept-language'] ?? '').split(/[,;]/, 1)[0]?.trim() ?? '');

const sayingOf = ({ status, code }: ProblemError): Saying => {
  if (code === 'form-closed') return 'closed';
  if (status === 404) return 'unknown';
  return status === 429 ? 'tooMany' : 'unavailable';
};

/** What can't be served, as a page: people read no problem details. Bugs stay what they are. */
export const orSaying = async (request: FastifyRequest, reply: FastifyReply, work: Promise<void>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    void reply.headers(problem.headers);
    sendPage(reply, sayingPage(sayingOf(problem), languageAsked(request)), problem.status);
  }
};

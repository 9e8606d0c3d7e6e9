import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../problems/problem.js';

/** `/v1/candidates/:id` as a pattern of addresses. */
const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('/')}$`,
  );

/** Answers a method that an address doesn't know with 405 and `Allow`; Fastify would say that there's no such address. */
export const installAllowedMethods = (fastify: FastifyInstance): void => {
  const known = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  fastify.addHook('onRoute', ({ method, url }) => {
    const route = known.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const name of [method].flat()) route.methods.add(name);
    known.set(url, route);
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (!request.is404) {
      done();
      return;
    }
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = [...known.values()]
      .filter(({ pattern }) => pattern.test(path))
      .flatMap((route) => [...route.methods]);
    if (methods.length === 0) done();
    else {
      const allow = [...new Set(methods)].toSorted().join(', ');
      done(new ProblemError(405, 'method-not-allowed', { detail: `This address knows ${allow}.`, headers: { allow } }));
    }
  });
};

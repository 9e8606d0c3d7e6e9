import {
  ACCESS_OPTIONS,
  declaredRoutes,
  ensureFirstKeys,
  formatApiKey,
  newApiKey,
  roles,
  type Role,
} from '#libs/access';
import { candidatesEventDefinitions } from '#libs/candidates';
import { loadOrCreateSecrets } from '#libs/embedded';
import { configureApp, createAdapter } from '#libs/http';
import { newId } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { ensureGeneration } from '#libs/projecting';
import { customFieldsProjection } from '#projections/custom-fields';
import { duplicates } from '#projections/duplicates';
import { engagement } from '#projections/engagement';
import { fitModels } from '#projections/fit-models';
import { funnel } from '#projections/funnel';
import { hygieneProjection } from '#projections/hygiene';
import { identity } from '#projections/identity';
import { poolsProjection } from '#projections/pools';
import { relationship } from '#projections/relationship';
import { savedSearchesProjection } from '#projections/saved-searches';
import { scoringModels } from '#projections/scoring-models';
import { talentSearch } from '#projections/talent-search';
import { timeline } from '#projections/timeline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptNdjson } from '../../../apps/command-api/src/bulk/ndjson.js';
import { CommandApiModule } from '../../../apps/command-api/src/command-api.module.js';
import { AutomationModule } from '../../../apps/automation/src/automation.module.js';
import { ProjectorModule } from '../../../apps/projector/src/projector.module.js';
import { QueryApiModule } from '../../../apps/query-api/src/query-api.module.js';
import { scratchDatabase, type ScratchDatabase } from '../../support/scratch-database.js';
import { AUDIENCE, TokenIssuer } from '../../support/token-issuer.js';

const SERVERS_MILLISECONDS = 45_000;

/** Who may call what, said once more: a route whose declaration changes by accident is noticed here. */
const writers = ['service', 'admin'];
const readers = ['service', 'analyst', 'admin'];
const all = ['service', 'analyst', 'auditor', 'admin'];
const operation: Readonly<Record<string, 'public'>> = {
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'GET /metrics': 'public',
};
const expected: Readonly<Record<string, Readonly<Record<string, readonly string[] | 'public'>>>> = {
  'command-api': {
    ...operation,
    'POST /v1/candidates': writers,
    'PATCH /v1/candidates/:id': writers,
    'POST /v1/candidates/:id/tags': writers,
    'PUT /v1/candidates/:id/owner': writers,
    'POST /v1/candidates/:id/consents': writers,
    'POST /v1/candidates/:id/consents/withdrawals': writers,
    'PUT /v1/candidates/:id/do-not-contact': writers,
    'PUT /v1/candidates/:id/snooze': writers,
    'PUT /v1/candidates/:id/availability': writers,
    'PUT /v1/candidates/:id/languages': writers,
    'POST /v1/candidates/:id/merges': writers,
    'DELETE /v1/merges/:id': writers,
    'POST /v1/candidates/:id/not-duplicates': writers,
    'PUT /v1/candidates/:id/work-history': writers,
    'PUT /v1/candidates/:id/education': writers,
    'PUT /v1/candidates/:id/attachments': writers,
    'PUT /v1/candidates/:id/silver-medallist': writers,
    'POST /v1/candidates/:id/notes': writers,
    'PUT /v1/candidates/:id/notes/:noteId': writers,
    'DELETE /v1/candidates/:id/notes/:noteId': writers,
    'POST /v1/candidates/:id/interactions': writers,
    'POST /v1/candidates/bulk': writers,
    'POST /v1/interactions': writers,
    'POST /v1/interactions/bulk': writers,
    'POST /v1/applications': writers,
    'POST /v1/applications/:id/stages': writers,
    'POST /v1/pools': writers,
    'PATCH /v1/pools/:id': writers,
    'POST /v1/pools/:id/closure': writers,
    'POST /v1/pools/:id/members': writers,
    'POST /v1/pools/:id/members/bulk': writers,
    'PUT /v1/pools/:id/members/:candidateId/stage': writers,
    'DELETE /v1/pools/:id/members/:candidateId': writers,
    'POST /v1/hygiene/plans': writers,
    'PATCH /v1/hygiene/plans/:id': writers,
    'POST /v1/hygiene/plans/:id/retirement': writers,
    'POST /v1/saved-searches': readers,
    'PATCH /v1/saved-searches/:id': readers,
    'DELETE /v1/saved-searches/:id': readers,
    'POST /v1/scoring-models': writers,
    'POST /v1/scoring-models/switches': writers,
    'POST /v1/scoring-models/retirements': writers,
    'POST /v1/fit-models': writers,
    'POST /v1/fit-models/retirements': writers,
    'POST /v1/custom-fields': writers,
    'PATCH /v1/custom-fields/:key': writers,
    'POST /v1/custom-fields/:key/retirement': writers,
    'POST /v1/sign-up-forms': writers,
    'PATCH /v1/sign-up-forms/:id': writers,
    'GET /v1/sign-up-forms/:id': 'public',
    // Public: what people do who sign up. See sign-up-submissions.integration-spec.ts.
    'POST /v1/sign-up-forms/:id/submissions': 'public',
    'OPTIONS /v1/sign-up-forms/:id/submissions': 'public',
    'GET /sign-up/:id': 'public',
    'POST /sign-up/:id': 'public',
    'GET /sign-up/:id/sent': 'public',
    'GET /sign-up/confirmations/:token': 'public',
    'POST /sign-up/confirmations/:token': 'public',
    // Public, but signed: see webhooks.integration-spec.ts.
    'POST /v1/webhooks/:provider': 'public',
    'GET /v1/unmatched-deliveries': ['admin'],
    'POST /v1/unmatched-deliveries/replay': ['admin'],
    'POST /v1/unmatched-deliveries/:id/replay': ['admin'],
  },
  'query-api': {
    ...operation,
    'POST /v1/candidates/search': readers,
    'GET /v1/candidates/:id': all,
    'GET /v1/candidates/:id/timeline': all,
    'GET /v1/candidates/:id/score': readers,
    'GET /v1/candidates/:id/score/changes': readers,
    'GET /v1/candidates/:id/fit': readers,
    'GET /v1/fit-models': readers,
    'GET /v1/candidates/:id/relationship': readers,
    'GET /v1/candidates/:id/notes': readers,
    'GET /v1/silver-medallists': readers,
    'GET /v1/duplicates': readers,
    'GET /v1/hygiene': readers,
    'GET /v1/hygiene/people': readers,
    'GET /v1/hygiene/plans': readers,
    'GET /v1/hygiene/runs': readers,
    'GET /v1/engagement/hottest': readers,
    'GET /v1/schemas/criteria': all,
    'GET /v1/custom-fields': all,
    'GET /v1/scoring-models': readers,
    'GET /v1/scoring-models/comparison': readers,
    'GET /v1/scoring-models/comparison/people': readers,
    'GET /v1/scoring-models/back-test': readers,
    'GET /v1/candidates/:id/pools': readers,
    'GET /v1/pools': readers,
    'GET /v1/pools/:id': readers,
    'GET /v1/pools/:id/health': readers,
    'GET /v1/pools/:id/members': readers,
    'GET /v1/pools/:id/changes': readers,
    'GET /v1/pools/:id/members/:candidateId/history': readers,
    'GET /v1/saved-searches': readers,
    'GET /v1/saved-searches/:id': readers,
    'POST /v1/saved-searches/:id/run': readers,
    'POST /v1/past-states': readers,
    'GET /v1/past-states': readers,
    'GET /v1/past-states/:id': readers,
    'POST /v1/segment-histories': readers,
    'GET /v1/segment-histories': readers,
    'GET /v1/segment-histories/:id': readers,
    'GET /v1/segment-histories/:id/members': readers,
    'GET /v1/segment-histories/:id/changes': readers,
    'POST /v1/candidates/export': readers,
    'POST /v1/saved-searches/:id/export': readers,
    'POST /v1/pools/:id/members/export': readers,
    'GET /v1/funnel': readers,
    'GET /v1/email-rates': readers,
    'GET /v1/projections': all,
    'GET /v1/audit/candidates/:id/history': ['auditor'],
    'GET /v1/audit/searches': ['auditor', 'admin'],
  },
  projector: { ...operation, 'GET /status': 'public' },
  automation: operation,
};
const appNames = Object.keys(expected);

/** Not of a controller: the API's own documents, for everyone. */
const isDocument = (path: string): boolean => path === '/docs' || path.startsWith('/docs/');

interface ServedApp {
  readonly app: NestFastifyApplication;
  readonly base: string;
  /** What the HTTP server really answers, `GET /health/live`. */
  readonly served: ReadonlySet<string>;
}

interface Answer {
  readonly status: number;
  readonly code: string;
}

describe('every route of every app', () => {
  let scratch: ScratchDatabase;
  let issuer: TokenIssuer;
  let secretsDir: string;
  let keys: Readonly<Record<Role, string>>;
  const apps = new Map<string, ServedApp>();

  const serve = async (module: DynamicModule): Promise<ServedApp> => {
    const built = await Test.createTestingModule({ imports: [module] })
      .overrideProvider(ACCESS_OPTIONS)
      .useValue({
        oidc: { issuer: issuer.url, audience: AUDIENCE, roleClaim: ['realm_access', 'roles'] },
        rates: { services: undefined, people: undefined, failures: undefined },
      })
      .compile();
    const app = built.createNestApplication<NestFastifyApplication>(createAdapter());
    const served = new Set<string>();
    const fastify = app.getHttpAdapter().getInstance();
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const verb of [method].flat()) if (verb !== 'HEAD') served.add(`${verb} ${url}`);
    });
    configureApp(app, { title: 'Matrix', description: 'Every route' });
    acceptNdjson(app);
    await app.listen(0, '127.0.0.1');
    return { app, base: await app.getUrl(), served };
  };

  beforeAll(async () => {
    scratch = await scratchDatabase();
    issuer = await TokenIssuer.start();
    secretsDir = await mkdtemp(join(tmpdir(), 'route-matrix-'));
    loadOrCreateSecrets(secretsDir);
    keys = (await ensureFirstKeys(scratch.database, secretsDir)) ?? ({} as typeof keys);
    for (const projection of [
      talentSearch,
      engagement,
      funnel,
      timeline,
      relationship,
      identity,
      poolsProjection,
      savedSearchesProjection,
      duplicates,
      scoringModels,
      fitModels,
      customFieldsProjection,
      hygieneProjection,
    ]) {
      await ensureGeneration(scratch.database, projection);
    }
    const options = {
      databaseUrl: scratch.url,
      eventStoreUrl: process.env['EVENTSTORE_URL_UNDER_TEST'] ?? '',
      secretsDir,
      logger: createLogger({ service: 'test', level: 'silent' }),
    };
    apps.set('command-api', await serve(CommandApiModule.forRoot(options)));
    apps.set('query-api', await serve(QueryApiModule.forRoot({ ...options, readWaitMilliseconds: 200 })));
    apps.set(
      'projector',
      await serve(ProjectorModule.forRoot({ ...options, projections: [], definitions: candidatesEventDefinitions })),
    );
    apps.set(
      'automation',
      await serve(
        AutomationModule.forRoot({ ...options, managers: () => [], definitions: candidatesEventDefinitions }),
      ),
    );
  }, SERVERS_MILLISECONDS);

  afterAll(async () => {
    for (const { app } of apps.values()) await app.close();
    await issuer.stop();
    await scratch.drop();
    await rm(secretsDir, { recursive: true, force: true });
  }, SERVERS_MILLISECONDS);

  const served = (name: string): ServedApp => {
    const app = apps.get(name);
    if (!app) throw new Error(`${name} is not served.`);
    return app;
  };

  /** An array is no body that any route takes, so nothing is stored where somebody is let in. */
  const call = async (app: string, method: string, path: string, credential: string | undefined): Promise<Answer> => {
    const response = await fetch(`${served(app).base}${path.replaceAll(/:\w+/g, newId())}`, {
      method,
      headers: {
        ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      },
      ...(method === 'GET' ? {} : { body: '[]' }),
    });
    const text = await response.text();
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
    const { type = '' } = isProblem ? (JSON.parse(text) as { type?: string }) : {};
    return { status: response.status, code: type.replace('urn:rapport:problem:', '') };
  };

  /** Answers that differ from what's declared, as text: none is what's expected. */
  const differences = async (
    app: string,
    credential: string | undefined,
    isAsDeclared: (answer: Answer, declared: readonly string[]) => boolean,
  ): Promise<string[]> => {
    const found: string[] = [];
    for (const { method, path, declared } of declaredRoutes(served(app).app)) {
      if (declared === undefined || declared === 'public') continue;
      const answer = await call(app, method, path, credential);
      if (!isAsDeclared(answer, declared)) found.push(`${method} ${path}: ${answer.status} ${answer.code}`);
    }
    return found;
  };
  const isUnauthenticated = ({ status, code }: Answer): boolean => status === 401 && code === 'unauthenticated';
  const isLetIn = ({ status }: Answer): boolean => status < 500 && ![401, 403, 429].includes(status);
  const isForbidden = ({ status, code }: Answer): boolean => status === 403 && code === 'forbidden';

  it.each(appNames)('of %s is known, and says who may call it', (name) => {
    const declared = declaredRoutes(served(name).app).map((route) => [`${route.method} ${route.path}`, route.declared]);
    expect(Object.fromEntries(declared)).toEqual(expected[name]);
    const others = [...served(name).served].filter(
      (route) => !declared.some(([known]) => known === route) && !isDocument(route.split(' ')[1] ?? ''),
    );
    expect(others).toEqual([]);
  });

  it.each(appNames)('of %s that is public answers without a key', async (name) => {
    const open = Object.entries(expected[name] ?? {}).filter(
      ([route, declared]) => declared === 'public' && !/\/(webhooks|sign-up-forms|sign-up)\//.test(route),
    );
    const answers = await Promise.all(
      open.map(async ([route]) => {
        const [method = '', path = ''] = route.split(' ');
        return (await call(name, method, path, undefined)).status;
      }),
    );
    expect(answers.length).toBeGreaterThan(1);
    expect(answers.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  });

  const credentials: readonly [string, () => Promise<string | undefined> | string | undefined][] = [
    ['no credential', () => undefined],
    ['a made-up key', () => formatApiKey(newApiKey())],
    ['another secret of a key', () => `${keys.admin.slice(0, -4)}AAAA`],
    ['what is neither', () => 'x'],
    ['an expired token', () => issuer.token({ exp: 1 })],
    ['a token for others', () => issuer.token({ aud: 'others' })],
    ['a token of another issuer', () => issuer.token({ iss: 'https://other.example' })],
    ['a forged token', async () => issuer.token({}, {}, (await TokenIssuer.newKey('first')).privateKey)],
    ['an unsigned token', async () => unsigned(await issuer.token())],
  ];
  const unsigned = (token: string): string =>
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1] ?? ''}.`;

  it.each(appNames.flatMap((app) => credentials.map(([what, credential]) => [app, what, credential] as const)))(
    'of %s answers 401 to %s',
    async (app, _what, credential) => {
      expect(await differences(app, await credential(), isUnauthenticated)).toEqual([]);
    },
  );

  const asRole: readonly [string, (role: Role) => Promise<string> | string][] = [
    ['an API key', (role) => keys[role]],
    ['a token', (role) => issuer.token({ realm_access: { roles: [role] } })],
  ];

  it.each(appNames.flatMap((app) => roles.flatMap((role) => asRole.map(([by, of]) => [app, role, by, of] as const))))(
    'of %s answers %s, by %s, as it declares',
    async (app, role, _by, credentialOf) => {
      const found = await differences(app, await credentialOf(role), (answer, declared) =>
        declared.includes(role) ? isLetIn(answer) : isForbidden(answer),
      );
      expect(found).toEqual([]);
    },
  );

  it.each(appNames)('of %s lets nobody in whose token names no role, and whoever has one of several', async (app) => {
    expect(await differences(app, await issuer.token({ realm_access: { roles: ['owner'] } }), isForbidden)).toEqual([]);
    expect(await differences(app, await issuer.token({ realm_access: { roles: [...roles] } }), isLetIn)).toEqual([]);
  });
});

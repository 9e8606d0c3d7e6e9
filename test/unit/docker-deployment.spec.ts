import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = (path: string): string => readFileSync(join(root, 'docker', path), 'utf8');

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly restart?: string;
  readonly logging?: unknown;
  readonly healthcheck?: { readonly test?: unknown; readonly disable?: boolean };
  readonly privileged?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly secrets?: readonly string[];
  readonly command?: readonly string[] | string;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}
const compose = parse(text('compose.yaml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);

/** Names of metrics that the code makes, as they lie in its source; those of counters by kind as a pattern. */
const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
    .map((path) => readFileSync(join(root, folder, path), 'utf8'));
const code = [...sources('apps'), ...sources('libs')].join('\n');
const kinds = /figures = \{([^}]*)\}/.exec(code)?.[1]?.match(/\w+(?=:)/g) ?? [];
const known = new Set([
  ...(code.match(/'rapport_\w+'/g) ?? []).map((name) => name.slice(1, -1)),
  ...kinds.map((kind) => `rapport_command_${kind}_total`),
]);
const used = (expressions: readonly string[]): string[] => [
  ...new Set(
    expressions
      .flatMap((one) => one.match(/rapport_\w+/g) ?? [])
      .map((name) => name.replace(/_(bucket|count|sum)$/, '')),
  ),
];

describe('The deployment', () => {
  it.each(services)('has in %s a pinned image, health, bounded logs, and no privilege', (_name, service) => {
    expect(service.image).toMatch(/:[^:]+$/);
    expect(service.image).not.toMatch(/:latest$/);
    expect(service.privileged).toBeUndefined();
    expect(service.logging).toBeDefined();
    expect(service.restart).toBeDefined();
    if (service.restart !== 'no') expect(service.healthcheck?.test).toBeDefined();
  });

  it.each(services)('names for %s only what there is', (_name, service) => {
    for (const volume of service.volumes ?? []) {
      const [from = ''] = volume.split(':');
      if (!from.startsWith('.')) expect(Object.keys(compose.volumes)).toContain(from);
    }
    for (const network of service.networks ?? []) expect(Object.keys(compose.networks)).toContain(network);
    for (const secret of service.secrets ?? []) expect(Object.keys(compose.secrets)).toContain(secret);
    for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
      const other = compose.services[name];
      expect(other).toBeDefined();
      if (condition === 'service_healthy') expect(other?.healthcheck?.test).toBeDefined();
      else expect(other?.restart).toBe('no');
    }
  });

  it('holds no secret', () => {
    for (const [, { environment = {} }] of services)
      for (const [name, value] of Object.entries(environment))
        if (/PASSWORD|SECRET|KEY|_URL$/.test(name)) expect(value).toMatch(/^(\$\{\w+:(\?.*|-)\}|\/[\w./-]+)$/);
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/secrets\//);
    expect(readFileSync(join(root, '.gitignore'), 'utf8')).toContain('docker/secrets');
    expect(readFileSync(join(root, '.dockerignore'), 'utf8')).toContain('docker/secrets');
  });

  it('keeps the keys of the nodes from everybody else', () => {
    const mounting = services.filter(([, { volumes = [] }]) => volumes.some((one) => one.startsWith('certificates:')));
    expect(mounting.map(([name]) => name)).toEqual(['certificates', 'node1', 'node2', 'node3']);
  });

  it('runs apps that there are, as an unprivileged user', () => {
    const apps = readdirSync(join(root, 'apps'));
    const ours = services.filter(([, { image }]) => image.startsWith('rapport:'));
    expect(ours.map(([, { command }]) => [command].flat()[0] ?? '').sort()).toEqual(
      ['prepare', ...apps.filter((app) => app !== 'rapport')].sort(),
    );
    const dockerfile = text('Dockerfile');
    expect(dockerfile.match(/^FROM /gm)).toHaveLength(2);
    const image = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
    expect(image).toMatch(/^USER node$/m);
    // Read at run time, beside what's compiled.
    expect(image).toMatch(/^COPY --from=build \/rapport\/libs\/taxonomy\/data libs\/taxonomy\/data$/m);
    expect(readdirSync(join(root, 'libs/taxonomy/data'))).toContain('places.tsv.gz');
  });

  it('watches metrics that there are', () => {
    const rules = parse(text('prometheus/rules.yaml')) as { groups: { rules: { alert: string; expr: string }[] }[] };
    const dashboard = JSON.parse(text('grafana/dashboards/rapport.json')) as {
      panels: { id: number; targets: { expr: string }[] }[];
    };
    const names = used([
      ...rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ]);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  it('scrapes every app', () => {
    const { scrape_configs: jobs } = parse(text('prometheus/prometheus.yaml')) as {
      scrape_configs: { job_name: string; dns_sd_configs: { names: string[]; port: number }[] }[];
    };
    for (const {
      job_name: name,
      dns_sd_configs: [found],
    } of jobs) {
      expect(found?.names).toEqual([name]);
      expect(compose.services[name]?.environment?.['PORT']).toBe(String(found?.port));
    }
    expect(jobs.map(({ job_name: name }) => name).sort()).toEqual([
      'automation',
      'command-api',
      'projector',
      'query-api',
    ]);
  });
});

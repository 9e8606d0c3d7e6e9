import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[];
}

describe('The runbook', () => {
  it('has a section for every alert', () => {
    const { groups } = parse(read('docker/prometheus/rules.yaml')) as Rules;
    const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
    expect(alerts.length).toBeGreaterThan(0);
    const headings = read('docs/runbook.md')
      .split('\n')
      .filter((line) => line.startsWith('## '))
      .join('\n');
    for (const alert of alerts) expect(headings).toContain(alert);
  });
});

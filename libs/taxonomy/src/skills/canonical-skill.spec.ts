import { describe, expect, it } from '@jest/globals';
import { canonicalSkill } from './canonical-skill.js';
import { ownSkills } from './own-skills.js';
import { skillForm } from './skill-form.js';

const key = (name: string): string | undefined => canonicalSkill(name)?.key;

describe('A skill', () => {
  it.each([
    ['JavaScript', 'js', 'JS', 'Java Script', 'javascript'],
    ['PostgreSQL', 'Postgres', 'postgres', 'PSQL', 'Postgre SQL'],
    ['Kubernetes', 'k8s', 'K8S'],
    ['Node.js', 'node', 'NodeJS', 'node js'],
    ['React', 'React.js', 'ReactJS', 'react js'],
    ['C++', 'cpp', 'c++'],
    ['C#', 'c sharp', 'C #'.replace(' ', '')],
    ['.NET', 'dotnet', 'Microsoft .NET Framework'],
    ['AWS', 'Amazon Web Services', 'Amazon Web Services AWS software'],
    ['HTML', 'HTML5', 'Hypertext markup language HTML'],
    ['Kafka', 'Apache Kafka'],
    ['Apache Maven', 'Maven'],
    ['Excel', 'MS Excel', 'Microsoft Excel'],
    ['CI/CD', 'ci cd', 'CICD'],
  ])('%s is found under all of its names', (name, ...others) => {
    for (const other of others) expect(key(other)).toBe(key(name));
  });

  it.each([
    ['Java', 'JavaScript'],
    ['C', 'C++'],
    ['C', 'C#'],
    ['React', 'React Native'],
    ['SQL', 'MySQL'],
    ['SQL', 'PostgreSQL'],
    ['Go', 'Google Docs'],
    ['Angular', 'React'],
    ['Spring', 'Spring Boot'],
  ])('%s is not %s', (one, other) => {
    expect(key(one)).not.toBe(key(other));
  });

  it('that nobody knows is its own, however it is written', () => {
    expect(canonicalSkill('  Falconry ')).toEqual({ key: 'falconry', label: 'Falconry' });
    expect(key('crisis  Negotiation')).toBe(key('Crisis-negotiation'));
    expect(canonicalSkill(' – ')).toBeUndefined();
  });

  it('has one meaning for each way of writing it', () => {
    const meanings = new Map<string, string>();
    for (const { label, written } of ownSkills) {
      for (const way of written) expect([way, meanings.get(skillForm(way)) ?? label]).toEqual([way, label]);
      for (const way of written) meanings.set(skillForm(way), label);
    }
  });

  it('has a key that is its own again', () => {
    for (const { label } of ownSkills) expect([label, key(key(label) ?? '')]).toEqual([label, key(label)]);
  });
});

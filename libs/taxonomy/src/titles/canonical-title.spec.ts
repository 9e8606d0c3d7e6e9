import { describe, expect, it } from '@jest/globals';
import { dataFile } from '../data/data-file.js';
import { canonicalTitle, occupationsOf, titleKeysAbove } from './canonical-title.js';
import { ownTitles, techniques } from './own-titles.js';
import { occupationTitle } from './title-index.js';
import { titleWords } from './title-words.js';

const key = (title: string): string | undefined => canonicalTitle(title)?.key;

describe('A title', () => {
  it.each([
    [
      'backend developer',
      'back-end engineer',
      'Back End Developer',
      'Sr. Backend Engineer',
      'Software Engineer, Backend',
      'Software Engineer (Backend)',
      'Backend - Software Engineer',
      'Back-end programmers',
      'BACKEND SOFTWARE ENGINEER II',
      'Lead Backend Engineer at Initech',
      'Backend Developer @ Google',
      'Backend Developer @Initech',
      'Payments Backend Engineer',
      'Java Backend Developer',
      'Backend Engineer (m/w/d)',
      'Remote Backend Dev',
    ],
    [
      'Software Engineer',
      'SWE',
      'Software Developer',
      'software engineers',
      'Staff Software Engineer',
      'SDE II',
      'Software Eng.',
    ],
    ['Frontend Developer', 'Front-End Engineer', 'front end web developer', 'Software Engineer - Frontend'],
    ['Full Stack Developer', 'Fullstack Engineer', 'Full-Stack Software Engineer', 'Junior full stack dev'],
    ['DevOps Engineer', 'Dev Ops Engineer', 'Senior DevOps', 'DevOps Developer'],
    ['Site Reliability Engineer', 'SRE', 'Site Reliability Engineer (SRE)', 'Sr SRE'],
    ['Java Developer', 'Java Software Engineer', 'Senior Java Engineer', 'Developer, Java'],
    ['.NET Developer', 'Senior .NET Software Engineer'],
    ['QA Engineer', 'Quality Assurance Engineer', 'SDET', 'Software Engineer in Test', 'Test Automation Engineer'],
    ['Machine Learning Engineer', 'ML Engineer', 'Senior Machine-Learning Engineer'],
    ['UX Designer', 'UI/UX Designer', 'User Experience Designer', 'UX/UI Designer'],
    [
      'Engineering Manager',
      'Manager, Software Engineering',
      'Software Engineering Manager',
      'Software Development Manager',
    ],
    ['Product Manager', 'Senior Product Manager', 'Product Manager, Growth', 'Product Managers'],
    ['Technical Recruiter', 'Tech Recruiter', 'Technical Recruiter - Software Engineers'],
    ['Registered Nurse', 'RN', 'Registered Nurses', 'Registered Nurse II'],
    ['Director of Nursing', 'Nursing Director'],
    ['HR Manager', 'Human Resources Manager', 'Manager of Human Resources'],
    ['Chief Executive Officer', 'CEO'],
    ['Licensed Practical Nurse', 'LPN'],
    ['M&A Analyst', 'M and A Analyst', 'Mergers and Acquisitions Analyst'],
    ['R&D Engineer', 'R & D Engineer', 'R and D Engineer'],
  ])('%s comes together with all other ways of writing it', (title, ...others) => {
    for (const other of others) expect([other, key(other)]).toEqual([other, key(title)]);
  });

  it.each([
    ['Java Developer', 'JavaScript Developer'],
    ['Sales Engineer', 'Software Engineer'],
    ['React Developer', 'React Native Developer'],
    ['C Developer', 'C++ Developer'],
    ['C# Developer', 'C++ Developer'],
    ['Backend Developer', 'Frontend Developer'],
    ['Software Engineer', 'Software Engineering Manager'],
    ['Technical Recruiter', 'Software Engineer'],
    ['Recruiter for Software Engineers', 'Software Engineer'],
    ['Business Development Representative', 'Business Developer'],
    ['Product Manager', 'Project Manager'],
    ['Product Manager', 'Product Designer'],
    ['Data Engineer', 'Data Scientist'],
    ['Data Analyst', 'Data Scientist'],
    ['Civil Engineer', 'Software Engineer'],
    ['Hardware Engineer', 'Software Engineer'],
    ['Nurse', 'Nurse Practitioner'],
    ['M&A Analyst', 'Analyst'],
    ['R&D Engineer', 'Engineer'],
    ['Marketing Manager', 'Marketing Intern'],
    ['Executive Assistant', 'Assistant Executive'],
    ['Software Sales Representative', 'Software Engineer'],
    ['Accountant', 'Accounting Clerk'],
    ['Lead Generation Specialist', 'Generation Specialist'],
  ])('%s is not %s', (one, other) => {
    expect(key(one)).not.toBe(key(other));
  });

  it('says what it was recognised by', () => {
    expect(canonicalTitle('Sr. Backend Engineer')).toEqual({
      key: 'backend-developer',
      label: 'Backend Developer',
      occupations: ['15-1252.00', '15-1254.00'],
      how: 'own',
      taxonomyVersion: expect.stringMatching(/^onet-29\.3\+geonames-2023\.03\+\d+$/),
    });
    expect(canonicalTitle('Barista')).toMatchObject({ how: 'onet', occupations: ['35-3023.01'] });
    expect(canonicalTitle('Payments Backend Engineer')).toMatchObject({ key: 'backend-developer', how: 'ending' });
    expect(canonicalTitle('Senior CDL Truck Driver')).toMatchObject({
      key: 'cdl-truck-driver',
      label: 'Senior CDL Truck Driver',
      how: 'ending',
    });
    expect(canonicalTitle('Mobile App')).toMatchObject({ how: 'none' });
    expect(canonicalTitle('Oncology Registered Nurse Superstar')).toMatchObject({ how: 'none', occupations: [] });
    expect(occupationsOf('backend developer')).toEqual([
      { code: '15-1252.00', title: 'Software Developers', how: 'own' },
      { code: '15-1254.00', title: 'Web Developers', how: 'own' },
    ]);
  });

  it('is its own where nobody knows it, and none where there is no word in it', () => {
    expect(canonicalTitle('Senior Happiness Wizard')).toMatchObject({ key: 'happiness-wizard', how: 'none' });
    for (const open of ['PM', 'Consultant', 'Associate']) expect(canonicalTitle(open)?.key).toBe(open.toLowerCase());
    for (const nothing of ['', ' – ', '(m/w/d)', '!!!']) expect(canonicalTitle(nothing)).toBeUndefined();
  });

  it('is one of the broader ones', () => {
    expect(titleKeysAbove('java-developer')).toEqual(['java-developer', 'software-engineer']);
    expect(titleKeysAbove('ios-developer')).toEqual(['ios-developer', 'mobile-developer', 'software-engineer']);
    expect(titleKeysAbove('software-engineer')).toEqual(['software-engineer']);
    expect(titleKeysAbove('sales-engineer')).not.toContain('software-engineer');
    expect(titleKeysAbove('barista')).toEqual(['barista']);
  });
});

describe('The lists', () => {
  it('take titles in as the rows of talent-search have it: with any change here, its version goes up', () => {
    const into = (broader: string): string[] =>
      ownTitles.filter((title) => title.broader === broader).map((title) => title.key);
    expect(into('software-engineer')).toEqual([
      'backend-developer',
      'frontend-developer',
      'fullstack-developer',
      'web-developer',
      'mobile-developer',
      'game-developer',
      'embedded-engineer',
    ]);
    expect(into('mobile-developer')).toEqual(['ios-developer', 'android-developer', 'react-native-developer']);
    expect(into('recruiter')).toEqual(['technical-recruiter', 'sourcer']);
    expect(ownTitles.filter(({ broader }) => broader !== undefined)).toHaveLength(12);
    expect(new Set([...techniques.values()].map((technique) => technique.key)).size).toBe(42);
  });

  it('give each of the own titles under all of its names, with occupations that O*NET has', () => {
    for (const { key: own, written, occupations } of ownTitles) {
      for (const way of written) expect([way, key(way)]).toEqual([way, own]);
      for (const code of occupations) expect([code, occupationTitle(code)]).toEqual([code, expect.any(String)]);
    }
  });

  it('were made with the words that titles are compared by', () => {
    const lines = dataFile('titles.tsv.gz').toString('utf8').split('\n');
    expect(lines.length).toBeGreaterThan(40_000);
    for (const line of lines) {
      const [words = '', label = '', , inFull] = line.split('\t');
      const expected = inFull ?? words;
      if (titleWords(label).join(' ') !== expected)
        expect([label, titleWords(label).join(' ')]).toEqual([label, expected]);
    }
  });
});

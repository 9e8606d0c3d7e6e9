/** Words of titles that are read alike: Rapport's own list, of what recruiters and candidates write. In folded form. */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Written apart, with a hyphen or together. */
export const compounds: ReadonlyMap<string, string> = new Map(
  words(
    'back-end front-end full-stack dev-ops dev-sec-ops ml-ops data-base e-commerce health-care life-guard web-site',
  ).map((one) => [one.replaceAll('-', ' '), one.replaceAll('-', '')]),
);

/** Abbreviations that mean one thing in a title. "PM" isn't here: it's a product, project or program manager. */
export const abbreviations: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    acct: 'accountant',
    ai: 'artificial intelligence',
    asst: 'assistant',
    biz: 'business',
    bi: 'business intelligence',
    ceo: 'chief executive officer',
    cfo: 'chief financial officer',
    cio: 'chief information officer',
    coo: 'chief operating officer',
    coord: 'coordinator',
    cto: 'chief technology officer',
    cyber: 'cyber',
    dba: 'database administrator',
    dir: 'director',
    eng: 'engineer',
    engr: 'engineer',
    exec: 'executive',
    golang: 'go',
    hr: 'human resource',
    info: 'information',
    infosec: 'information security',
    it: 'information technology',
    jvm: 'java',
    mgr: 'manager',
    mgmt: 'management',
    ml: 'machine learning',
    mktg: 'marketing',
    mle: 'machine learning engineer',
    np: 'nurse practitioner',
    nlp: 'natural language processing',
    ops: 'operation',
    qa: 'quality assurance',
    rep: 'representative',
    rn: 'registered nurse',
    sde: 'software engineer',
    spec: 'specialist',
    sre: 'site reliability engineer',
    supv: 'supervisor',
    svp: 'senior vice president',
    swe: 'software engineer',
    sysadmin: 'system administrator',
    ui: 'user interface',
    ux: 'user experience',
    vp: 'vice president',
    webdev: 'web developer',
  }).map(([short, long]) => [short, words(long)]),
);

/** Say how far somebody has come, not what they do; only before or after the rest, and only while something is left. */
export const levelsBefore = new Set(
  words('senior sr snr junior jr jnr staff principal lead mid midlevel entry level distinguished experienced graduate'),
);
export const levelsAfter = new Set(
  words('senior sr junior jr i ii iii iv v vi 1 2 3 4 5 6 7 level l1 l2 l3 l4 l5 l6 l7 ic1 ic2 ic3 ic4 ic5'),
);

/** Say how or where, not what. */
export const noise = new Set(
  words(
    'the a an and remote remotely hybrid onsite contract freelance fulltime parttime temporary permanent w2 c2c usa us uk emea apac based opportunity position job role hiring urgent',
  ),
);

/** What comes after one of these is another thing than the title: an employer, a subject, a person. */
export const cuts = new Set(words('at for with to from'));

/** Nouns that name somebody by what they do. A part of a title that ends in one stands by itself. */
export const roles = new Set(
  words(`accountant administrator admin advisor adviser advocate agent analyst architect artist assistant associate attorney auditor
    buyer chef chief clerk coach consultant controller coordinator counsel counselor cto ceo cfo coo designer developer director
    driver editor engineer executive expert facilitator founder generalist head hacker inspector instructor intern inspector lawyer lead
    leader manager marketer master mechanic nurse officer operator owner paralegal partner planner president producer professor
    programmer recruiter representative researcher scientist secretary seller sourcer specialist statistician strategist
    supervisor teacher technician technologist tester therapist trainer translator worker writer`),
);

/** Roles that say nothing by themselves: "engineer" doesn't say of what. */
export const generic = new Set(
  words(`administrator advisor agent analyst architect assistant associate chief consultant controller coordinator designer developer
    director engineer executive expert generalist head inspector instructor intern lead leader manager master officer operator owner
    partner planner president producer programmer representative researcher specialist supervisor technician technologist trainer
    worker student`),
);

/** End in an s and are no plural. */
export const noPlural = new Set(
  words('sales news business analysis logistics series previous process access press canvas devops aws js ios sas'),
);

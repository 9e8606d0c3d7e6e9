/**
 * Titles of software and recruiting that O*NET lacks, splits between occupations or writes in one way only: Rapport's own list.
 * One line a title: its key, its label, codes of O*NET-SOC (the likeliest first), the key of a broader title or `-`, and the ways
 * of writing it beside the label; order of words, level, hyphens, plurals and engineer/developer/programmer don't matter.
 */
const lines = `
software-engineer | Software Engineer | 15-1252.00 | - | software developer; application developer; applications engineer software; computer programmer; member of technical staff; software development engineer
backend-developer | Backend Developer | 15-1252.00 15-1254.00 | software-engineer | backend software engineer; backend web developer; server side developer; server developer; api developer; backend
frontend-developer | Frontend Developer | 15-1254.00 15-1252.00 | software-engineer | frontend software engineer; frontend web developer; client side developer; ui developer; ui software engineer; frontend ui developer; frontend
fullstack-developer | Full-Stack Developer | 15-1252.00 15-1254.00 | software-engineer | fullstack software engineer; fullstack web developer; fullstack
web-developer | Web Developer | 15-1254.00 | software-engineer | web software engineer; web application developer; website developer
mobile-developer | Mobile Developer | 15-1252.00 | software-engineer | mobile software engineer; mobile application developer; mobile app developer
ios-developer | iOS Developer | 15-1252.00 | mobile-developer | ios software engineer; ios mobile developer; ios app developer; iphone developer
android-developer | Android Developer | 15-1252.00 | mobile-developer | android software engineer; android mobile developer; android app developer
react-native-developer | React Native Developer | 15-1252.00 | mobile-developer | react native software engineer; react native mobile developer
game-developer | Game Developer | 15-1255.01 15-1252.00 | software-engineer | game software engineer; video game developer; gameplay programmer
embedded-engineer | Embedded Software Engineer | 15-1252.00 | software-engineer | embedded developer; firmware engineer; firmware software engineer; embedded system engineer; embedded system software engineer
platform-engineer | Platform Engineer | 15-1252.00 | - | platform software engineer; infrastructure engineer; infrastructure software engineer; cloud platform engineer
devops-engineer | DevOps Engineer | 15-1252.00 15-1244.00 | - | devops developer; devops software engineer; devops; devsecops engineer; cloud devops engineer; release engineer; build release engineer
site-reliability-engineer | Site Reliability Engineer | 15-1252.00 15-1244.00 | - | site reliability; reliability engineer site software; production engineer software; site reliability software engineer
cloud-engineer | Cloud Engineer | 15-1241.00 15-1252.00 | - | cloud software engineer; cloud infrastructure engineer; aws engineer; azure engineer; gcp engineer
security-engineer | Security Engineer | 15-1299.05 15-1212.00 | - | cyber security engineer; cybersecurity engineer; information security engineer; application security engineer; appsec engineer; it security engineer; product security engineer
data-engineer | Data Engineer | 15-1243.00 15-2051.00 | - | big data engineer; data software engineer; data developer; data pipeline engineer; data platform engineer; etl developer; analytics engineer
data-scientist | Data Scientist | 15-2051.00 | - | data science; machine learning data scientist; applied data scientist
data-analyst | Data Analyst | 15-2051.01 15-2051.00 | - | business data analyst; analytics analyst; data analytics analyst
bi-developer | BI Developer | 15-2051.01 | - | bi engineer; bi analyst; business intelligence specialist
machine-learning-engineer | Machine Learning Engineer | 15-2051.00 15-1221.00 | - | ml software engineer; machine learning developer; ai engineer; ai ml engineer; ai developer; ai software engineer; deep learning engineer; mlops engineer; generative ai engineer
machine-learning-scientist | Machine Learning Scientist | 15-1221.00 15-2051.00 | - | machine learning researcher; ai researcher; ai scientist; ai research scientist; machine learning research scientist; ml research engineer
qa-engineer | QA Engineer | 15-1253.00 | - | quality assurance software engineer; software test engineer; software tester; qa tester; test automation engineer; qa automation engineer; automation test engineer; sdet; software engineer in test; software development engineer in test; software quality assurance engineer; software quality engineer; qa analyst; quality assurance software analyst
database-administrator | Database Administrator | 15-1242.00 | - | database admin; database engineer; sql database administrator
system-administrator | Systems Administrator | 15-1244.00 | - | sysadmin; it administrator; network system administrator; linux administrator; windows administrator; linux system administrator
network-engineer | Network Engineer | 15-1241.00 | - | networking engineer; computer network engineer
software-architect | Software Architect | 15-1252.00 15-1299.08 | - | application architect; technical architect software
solutions-architect | Solutions Architect | 15-1299.08 | - | solution architect; cloud architect; cloud solution architect; aws solution architect
engineering-manager | Engineering Manager | 11-9041.00 11-3021.00 | - | software engineering manager; software development manager; manager of software engineering; software engineer manager
tech-lead | Tech Lead | 15-1252.00 | - | technical lead; technology lead; software technical lead; technical team lead
product-manager | Product Manager | 11-2021.00 | - | digital product manager; technical product manager; software product manager; product management
product-owner | Product Owner | 15-1299.09 11-2021.00 | - | agile product owner; digital product owner
project-manager | Project Manager | 13-1082.00 | - | it project manager; technical project manager; software project manager
program-manager | Program Manager | 13-1082.00 | - | technical program manager; programme manager; tpm
scrum-master | Scrum Master | 15-1299.09 | - | scrummaster; agile scrum master
product-designer | Product Designer | 15-1255.00 | - | digital product designer; ux product designer
ux-designer | UX Designer | 15-1255.00 | - | user experience designer; ui ux designer; ux ui designer; uiux designer; uxui designer; interaction designer; ui designer; user interface designer; ux ui product designer
ux-researcher | UX Researcher | 15-1255.00 | - | user researcher; user experience researcher; design researcher
graphic-designer | Graphic Designer | 27-1024.00 | - | graphics designer; visual designer
recruiter | Recruiter | 13-1071.00 | - | talent acquisition specialist; talent acquisition partner; recruitment consultant; recruiting specialist; recruitment specialist; talent recruiter; corporate recruiter; talent partner; talent acquisition recruiter; recruitment partner
technical-recruiter | Technical Recruiter | 13-1071.00 | recruiter | tech recruiter; it recruiter; engineering recruiter
sourcer | Sourcer | 13-1071.00 | recruiter | talent sourcer; sourcing specialist talent; sourcing recruiter; recruiting sourcer
hr-business-partner | HR Business Partner | 13-1071.00 | - | hrbp; people partner; people business partner
account-executive | Account Executive | 41-3091.00 | - | sales account executive; enterprise account executive
sales-development-representative | Sales Development Representative | 41-3091.00 | - | sdr; bdr; business development representative; sales development rep
customer-success-manager | Customer Success Manager | 11-2022.00 | - | client success manager; customer success specialist; customer success
sales-engineer | Sales Engineer | 41-9031.00 | - | presales engineer; pre sales engineer; solution engineer; presales consultant
devrel | Developer Advocate | 15-1252.00 | - | developer relation engineer; developer evangelist; developer relation; devrel engineer
`;

export interface OwnTitle {
  readonly key: string;
  readonly label: string;
  readonly occupations: readonly string[];
  /** The key of a title that takes this one in. */
  readonly broader?: string;
  /** Ways of writing it, the label among them. */
  readonly written: readonly string[];
}

export const ownTitles: readonly OwnTitle[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [key = '', label = '', codes = '', broader = '-', ways = ''] = line.split('|').map((column) => column.trim());
    return {
      key,
      label,
      occupations: codes.split(' '),
      ...(broader === '-' ? {} : { broader }),
      written: [label, ...ways.split(';').map((way) => way.trim())],
    };
  });

/** What somebody develops in, as it's written in titles; the first word of a key like `java-developer`. */
export const techniques: ReadonlyMap<string, { readonly key: string; readonly label: string }> = new Map(
  `java:Java javascript:JavaScript typescript:TypeScript python:Python go:Go rust:Rust c:C c++:C++ c#:C# .net:.NET php:PHP ruby:Ruby
  rails:Ruby_on_Rails node:Node.js nodejs:Node.js react:React reactjs:React angular:Angular angularjs:Angular vue:Vue vuejs:Vue scala:Scala
  kotlin:Kotlin swift:Swift perl:Perl elixir:Elixir erlang:Erlang clojure:Clojure haskell:Haskell salesforce:Salesforce sap:SAP
  abap:ABAP wordpress:WordPress drupal:Drupal magento:Magento django:Django laravel:Laravel spring:Spring sharepoint:SharePoint
  servicenow:ServiceNow cobol:COBOL mainframe:Mainframe unity:Unity blockchain:Blockchain solidity:Solidity flutter:Flutter`
    .trim()
    .split(/\s+/)
    .map((one) => {
      const [word = '', label = ''] = one.split(':');
      return [
        word,
        {
          key: label
            .toLowerCase()
            .replaceAll('_', '-')
            .replace(/(?<=.)\.js$/, ''),
          label: label.replaceAll('_', ' '),
        },
      ];
    }),
);

/**
 * Skills as people write them: Rapport's own list. One line a skill: its label, then the other ways of writing it. Capitals,
 * hyphens, spaces and a `.js` at the end don't matter.
 */
const lines = `
JavaScript | js, java script, ecmascript, es6, es2015, vanilla js, vanilla javascript
TypeScript | ts, type script
Node.js | node, nodejs
React | react js, reactjs
React Native | react-native
Vue.js | vue, vuejs
Angular | angularjs, google angular, angular 2
Next.js | nextjs
NestJS | nest js, nest
Express | express js, expressjs
jQuery | j query
Go | golang, go lang, go programming language
C++ | cpp, c plus plus, cplusplus
C# | c sharp, csharp
F# | f sharp, fsharp
.NET | dotnet, dot net, microsoft .net framework, .net framework, .net core, dotnet core
ASP.NET | asp net, microsoft asp.net
Visual Basic | vb, vb.net, microsoft visual basic
VBA | visual basic for applications, microsoft visual basic for applications vba
Python | python3, python 3, python programming
Ruby on Rails | rails, ror
Java | oracle java, java 8, java 11, java 17, core java
Java EE | j2ee, jee, jakarta ee, oracle java 2 platform enterprise edition j2ee
Spring | spring framework
Spring Boot | springboot
PHP | php7, php 8
Objective-C | objective c, objc
PowerShell | power shell, microsoft powershell
Bash | bash scripting, shell scripting, shell script, unix shell, bourne again shell bash
SQL | structured query language, structured query language sql
PL/SQL | plsql, oracle pl/sql
T-SQL | tsql, transact-sql
PostgreSQL | postgres, postgre, psql, postgresql database, postgre sql
MySQL | my sql
SQL Server | ms sql, mssql, microsoft sql server, ms sql server
MongoDB | mongo, mongo db
Redis | redis cache
Elasticsearch | elastic search, elastic
DynamoDB | amazon dynamodb, aws dynamodb, dynamo db
Oracle Database | oracle db, oracle rdbms
Cassandra | apache cassandra
Kafka | apache kafka
Spark | apache spark, pyspark
Hadoop | apache hadoop
Airflow | apache airflow
RabbitMQ | rabbit mq
EventStoreDB | event store, eventstore, kurrentdb
AWS | amazon web services, amazon web services aws, amazon aws, aws cloud
Azure | microsoft azure, azure cloud, ms azure
Google Cloud | gcp, google cloud platform, google compute engine
Amazon S3 | s3, aws s3, amazon simple storage service s3
Amazon EC2 | ec2, aws ec2, amazon elastic compute cloud ec2
Kubernetes | k8s, kube
Docker | docker containers
Terraform | ibm terraform, hashicorp terraform
Ansible | red hat ansible
Jenkins | jenkins ci
GitHub Actions | gh actions
GitLab | git lab
GitHub | git hub
CI/CD | ci cd, cicd, continuous integration, continuous integration and delivery
HTML | html5, hypertext markup language, hypertext markup language html
CSS | css3, cascading style sheets, cascading style sheets css
Sass | scss
XML | extensible markup language, extensible markup language xml
JSON | javascript object notation, javascript object notation json
GraphQL | graph ql
REST | rest api, restful, rest apis, restful api, restful apis
gRPC | g rpc
Machine Learning | ml
Deep Learning | dl
Artificial Intelligence | ai
Natural Language Processing | nlp
Computer Vision | computer-vision
Large Language Models | llm, llms
PyTorch | torch
TensorFlow | tensor flow
scikit-learn | sklearn, scikit learn
pandas | python pandas
NumPy | num py
R | r language, r programming, r programming language
MATLAB | the mathworks matlab
Tableau | tableau desktop, tableau software
Power BI | powerbi, microsoft power bi, ms power bi
Excel | microsoft excel, ms excel, advanced excel
PowerPoint | microsoft powerpoint, ms powerpoint, power point
Word | microsoft word, ms word
Outlook | microsoft outlook, ms outlook
Microsoft Office | ms office, office 365, microsoft office 365, microsoft 365, office
SharePoint | microsoft sharepoint, ms sharepoint
Google Workspace | g suite, gsuite, google apps
Jira | atlassian jira, jira software
Confluence | atlassian confluence
Salesforce | salesforce.com, sfdc, salesforce crm
HubSpot | hub spot
SAP | sap erp, sap r/3, sap software
AutoCAD | auto cad, autodesk autocad
SolidWorks | solid works, dassault systemes solidworks
Photoshop | adobe photoshop
Illustrator | adobe illustrator
InDesign | adobe indesign
Figma | figma design
Linux | gnu/linux, gnu linux
macOS | mac os, os x, apple macos
Windows | microsoft windows, ms windows
iOS | apple ios, ios development
Android | google android, android development
Unity | unity 3d, unity3d
Event Sourcing | eventsourcing
Domain-Driven Design | ddd, domain driven design
Test-Driven Development | tdd, test driven development
Object-Oriented Programming | oop, object oriented programming
User Experience | ux, ux design, user experience design
User Interface Design | ui, ui design
SEO | search engine optimization, search engine optimisation
SEM | search engine marketing
CRM | customer relationship management, customer relationship management crm
ERP | enterprise resource planning, enterprise resource planning erp
Quality Assurance | qa
Project Management | projects management
Agile | agile methodology, agile methodologies, agile development
Scrum | scrum methodology
`;

export interface OwnSkill {
  readonly label: string;
  readonly written: readonly string[];
}

export const ownSkills: readonly OwnSkill[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [label = '', ways = ''] = line.split('|').map((column) => column.trim());
    return { label, written: [label, ...ways.split(',').map((way) => way.trim())] };
  });

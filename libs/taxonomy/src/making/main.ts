import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { makePlaces } from './make-places.js';
import { makeSkills } from './make-skills.js';
import { makeTitles } from './make-titles.js';

/** Makes libs/taxonomy/data anew; docs/taxonomy.md says where the sources come from. */
const [cities500, admin1, occupations, alternateTitles, technologySkills, folder] = process.argv.slice(2);
if (!cities500 || !admin1 || !occupations || !alternateTitles || !technologySkills || !folder) {
  throw new Error(
    'usage: main.js <cities500.txt> <admin1.json> <occupations.tsv> <alternate-titles.tsv> <technology-skills.tsv> <folder to write to>',
  );
}
const files = [
  ...makePlaces(cities500, admin1),
  ...makeTitles(occupations, alternateTitles),
  ...makeSkills(technologySkills),
];
for (const [name, content] of files) writeFileSync(`${folder}/${name}.gz`, gzipSync(content, { level: 9 }));

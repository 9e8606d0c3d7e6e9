import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { makePlaces } from './make-places.js';

/** Makes libs/taxonomy/data anew; see docs/taxonomy.md for where the sources come from. */
const [cities500, admin1, folder] = process.argv.slice(2);
if (!cities500 || !admin1 || !folder) {
  throw new Error('usage: main.js <cities500.txt> <admin1.json> <folder to write to>');
}
for (const [name, content] of makePlaces(cities500, admin1)) {
  writeFileSync(`${folder}/${name}.gz`, gzipSync(content, { level: 9 }));
}

import 'node:fs';
export const kernel = 1;

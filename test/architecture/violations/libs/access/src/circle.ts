import './index.js';
export const circle = 1;

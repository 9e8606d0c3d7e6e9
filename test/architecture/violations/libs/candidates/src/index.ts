import '#libs/pools';
import '#libs/read-store';
import './events/impure.js';
export const candidates = 1;

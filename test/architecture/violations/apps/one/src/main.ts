import '../../two/src/main.js';
import '../../../libs/pools/src/inner.js';
export const one = 1;

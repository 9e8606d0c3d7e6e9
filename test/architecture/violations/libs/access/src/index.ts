import '#libs/testing';
import '../../pools/src/inner.js';
import '@eventstore/db-client';
import 'typeorm';
import '../../../apps/one/src/main.js';
import './circle.js';
import './nowhere.js';
export const access = 1;

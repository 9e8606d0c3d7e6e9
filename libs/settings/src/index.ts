export { numberSetting, textSetting, type Bounds } from './settings.js';

export { createDatabase, databaseUrlOf } from './postgres/create-database.js';
export { compiled, packageRoot } from './processes/compiled.js';
export { choosePort, portFromEnvironment, type PortWish } from './processes/ports.js';
export { SupervisedProcess, type ProcessEvent, type ProcessSpec, type Ready } from './processes/supervised-process.js';
export { waitUntil, type WaitOptions } from './processes/wait-until.js';
export { homeAt, rapportHome, type RapportHome } from './servers/home.js';
export { findInstance, InstanceClaim, type Instance, type InstanceAddresses } from './servers/instance.js';
export { InstanceLockedError } from './servers/lock.js';
export { writePrivateFile } from './servers/private-file.js';
export { loadOrCreateSecrets, type InstanceSecrets } from './servers/secrets.js';
export {
  serversFromEnvironment,
  startServers,
  type RunningServers,
  type ServersOptions,
} from './servers/start-servers.js';
export { makeTemporaryHome, startTemporaryServers, type TemporaryServersOptions } from './servers/temporary-servers.js';

export { IstioctlError, type IstioctlErrorKind } from './error.js';
export type { FetchedDocument, IstioctlOptions, Progress } from './options.js';
export { fetchPilotConfig } from './pilot.js';
export { type Asked, type PlannedCommand, plannedCommands } from './planned.js';
export { fetchProxy } from './proxy.js';
export { proxyNames } from './proxy-names.js';
export { fetchProxyStatus, fetchProxyStatusDiff, listProxies } from './status.js';
export { istioctlVersion } from './version.js';

export { IstioctlError, type IstioctlErrorKind } from './error.js';
export type { FetchedDocument, IstioctlOptions, Progress } from './options.js';
export { fetchPilotConfig } from './pilot.js';
export { plannedCommands } from './planned.js';
export { fetchProxy } from './proxy.js';
export { fetchProxyStatus, fetchProxyStatusDiff, listProxies } from './status.js';

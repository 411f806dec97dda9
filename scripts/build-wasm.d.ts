export function binaryModule(): Promise<string>;

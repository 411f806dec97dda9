export function disagreements(result: object, expected: Record<string, unknown>): string[];

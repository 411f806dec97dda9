/**
 * Whether a line is a log line of istioctl: its own (`TIME<tab>level<tab>scope<tab>text`), klog's
 * (`W1123 13:46:32…`), or the warning that 1.1 prints when the command in the sidecar wrote to standard error.
 */
export function isLogLine(line: string): boolean {
  return /^(\d{4}-\d\d-\d\dT\S+\t|[IWEF]\d{4} |Warning! |Warning: )/.test(line);
}

/** The text of a log line that tells of trouble, without its time; null for any other line. */
export function complaint(line: string): string | null {
  const own = /^\d{4}-\d\d-\d\dT\S+\t(?:error|warn|fatal)\t(.*)$/.exec(line)?.[1];
  const klog = /^[WEF]\d{4} .*?\] (.*)$/.exec(line)?.[1];
  const warning = /^Warning! .*$/.exec(line)?.[0];
  return own ?? klog ?? warning ?? null;
}

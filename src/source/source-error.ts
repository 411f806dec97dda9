/** What went wrong with a source. */
export type SourceErrorKind =
  | 'missing'
  | 'unreadable'
  | 'exists'
  | 'empty-directory'
  | 'empty-archive'
  | 'gzip-cut'
  | 'archive-cut'
  | 'archive-damaged'
  | 'not-readable-form'
  | 'encrypted'
  | 'unsafe-path'
  | 'too-many'
  | 'too-large'
  | 'ratio';

/** A source that cannot be read or written: says what, why, and what to do next. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(
    readonly kind: SourceErrorKind,
    /** Name of the source as the user gave it, with the entry's name in an archive. */
    readonly path: string,
    /** One sentence without a full stop. */
    readonly short: string,
    /** What to do next; a sentence. */
    readonly hint: string,
    options?: ErrorOptions,
  ) {
    super(`${path}: ${short}. ${hint}`, options);
  }
}

const FILE_ERRORS: Record<string, { kind: SourceErrorKind; short: string; hint: string }> = {
  ENOENT: { kind: 'missing', short: 'there is no such file or directory', hint: 'Check the path.' },
  ENOTDIR: { kind: 'missing', short: 'a part of the path is not a directory', hint: 'Check the path.' },
  EACCES: { kind: 'unreadable', short: 'permission denied', hint: 'Check its permissions.' },
  EPERM: { kind: 'unreadable', short: 'permission denied', hint: 'Check its permissions.' },
  ELOOP: {
    kind: 'unreadable',
    short: 'its symbolic links go round in a circle',
    hint: 'Give the path of the file itself.',
  },
  EISDIR: { kind: 'unreadable', short: 'it is a folder, and a file is wanted', hint: 'Name a file in it.' },
  EEXIST: { kind: 'exists', short: 'a file stands where a folder is needed', hint: 'Choose another place.' },
  ENOSPC: { kind: 'unreadable', short: 'the disk is full', hint: 'Free some space and try again.' },
  EROFS: { kind: 'unreadable', short: 'the file system is read-only', hint: 'Choose another folder.' },
};

/** An error of the file system (or anything else that was thrown) as a SourceError; a SourceError stays as it is. */
export function toSourceError(path: string, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const { code } = error as NodeJS.ErrnoException;
  const known = FILE_ERRORS[code ?? ''];
  if (known !== undefined) return new SourceError(known.kind, path, known.short, known.hint, { cause: error });
  // The message of a system call holds the absolute path, which must not show.
  const words = code ?? (error instanceof Error ? error.message : String(error));
  return new SourceError('unreadable', path, `the system failed it (${words})`, 'Check the file and its disk.', {
    cause: error,
  });
}

/** Why a backup is not made, or not restored. Stable: scripts may match on them. */
type BackupErrorCode =
  | 'NO_INSTALLATION'
  | 'DATABASE_ELSEWHERE'
  | 'BACKUP_RUNNING'
  | 'NO_SPACE'
  | 'FILE_EXISTS'
  | 'FILE_UNUSABLE'
  | 'STORE_UNREACHABLE'
  | 'GANGWAY_TOO_OLD'
  | 'SNAPSHOT_FAILED'
  | 'BACKUP_DAMAGED'
  | 'BACKUP_NEWER'
  | 'FOLDER_NOT_EMPTY'
  | 'FOLDER_IN_USE'
  | 'FOLDER_UNUSABLE';

/** The message is one sentence that names the remedy and holds no secrets. */
export class BackupError extends Error {
  readonly code: BackupErrorCode;

  constructor(code: BackupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupError';
    this.code = code;
  }
}

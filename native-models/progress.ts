/** How far an export is: the shape of the workbench's one progress type. */
export interface ExportProgress {
  /** `calibrate`: running the result over texts; `verify`: comparing it with a slow computation. */
  readonly phase: 'convert' | 'calibrate' | 'verify';
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | 'tokens' | 'steps';
}

export type OnProgress = (progress: ExportProgress) => void;

/** How far an export is: the shape of the workbench's one progress type. */
export interface ExportProgress {
  /** `hash`: reading the source to identify it; `calibrate`: running the result over texts; `verify`: reading the result back; otherwise the name of the variant being written. */
  readonly phase: 'hash' | 'calibrate' | 'verify' | 'fp32' | 'q4' | 'q4f16';
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | 'tokens' | 'steps';
}

export type OnProgress = (progress: ExportProgress) => void;

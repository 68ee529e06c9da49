/** How far an export is: the shape of the workbench's one progress type, of which it uses the unit of bytes. */
export interface ExportProgress {
  /** `hash`: reading the source to identify it; otherwise the name of the variant being written. */
  readonly phase: 'hash' | 'fp32' | 'q4';
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes';
}

export type OnProgress = (progress: ExportProgress) => void;

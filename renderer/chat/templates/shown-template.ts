/** A prompt template as the dialog shows it: the user's own, or one that the workbench comes with. */
export interface ShownTemplate {
  /** Of a supplied one with a colon in front. */
  id: string;
  name: string;
  text: string;
  isOwn: boolean;
}

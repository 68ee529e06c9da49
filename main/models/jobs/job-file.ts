/** The jobs in a file of the data folder, so that they outlive the workbench. A damaged file costs the list, not the models. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { modelJobSchema, type ModelJob } from '../../contract/model-jobs.ts';
import { writeAtomically } from '../../files/write-atomically.ts';
import type { Logger } from '../../logger/index.ts';

export class JobFile {
  readonly #path: string;
  readonly #logger: Logger;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
  }

  /** What was queued or running when the workbench ended stands still now, and can be continued. */
  async read(): Promise<ModelJob[]> {
    try {
      const jobs = z.array(modelJobSchema).parse(JSON.parse(await readFile(this.#path, 'utf8')));
      return jobs.map((job) =>
        job.state === 'queued' || job.state === 'running'
          ? { ...job, state: 'paused', perSecond: null, secondsLeft: null }
          : job,
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.#logger.log('warn', 'The list of model jobs cannot be read; it begins anew', { error });
      }
      return [];
    }
  }

  /** One after the other, the newest last; resolves when it is on the disk, also where that failed. */
  write(jobs: readonly ModelJob[]): Promise<void> {
    const text = `${JSON.stringify(jobs, null, 2)}\n`;
    this.#writing = this.#writing
      .then(() => writeAtomically(this.#path, text))
      .catch((error: unknown) => this.#logger.log('error', 'The list of model jobs could not be written', { error }));
    return this.#writing;
  }
}

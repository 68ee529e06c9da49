/** How long aligning two answers takes: nearly equal, with nothing in common, and longer than the table of the alignment. */
import { alignAnswers } from '../../renderer/chat/side-by-side/aligned-rows.ts';
import type { AnswerText } from '../../renderer/chat/side-by-side/answer-units.ts';
import { token } from '../fixtures/messages.ts';
import { SeededRandom } from '../fixtures/seeded-random.ts';
import { summarise, type Row } from './measure.ts';

const wordCount = 900;
const rounds = 9;

function answer(ids: readonly number[]): AnswerText {
  const tokens = ids.map((id) => token(id, id % 17 === 0 ? ` mot${id}.` : ` mot${id}`));
  return { text: tokens.map(({ text }) => text).join(''), tokens, tokenizerHash: 'one' };
}

/** Of this process, so that what else runs on the machine does not count. */
function processorMs(body: () => unknown): number {
  const begun = process.cpuUsage();
  body();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1_000;
}

export function alignmentBench(): Row[] {
  const random = new SeededRandom(5);
  const word = () => Math.floor(random.next() * wordCount);
  const rows: Row[] = [];
  for (const length of [2_000, 20_000]) {
    const ids = Array.from({ length }, word);
    const near = ids.flatMap((id) => (random.next() < 0.1 ? [word()] : [id]));
    const far = Array.from({ length }, word);
    const cases = { 'a tenth changed': near, 'drawn anew': far };
    for (const [name, other] of Object.entries(cases)) {
      const answers = [answer(ids), answer(other)];
      const values = Array.from({ length: rounds + 1 }, () => processorMs(() => alignAnswers(answers, 0))).slice(1);
      rows.push(summarise(`two answers of ${length} tokens, ${name}`, 'ms of processor', values));
    }
  }
  return rows;
}

/**
 * A host whose one conversation is being answered with as many tokens as a test asks for: real services, the real contract over the
 * real WebSocket, and the window as it is built; only what the engine would say is written here, because the demo model's context
 * ends after 1,024 tokens.
 */
import { join } from 'node:path';
import { createRouterClient, implement } from '@orpc/server';
import { onTestFinished } from 'vitest';
import { ChatStore } from '../../main/chat/index.ts';
import { contract } from '../../main/contract/index.ts';
import type { GeneratedToken } from '../../main/contract/tokens.ts';
import { silentLogger } from '../../main/logger/index.ts';
import { startWebHost } from '../../main/web/index.ts';
import { answer, message, token } from '../fixtures/messages.ts';
import { repositoryFolder, startWorkbench } from '../fixtures/workbench.ts';
import { newDataFolder } from './browser.ts';

/** What a model writes about anything: paragraphs, a list, code, a table and a formula, some 900 characters each time. */
const chapter = (number: number) => `## Chapitre ${number}

Voici **un paragraphe** de réponse, avec du \`code\`, un [lien](https://example.org/${number}) et assez de mots pour qu'il tienne
sur plusieurs lignes ; il parle de la mer, du vent et des **${number} marées** qu'on attend avant la fin du mois.

- un premier point, *assez court*
- un deuxième point, un peu plus long, avec $x_${number}^2$
- un troisième

\`\`\`python
def maree(heure: int) -> float:
    # la hauteur à l'heure donnée
    return ${number}.5 * sin(heure / 6.2) + len("eau")
\`\`\`

| Jour | Haute | Basse |
|---|---:|---:|
| lundi | ${number},2 | 0,4 |
| mardi | ${number},1 | 0,5 |

$$h(t) = h_0 + \\sum_{i=1}^{${number}} a_i \\cos(\\omega_i t)$$

Et voilà ce qu'il fallait savoir de ce chapitre avant de passer au suivant, qui dira la même chose autrement.

`;

/** `count` tokens of four characters, which is what one of Lucie's is in French, each with its ten alternatives. */
export function longAnswer(count: number): GeneratedToken[] {
  let text = '';
  for (let number = 1; text.length < count * 4; number += 1) text += chapter(number);
  return Array.from({ length: count }, (_, index) => {
    const made = token(index % 6_000, text.slice(index * 4, index * 4 + 4));
    const others = Array.from({ length: 10 }, (_, rank) => ({ id: rank, piece: '▁autre', logProbability: -1 - rank }));
    return { ...made, logProbability: -((index * 7) % 23) / 8, alternatives: others };
  });
}

export interface LongAnswerHost {
  url: string;
  /**
   * Sends the tokens, `perFrame` each time that `frame` has come, and ends when they are sent; the answer stays open. By the frame and
   * not by the clock, so that a busy machine does not heap up in one frame what was meant for many.
   */
  stream(tokens: readonly GeneratedToken[], perFrame: number, frame: () => Promise<void>): Promise<void>;
}

export async function hostLongAnswer(title: string): Promise<LongAnswerHost> {
  const dataFolder = newDataFolder();
  const store = new ChatStore(join(dataFolder, 'conversations.sqlite'));
  store.create({ id: 'c', title, createdAt: 1 });
  store.append('c', [
    message({ id: 'u', conversationId: 'c', text: 'Raconte.' }),
    answer({ id: 'a', conversationId: 'c', parentId: 'u', text: '', status: 'complete' }),
  ]);
  store.close();
  const workbench = await startWorkbench(dataFolder);
  const queue: GeneratedToken[] = [];
  const get = createRouterClient(workbench.router).chat.get;
  const watch = implement(contract).chat.watch.handler(async function* ({ input, signal }) {
    const stored = await get({ conversationId: input.conversationId });
    const messages = stored.messages.map((each) =>
      each.id === 'a' ? { ...each, status: 'streaming' as const } : each,
    );
    yield { type: 'conversation', conversation: { ...stored, messages } };
    while (signal?.aborted !== true) {
      for (const next of queue.splice(0)) yield { type: 'token', messageId: 'a', token: next };
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  });
  const host = await startWebHost({
    router: { ...workbench.router, chat: { ...workbench.router.chat, watch } },
    rendererFolder: join(repositoryFolder, 'out/renderer'),
    uploadFolder: join(dataFolder, 'uploads'),
    logger: silentLogger,
    port: 0,
  });
  onTestFinished(async () => {
    await host.stop();
    await workbench.stop();
  });
  return {
    url: host.url,
    async stream(tokens, perFrame, frame) {
      for (let sent = 0; sent < tokens.length; sent += perFrame) {
        queue.push(...tokens.slice(sent, sent + perFrame));
        while (queue.length > 0) await new Promise((resolve) => setTimeout(resolve, 2));
        await frame();
      }
    },
  };
}

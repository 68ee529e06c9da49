import { expect, test } from 'vitest';
import { suggestTitle, type TitleModels } from '../../../../main/chat/history/suggest-title.ts';
import { cleanTitle, languageOf, titleTurns } from '../../../../main/chat/history/title-prompt.ts';
import { WorkbenchError } from '../../../../main/contract/errors.ts';
import { message } from '../../../fixtures/messages.ts';
import { ScriptedEngine, scriptedModel } from '../../../fixtures/scripted-engine.ts';

const said = (text: string, role: 'user' | 'assistant' = 'user') =>
  message({ id: text, conversationId: 'c', role, text });

function modelsOf(engine: ScriptedEngine, change: Partial<TitleModels> = {}): TitleModels {
  return {
    loaded: () => ({ engine: engine.client, model: scriptedModel }),
    checkFree: () => undefined,
    cancel: (client, generationId) => client.cancel({ generationId }).then(() => undefined),
    generating: (body) => body() as ReturnType<TitleModels['generating']>,
    ...change,
  } as TitleModels;
}

test('what the model writes is cleaned; what is no title is none', async () => {
  const engine = new ScriptedEngine();
  engine.script = [' Titre', ' :', ' «', ' Les', ' crêpes', ' bretonnes', ' ».'];
  const title = await suggestTitle(modelsOf(engine), [said('Une recette ?')], new AbortController().signal);
  expect(title).toBe('Les crêpes bretonnes');
  expect(engine.prompts[0]).toHaveLength(1);
  engine.script = [' ...'];
  expect(await suggestTitle(modelsOf(engine), [said('Une recette ?')], new AbortController().signal)).toBeNull();
});

test('without a model, while it is busy, and without a text it says why', async () => {
  const engine = new ScriptedEngine();
  const { signal } = new AbortController();
  const ask = (models: TitleModels, texts = ['Bonjour']) =>
    suggestTitle(
      models,
      texts.map((text) => said(text)),
      signal,
    );
  await expect(ask(modelsOf(engine, { loaded: () => null }))).rejects.toMatchObject({ code: 'MODEL_NOT_LOADED' });
  const busy = () => {
    throw new WorkbenchError('ENGINE_BUSY', 'Another answer is being generated.', { action: 'Wait.' });
  };
  await expect(ask(modelsOf(engine, { checkFree: busy }))).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  await expect(ask(modelsOf(engine), [' '])).rejects.toMatchObject({ code: 'PROMPT_EMPTY' });
  expect(engine.prompts).toEqual([]);
});

test('leaving ends the generation', async () => {
  const engine = new ScriptedEngine();
  engine.script = [' Un', 'wait', ' titre'];
  const leaving = new AbortController();
  const asked = suggestTitle(modelsOf(engine), [said('Bonjour')], leaving.signal);
  setTimeout(() => leaving.abort(), 20);
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});

test('a title is one bounded line without decoration', () => {
  expect(cleanTitle('## **Voyage à Lima**\nVoici pourquoi')).toBe('Voyage à Lima');
  expect(cleanTitle('"Title: A short one."')).toBe('Title: A short one');
  expect(cleanTitle('Title: “A short one.”')).toBe('A short one');
  expect(cleanTitle('\u202Eabc\u0000')).toBe('abc');
  expect(cleanTitle('mot '.repeat(60))?.length).toBeLessThanOrEqual(81);
  for (const none of ['', '\n', '…', '**', '« »']) expect(cleanTitle(none)).toBeNull();
});

test('the question is in the language of the user, with a bounded beginning of the conversation', () => {
  expect(languageOf([said('What is the capital of Japan?')])).toBe('en');
  expect(languageOf([said('Wie ist das Wetter und was ist der Plan?')])).toBe('de');
  expect(languageOf([said('¿Cuál es la capital de los Países Bajos?')])).toBe('es');
  expect(languageOf([said('Qual è la capitale della Francia?')])).toBe('it');
  expect(languageOf([said('Quelle est la capitale des Pays-Bas ?')])).toBe('fr');
  expect(languageOf([said('12 + 30')])).toBe('fr');
  const [turn] = titleTurns(Array.from({ length: 40 }, () => said('What is the plan? '.repeat(500))));
  expect(turn?.text).toMatch(/^Give the conversation below a title/);
  expect(turn?.text.length).toBeLessThan(3_000);
});

import { expect, test } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import { loadErrors } from '../../../main/contract/load-errors.ts';

const needModel = {
  'chat.send': contract.chat.send,
  'models.load': contract.models.load,
  'tokens.score': contract.tokens.score,
};

test.each(Object.entries(needModel))(
  '%s, which may load a model, declares what that can fail with',
  (_name, procedure) => {
    const declared = Object.keys(procedure['~orpc'].errorMap);
    expect(declared).toEqual(
      expect.arrayContaining([...loadErrors, 'ENGINE_BUSY', 'ENGINE_CRASHED', 'ENGINE_UNAVAILABLE']),
    );
  },
);

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '#lib/protocol/errors.ts';
import { Question } from './question.ts';

/** A question whose answers come when the test gives them, in any order. */
function askable() {
  const gates: PromiseWithResolvers<string>[] = [];
  const question = new Question<string, string>(() => {
    const gate = Promise.withResolvers<string>();
    gates.push(gate);
    return gate.promise;
  });
  return {
    question,
    gates,
    async answer(index: number, value: string) {
      gates[index]?.resolve(value);
      await new Promise(setImmediate);
    },
    async fail(index: number) {
      gates[index]?.reject(new AppError('timeout', 'too late'));
      await new Promise(setImmediate);
    },
  };
}

test('an older answer that arrives late does not replace a newer one', async () => {
  const { question, answer, fail } = askable();
  question.ask('pod');
  question.ask('pod');
  question.ask('pod');
  await answer(1, 'second');
  await answer(0, 'first');
  assert.deepEqual(question.state, { value: 'second', error: undefined, isAsking: true });
  await answer(2, 'third');
  assert.deepEqual(question.state, { value: 'third', error: undefined, isAsking: false });

  question.ask('pod');
  question.ask('pod');
  await answer(4, 'fifth');
  await fail(3);
  assert.deepEqual(question.state, { value: 'fifth', error: undefined, isAsking: false });
});

test('an answer about another request is dropped, and the one that was shown goes', async () => {
  const { question, answer } = askable();
  question.ask('web-1');
  await answer(0, 'of web-1');
  question.ask('web-1');
  assert.ok(!question.isAbout('web-2'));
  question.ask('web-2');
  assert.ok(question.isAbout('web-2'));
  assert.deepEqual(question.state, { value: undefined, error: undefined, isAsking: true });
  await answer(1, 'of web-1');
  assert.equal(question.state.value, undefined);
  await answer(2, 'of web-2');
  assert.equal(question.state.value, 'of web-2');
});

test('the last answer stays while a newer one fails, and after the question is dropped', async () => {
  const { question, answer, fail } = askable();
  question.ask('pod');
  await answer(0, 'first');
  question.ask('pod');
  await fail(1);
  assert.equal(question.state.value, 'first');
  assert.equal(question.state.error?.code, 'timeout');
  question.ask('pod');
  question.drop();
  await answer(2, 'late');
  assert.deepEqual([question.state.value, question.state.isAsking], ['first', false]);
});

test('what is asked within the pause is asked once, for the last request', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const asked: string[] = [];
  const question = new Question<string, string>(async (request) => {
    asked.push(request);
    return request;
  });
  question.ask('n', { afterMs: 500 });
  t.mock.timers.tick(499);
  question.ask('ng', { afterMs: 500 });
  assert.ok(question.state.isAsking);
  t.mock.timers.tick(500);
  assert.deepEqual(asked, ['ng']);
  question.ask('ngi', { afterMs: 500 });
  question.drop();
  t.mock.timers.tick(500);
  assert.deepEqual(asked, ['ng']);
});

test('an answer is current until something else is asked, or the same in another round', async () => {
  const { question, answer, fail } = askable();
  question.ask('pod', { again: 'a' });
  assert.ok(!question.isAnswered('pod', 'a'));
  await answer(0, 'first');
  assert.ok(question.isAnswered('pod', 'a'));
  assert.ok(!question.isAnswered('pod', 'b'));
  question.ask('pod', { again: 'b' });
  await fail(1);
  assert.ok(!question.isAnswered('pod', 'b'));
});

test('listeners hear each change until they leave', async () => {
  const { question, answer } = askable();
  const heard: (string | undefined)[] = [];
  const stop = question.listen(() => heard.push(question.state.value));
  question.ask('pod');
  await answer(0, 'first');
  stop();
  question.ask('pod');
  await answer(1, 'second');
  assert.deepEqual(heard, [undefined, 'first']);
});

import { describe, expect, it } from 'vitest';
import { evaluate } from './expression.ts';

const scope = {
  states: { input: { orders: [{ id: 'a', cents: 5 }], empty: [] }, result: 'yes' },
  variables: { rate: 2 },
};
const value = (template: unknown) => evaluate(template, scope, 'Output');

describe('a template', () => {
  it.each<[string, unknown, unknown]>([
    ['a constant', { a: [1, null, true, 'text'] }, { a: [1, null, true, 'text'] }],
    ['text that only contains braces', 'a {% 1 %}', 'a {% 1 %}'],
    ['the input', '{% $states.input.orders[0].id %}', 'a'],
    ['the result', '{% $states.result %}', 'yes'],
    ['a variable', '{% $rate * 3 %}', 6],
    ['an expression in a structure', { list: ['{% $rate %}'] }, { list: [2] }],
    ['an array as plain JSON', '{% $states.input.orders.[id, cents] %}', ['a', 5]],
    ['an empty array', '{% $states.input.empty %}', []],
    ['null', '{% null %}', null],
    ['a conditional', "{% $rate > 1 ? 'many' : 'one' %}", 'many'],
    ['an operator of JSONata 2.1 as text', "{% 'a ?? b' %}", 'a ?? b'],
    ['$partition', '{% $partition([1, 2, 3], 2) %}', [[1, 2], [3]]],
    ['$range', '{% $range(0, 4, 2) %}', [0, 2, 4]],
    ['$range backwards', '{% $range(2, 0, -1) %}', [2, 1, 0]],
    ['$hash', "{% $hash('a', 'MD5') %}", '0cc175b9c0f1b6a831c399e269772661'],
    ['$parse', `{% $parse('{"a": 1}').a %}`, 1],
    ['$random with a seed', '{% $random(7) = $random(7) %}', true],
    ['$uuid', '{% $match($uuid(), /^[0-9a-f-]{36}$/).match != "" %}', true],
  ])('evaluates %s', async (_name, template, expected) => {
    expect(await value(template)).toEqual(expected);
  });

  it.each<[string, unknown, string]>([
    ['nothing', '{% $states.input.missing %}', "field 'Output' returned nothing"],
    ['nothing in a structure', { a: '{% $missing %}' }, "field 'Output/a' returned nothing"],
    ['a function', '{% $sum %}', 'returned nothing'],
    ['an error', "{% 1 + 'a' %}", 'threw an error'],
    ['$range with too many numbers', '{% $range(0, 1000, 1) %}', 'at most 1000'],
    ['$hash with another algorithm', "{% $hash('a', 'CRC') %}", 'does not know CRC'],
  ])('that returns %s is an error with its place', async (_name, template, message) => {
    await expect(value(template)).rejects.toThrow(message);
  });

  it('reads nothing without $states', async () => {
    await expect(value('{% orders %}')).rejects.toThrow('returned nothing');
  });
});

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadTaxonomy } from '../../../bot/config.ts'
import { formatProblems, parseYaml } from '../../../bot/yaml.ts'
import { ContentError } from '../../../workflows/problems.ts'
import { knownOf, parseClosing, parseGates, parseProtocol, revOf } from '../../../workflows/protocol/define.ts'
import { stepsOf } from '../../../workflows/protocol.ts'

const taxonomy = loadTaxonomy()
const content = (name: string) => parse(readFileSync(`workflows/content/protocols/${name}.yaml`, 'utf8'))
const gates = parseGates(content('gates'))
const closing = parseClosing(content('closing'), knownOf(taxonomy, gates))
const known = { ...knownOf(taxonomy, gates), closing }

// On one line, so that the lines of what follows are easily told.
const first = `  - { id: 1, role: VE, due: 15m, text: { en: Look, es: Mire }, asks: [${[
  `{ id: reach, type: choice, text: { en: How far, es: Hasta dónde }, choices: [${[
    '{ code: low, name: { en: Low, es: Bajo } }',
    '{ code: wide, name: { en: Wide, es: Amplio } }',
  ]}] }`,
  '{ id: armed, type: number, text: { en: How many, es: Cuántos } }',
  '{ id: said, type: text, text: { en: What, es: Qué } }',
]}] }`

/** Two steps that are right, with these lines at the top and these steps after them. */
function file(steps = '', top = ''): string {
  return `id: X1
version: 1
title: { en: Title, es: Título }
summary: { en: What it is for, es: Para qué sirve }
kinds: [SP-3]
roles: [RC, VE]
told: [RC]
${top}steps:
${first}
  - { id: 2, role: RC, due: 30m, text: { en: Tell, es: Diga } }
${steps}`
}
const step = (rest: string) => `  - { role: RC, text: { en: Do, es: Haga }, ${rest} }\n`

/** What is said of a file, line by line; nothing if it is good. */
function said(text: string): string[] {
  const read = parseYaml(text, 'X1.yaml')
  try {
    parseProtocol(read.data, known)
    return []
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    return formatProblems(read, error.problems)
  }
}

describe('a protocol in a file', () => {
  test('is taken as it is written, with its defaults', () => {
    expect(said(file())).toEqual([])
    const steps = step('id: 3, due: { after: 2, within: 4h }, repeat: 1d, until: 4') + step('id: 4')
    const read = parseProtocol(parse(file(steps)), known)
    expect(read.steps.map(one => one.id)).toEqual(['1', '2', '3', '4'])
    expect(read.steps[2]).toMatchObject({
      due: { from: { step: '2' }, minutes: 240 },
      repeat: 1440,
      when: { type: 'step', step: '4', is: 'open' },
      gate: null,
      notify: [],
      blocking: false,
    })
    expect(read).toMatchObject({ sample: false, event: false, reviewHours: null, gates: [] })
  })

  test('has the closing steps behind its own, counted from where it is over', () => {
    const read = parseProtocol(parse(file(step('id: 3'))), known)
    expect(stepsOf(read).map(one => one.id)).toEqual(['1', '2', '3', 'C1', 'C2', 'C3', 'C4', 'C5'])
    expect(read.closing.map(one => one.due?.from)).toEqual(Array(5).fill({ step: '3' }))
    expect(read.roles).toEqual(['DO', 'RC', 'VE', 'WB'])
  })

  test('says when its after-action note is due, instead of the 72 hours of the closing steps', () => {
    const due = (text: string) => parseProtocol(parse(text), known).closing.find(one => one.id === 'C4')?.due
    expect(due(file())).toEqual({ from: { step: '2' }, minutes: 72 * 60 })
    expect(due(file().replace('version: 1', 'version: 1\nreview: 48h'))).toEqual({
      ...{ from: { step: '2' }, minutes: 48 * 60 },
    })
  })

  test('asks for so many people as its file says, and is as it was where it says nothing', () => {
    const read = parseProtocol(parse(file(step('id: 3, people: 2'))), known)
    expect(read.steps.map(one => one.people)).toEqual([undefined, undefined, 2])
    expect(Object.keys(read.steps[0] ?? {})).not.toContain('people')
    expect(said(file(step('id: 3, people: 1')))).toEqual(['X1.yaml:11 steps[2].people: must be at least 2.'])
    expect(said(file(step('id: 3, people: 6')))).toEqual(['X1.yaml:11 steps[2].people: 6 is too much. At most 5.'])
  })

  test('is told from any other wording, and from none that says the same', () => {
    const one = parseProtocol(parse(file()), known)
    const same = parseProtocol(parse(file().replace('version: 1\n', '').replace('id: X1', 'version: 1\nid: X1')), known)
    const other = parseProtocol(parse(file().replace('Tell', 'Say')), known)
    expect(one.rev).toMatch(/^[0-9a-f]{12}$/)
    expect(same.rev).toBe(one.rev)
    expect(other.rev).not.toBe(one.rev)
    expect(revOf(JSON.parse(JSON.stringify(one)))).toBe(one.rev)
  })
})

describe('a file is refused by line', () => {
  const cases: [what: string, text: string, lines: (string | RegExp)[]][] = [
    [
      'for a text that one language lacks',
      file('  - { id: 3, role: RC, text: { en: Do } }'),
      ['X1.yaml:11 steps[2].text.es: is missing.'],
    ],
    [
      'for a text that fits no card',
      file(step(`id: 3, phase: { en: ${'x'.repeat(41)}, es: Fase }`)),
      [/^X1.yaml:11 steps\[2\].phase.en: is too long: 41 characters. At most 40/],
    ],
    [
      'for an unknown role',
      file('  - { id: 3, role: XX, text: { en: Do, es: Haga } }'),
      [/^X1.yaml:11 steps\[2\].role: "XX" is not known. Use DO, RC/],
    ],
    [
      'for a role that its list lacks',
      file(step('id: 3, notify: [LD]')),
      ['X1.yaml:11 steps[2].notify[0]: LD is no role of this protocol. Add it to roles, which has RC, VE.'],
    ],
    [
      'for a role that does nothing',
      file().replace('[RC, VE]', '[RC, VE, LG]'),
      ['X1.yaml:6 roles[2]: LG has no step and is never told anything.'],
    ],
    ['for a step twice', file(step('id: 2')), ['X1.yaml:11 steps[2].id: step 2 stands twice.']],
    [
      'for a closing step’s number',
      file(step('id: C1')),
      ['X1.yaml:11 steps[2].id: C1 is the number of a closing step.'],
    ],
    [
      'for a question twice',
      file(step('id: 3, asks: [{ id: reach, type: yes-no, text: { en: Far, es: Lejos } }]')),
      ['X1.yaml:11 steps[2].asks[0].id: reach stands twice, first in step 1.'],
    ],
    [
      'for an unknown gate',
      file(step('id: 3, gate: G9')),
      ['X1.yaml:11 steps[2].gate: there is no gate G9. Use G1, G2, G3, G4, G5 or G6.'],
    ],
    [
      'for an unknown kind',
      file().replace('[SP-3]', '[SP-9]'),
      ['X1.yaml:5 kinds[0]: no kind and no group has the code SP-9. See taxonomy.yaml.'],
    ],
    [
      'for a question that nobody asks',
      file(step('id: 3, when: { answer: crowd, is: yes }')),
      ['X1.yaml:11 steps[2].when.answer: no step asks crowd, so this can never be answered.'],
    ],
    [
      'for a question that is asked only later',
      file(
        step('id: 3, when: { answer: crowd, is: yes }') +
          step('id: 4, asks: [{ id: crowd, type: yes-no, text: { en: Crowd, es: Gente } }]'),
      ),
      ['X1.yaml:11 steps[2].when.answer: crowd is asked only later, in step 4.'],
    ],
    [
      'for an answer that does not exist',
      file(step('id: 3, when: { any: [{ severity: S4 }, { answer: reach, is: high }] }')),
      ['X1.yaml:11 steps[2].when.any[1].is: high is no answer to reach. Use low or wide.'],
    ],
    [
      'for words that are to decide',
      file(step('id: 3, when: { answer: said, is: yes }')),
      [/said is answered with a text, which decides nothing. Ask it with type yes-no or choice/],
    ],
    [
      'for a number where there is none',
      file(step('id: 3, when: { number: reach, over: 3 }')),
      ['X1.yaml:11 steps[2].when.number: reach is not answered with a number.'],
    ],
    [
      'for a gate that no step stands behind',
      file(step('id: 3, when: { gate: G2, is: passed }')),
      ['X1.yaml:11 steps[2].when.gate: no step stands behind G2, so it is never asked.'],
    ],
    [
      'for conditions that rule each other out',
      file(step('id: 3, when: { all: [{ answer: reach, is: low }, { not: { answer: reach, is: [low, wide] } }] }')),
      ['X1.yaml:11 steps[2].when: step 3 can never appear: its conditions rule each other out.'],
    ],
    [
      'for a step that waits for one that never appears',
      file(
        step('id: 3, when: { all: [{ severity: S4 }, { not: { severity: S3 } }] }') +
          step('id: 4, when: { step: 3, is: done }'),
      ),
      [/^X1.yaml:11 .*step 3 can never appear/, /^X1.yaml:12 .*step 4 can never appear/],
    ],
    [
      'for steps that wait for each other',
      file(step('id: 3, due: { after: 4, within: 5m }') + step('id: 4, due: { after: 3, within: 5m }')),
      ['X1.yaml:11 steps[2].due: steps 3 → 4 → 3 wait for each other, so none of them ever comes.'],
    ],
    [
      'for a circle of a time and a condition',
      file(step('id: 3, due: { after: 4, within: 5m }') + step('id: 4, when: { step: 3, is: done }')),
      [/steps 3 → 4 → 3 wait for each other/],
    ],
    [
      'for a time that comes before what it waits for',
      file(step('id: 3, due: 10m, when: { answer: reach, is: wide }')),
      [/^X1.yaml:11 steps\[2\].due: is due 10m after the start, but appears only after step 1 and is due 15m after/],
    ],
    [
      'for a time before a blocking step',
      file(step('id: 3, due: 2h, blocking: true') + step('id: 4, due: 1h')),
      [/^X1.yaml:12 steps\[3\].due: is due 1h after the start, but waits behind step 3, which is blocking/],
    ],
    [
      'for a step that would end before it begins',
      file(step('id: 3, due: 4h, repeat: 1h, until: 2')),
      [/^X1.yaml:11 steps\[2\].due: is due first 4h after the start, but ends with step 2, which is due 30m after/],
    ],
    [
      'for the time of an event that is never asked for',
      file(step('id: 3, due: { before_event: 2h }')),
      [/^X1.yaml:11 steps\[2\].due: counts from an event, and this protocol is about none. Write event: true/],
    ],
    [
      'for an event that nothing is due by',
      file('', 'event: true\n'),
      [/^X1.yaml:8 event: is true, but no step is due before or after the event/],
    ],
    [
      'for times that cannot be read',
      file(step('id: 3, due: soon') + step('id: 4, repeat: 2m, until: 2')),
      [
        /^X1.yaml:11 steps\[2\].due: cannot be read as a time. Write it like 15m/,
        /^X1.yaml:12 .*repeat: is too short. At least 5m/,
      ],
    ],
    [
      'for a step that repeats without end',
      file(step('id: 3, repeat: 30m')),
      [/^X1.yaml:11 steps\[2\].repeat: never ends. Name under until the step that ends it/],
    ],
    [
      'for two conditions where one is asked for',
      file(step('id: 3, when: { severity: S4, kinds: [VI] }')),
      [/^X1.yaml:11 steps\[2\].when: holds severity and kinds. Write one of/],
    ],
    ['for a field that there is not', file(step('id: 3, deu: 5m')), ['X1.yaml:11 steps[2].deu: no such field.']],
    [
      'for a trigger that every report would pull',
      file('', 'triggers: [{ id: any }]\n'),
      [/^X1.yaml:8 triggers\[0\]: would hold for every report/],
    ],
    [
      'for counting what is never counted',
      file().replace(
        'roles:',
        'triggers:\n  - { id: several, kinds: [TH-4], count: { at_least: 2, within: 7d } }\nroles:',
      ),
      [/^X1.yaml:\d+ triggers\[0\].count: would never be met: TH-4 is for the named alone/],
    ],
    [
      'for counties that cannot be',
      file('', 'triggers: [{ id: far, kinds: [SP-3], count: { at_least: 2, within: 6h, counties: 3 } }]\n'),
      ['X1.yaml:8 triggers[0].count.counties: 2 incidents cannot come from 3 counties.'],
    ],
    [
      'for what is in one language only, or no step’s number, or no condition',
      file('  - { id: [3], role: RC, text: Do, when: always }'),
      [
        'X1.yaml:11 steps[2].id: is no number of a step. Write it like 4, 10a or C1.',
        'X1.yaml:11 steps[2].text: must be in both languages. Write { en: ..., es: ... }.',
        /steps\[2\].when: is no condition. Write it like/,
      ],
    ],
    [
      'for everything at once',
      file(step('id: 3, gate: G9, when: { step: 8, is: done }, until: 2')),
      [/gate G9/, /there is no step 8/, /until: goes with repeat or checkin only/],
    ],
  ]
  test.each(cases)('%s', (_what, text, lines) => {
    const found = said(text)
    expect(found).toHaveLength(lines.length)
    for (const line of lines) {
      expect(found).toContainEqual(typeof line === 'string' ? line : expect.stringMatching(line))
    }
  })
})

describe('gates and closing steps', () => {
  test('are refused for a gate that nothing overrides', () => {
    const data = { gates: [{ ...content('gates').gates[2], overridden_by: 'G7' }] }
    expect(() => parseGates(data)).toThrow('gates[0].overridden_by: there is no gate G7 in this file.')
  })

  test('are refused for a question that fits no form', () => {
    const [first] = content('gates').gates
    const long = { ...first, questions: [{ id: 'long', needs: 'yes', text: { en: 'x'.repeat(46), es: 'Sí' } }] }
    expect(() => parseGates({ gates: [long] })).toThrow(
      /questions\[0\].text.en: is too long: 46 characters. At most 45/,
    )
  })

  test('a closing step asks for nothing of one protocol', () => {
    const one = { ...content('closing').closing[0], when: { step: '3', is: 'done' } }
    expect(() => parseClosing({ closing: [one] }, known)).toThrow('closing[0].when.step: there is no step 3.')
  })
})

import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { loadConfig, loadTaxonomy } from '../../bot/config.ts'
import { bundledProtocols } from '../../bot/protocols.ts'
import { type Protocol, stepsOf } from '../../workflows/protocol.ts'

const { current, find } = loadTaxonomy().protocols
const get = (id: string) => current.find(protocol => protocol.id === id) as Protocol
const step = (id: string, number: string) => stepsOf(get(id)).find(one => one.id === number)

describe('the bundled protocols', () => {
  test('are all eight, each a sample until a network approves it', () => {
    expect(current.map(protocol => protocol.id)).toEqual(['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8'])
    expect(current.every(protocol => protocol.sample && protocol.version === 1)).toBe(true)
    for (const name of readdirSync(bundledProtocols)) {
      const text = readFileSync(join(bundledProtocols, name), 'utf8')
      expect(text, name).toMatch(/^# SAMPLE. Have it approved by your network and counsel/)
    }
  })

  test('are found by their wording', () => {
    for (const protocol of current) expect(find(protocol.id, protocol.rev)).toBe(protocol)
    expect(find('P1', '000000000000')).toBeNull()
  })

  test('close with C1 to C5', () => {
    for (const { closing } of current) expect(closing.map(one => one.id)).toEqual(['C1', 'C2', 'C3', 'C4', 'C5'])
  })

  test('let only danger to life override the police gate, and nothing override another', () => {
    const gates = current.flatMap(protocol => protocol.gates)
    expect(gates.filter(gate => gate.id === 'G3').every(gate => gate.overriddenBy === 'G1')).toBe(true)
    expect(gates.filter(gate => gate.id !== 'G3').every(gate => gate.overriddenBy === null)).toBe(true)
    const overridable = current.filter(protocol => protocol.gates.some(gate => gate.id === 'G3'))
    expect(overridable.every(protocol => protocol.gates.some(gate => gate.id === 'G1'))).toBe(true)
  })

  test('say 911 with the gate of life, which blocks nothing', () => {
    const life = get('P1').gates.find(gate => gate.id === 'G1')
    expect(life?.questions.map(question => question.needs)).toEqual(['record'])
    expect(life?.note?.en).toContain('call 911 themselves, if that is safe')
    expect(life?.note?.es).toContain('llame al 911')
  })

  test('send nobody out but behind the gate of their safety, and check in with the pairs of P1 and P5', () => {
    const sent = current.flatMap(protocol => protocol.steps.filter(one => one.checkin !== null))
    expect(sent.map(one => one.role)).toEqual(['FR', 'FR', 'FR'])
    for (const one of sent) expect(JSON.stringify(one.when)).toContain('{"type":"gate","gate":"G2","is":"passed"}')
    expect([step('P1', '7a')?.checkin, step('P5', '4')?.checkin]).toEqual([15, 15])
  })

  test('count everyone in P6, and the region in P7', () => {
    expect([step('P6', '2')?.headcount, step('P7', '1a')?.headcount]).toEqual(['network', 'region'])
  })

  test('are due as the field wants it', () => {
    const due = (id: string, number: string) => step(id, number)?.due
    expect(due('P1', '1')).toEqual({ from: 'start', minutes: 2 })
    expect(step('P1', '10')).toMatchObject({ role: 'RC', repeat: 15 })
    expect(due('P5', '3')).toEqual({ from: 'event', minutes: -120 })
    expect(due('P4', '1')).toEqual({ from: 'start', minutes: 5 })
    expect(due('P6', '12c')).toEqual({ from: { step: '11' }, minutes: 30 * 24 * 60 })
  })

  test('are proposed by patterns and by what nobody takes', () => {
    const triggers = (id: string) => get(id).triggers
    expect(triggers('P1')).toContainEqual(
      expect.objectContaining({ kinds: ['VO-1'], count: { atLeast: 3, minutes: 120, within: 'county', counties: 1 } }),
    )
    expect(triggers('P3')).toContainEqual(
      expect.objectContaining({ count: { atLeast: 2, minutes: 360, within: 'network', counties: 2, alike: true } }),
    )
    for (const { id } of current) {
      expect(triggers(id), id).toContainEqual(expect.objectContaining({ severity: 4, unclaimed: 10 }))
    }
    expect(current.flatMap(one => one.triggers).every(one => one.start === 'propose')).toBe(true)
  })

  test('say in Spanish what they say in English, number for number', () => {
    const numbers = (text: string) => text.match(/\b(?:911|S[1-5]|P[1-8]|\d{1,2}(?=:))\b/g)?.toSorted() ?? []
    for (const protocol of current) {
      for (const { id, text, detail } of stepsOf(protocol)) {
        expect(text.es, `${protocol.id}.${id}`).not.toBe(text.en)
        expect(numbers(text.es), `${protocol.id}.${id}`).toEqual(numbers(text.en))
        expect(numbers(detail?.es ?? ''), `${protocol.id}.${id}`).toEqual(numbers(detail?.en ?? ''))
      }
    }
  })
})

describe('a network’s own folder', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'protocols-'))
  })
  const bundled = (name: string) => readFileSync(join(bundledProtocols, name), 'utf8')
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const loaded = () => loadTaxonomy(undefined, folder).protocols

  test('replaces a protocol by its id, and adds others', () => {
    put('rumors.yaml', bundled('p3.yaml').replace('version: 1', 'version: 2'))
    put('P20.yaml', bundled('p8.yaml').replace('id: P8', 'id: P20'))
    const { current: own } = loaded()
    expect(own.map(one => one.id)).toEqual(['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P20'])
    expect(own.find(one => one.id === 'P3')?.version).toBe(2)
    expect(own.find(one => one.id === 'P1')?.rev).toBe(get('P1').rev)
  })

  test('replaces single gates in all protocols, and the closing steps as a whole', () => {
    put(
      'gates.yaml',
      `gates:\n${bundled('gates.yaml').split('\n\n')[1]?.replace('Safety of our people', 'Safe to go')}`,
    )
    put('closing.yml', bundled('closing.yaml').split(/^ {2}- id: C2/m)[0] as string)
    const p1 = loaded().current[0] as Protocol
    expect(p1.gates.map(gate => gate.title.en)).toEqual(
      expect.arrayContaining(['Life', 'Safe to go', 'Police contact']),
    )
    expect(p1.closing.map(one => one.id)).toEqual(['C1'])
    expect(p1.rev).not.toBe(get('P1').rev)
  })

  test('is refused with every line of every file that is wrong', () => {
    put('p3.yaml', bundled('p3.yaml').replace('role: LI', 'role: LX'))
    put('p4.yaml', bundled('p4.yaml').replace('gate: G4', 'gate: G8'))
    put('p9.yaml', bundled('p3.yaml').replace('id: P3', 'id: [P3'))
    const wrong = messageOf(loaded)
    expect(wrong).toMatch(/^p3\.yaml:\d+ steps\[\d+\]\.role: "LX" is not known/m)
    expect(wrong).toMatch(/^p4\.yaml:\d+ steps\[\d+\]\.gate: there is no gate G8/m)
    expect(wrong).toMatch(/^p9\.yaml:\d+ is no YAML/m)
    expect(wrong.split('\n')).toHaveLength(3 + (wrong.match(/p9\.yaml/g)?.length ?? 0) - 1)
  })

  test('is refused where two files have one id, and where there is no such folder', () => {
    put('a.yaml', bundled('p3.yaml'))
    put('b.yaml', bundled('p3.yaml'))
    expect(messageOf(loaded)).toBe('b.yaml:1 id: P3 stands in a.yaml, too. Give one of them another id.')
    folder = join(folder, 'none')
    expect(messageOf(loaded)).toMatch(/^PROTOCOLS_FOLDER .*none: there is no such folder\.$/)
  })

  test('is named by a setting', () => {
    put('P20.yaml', bundled('p8.yaml').replace('id: P8', 'id: P20'))
    const { taxonomy } = loadConfig({ PROTOCOLS_FOLDER: folder })
    expect(taxonomy.protocols.current.map(one => one.id)).toContain('P20')
    put('P21.yaml', 'id: P21')
    expect(messageOf(() => loadConfig({ PROTOCOLS_FOLDER: folder }))).toMatch(/^P21\.yaml:1 version: is missing/m)
  })
})

function messageOf(run: () => unknown): string {
  try {
    run()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

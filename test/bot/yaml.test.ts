import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatProblems, parseYaml, readYaml } from '../../bot/yaml.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { type NetworkError, parseNetwork } from '../../workflows/network.ts'

const text = `# a network
network: { name: N, zone: America/New_York, languages: [en] }
regions:
  - code: AZ
    name: Arizona
    zone: America/Phoenix
    places: [{ anywhere: true }]
    rooms:
      - { workspace: az }
  - code: GA
    name: Georgia
    zone: America/Pheonix
    places: [{ state: GX }]
    rooms: [{ slack: C0123ABC, colour: red }]
coordination:
  rooms: [{ workspace: co }]
people:
  - name: A
    callsign: Heron
    roles: [mediator, boss]
    regions: [AZ, TX]
    accounts: { discord: 99887766 }
`

describe('a YAML file', () => {
  it('tells the line of a path, and of the nearest place for what is missing', () => {
    const file = parseYaml(text, 'network.yaml')
    expect(file.lineOf(['regions', 1, 'zone'])).toBe(12)
    expect(file.lineOf(['regions', 1, 'rooms', 0, 'colour'])).toBe(14)
    expect(file.lineOf(['people', 0, 'languages'])).toBe(18)
    expect(file.lineOf(['summaries', 3, 'to'])).toBe(2)
    expect(file.lineOf([])).toBe(2)
  })

  it('lists every problem of a network with line, field, reason and what is allowed', () => {
    const file = parseYaml(text, 'network.yaml')
    expect(formatProblems(file, refused(file.data))).toEqual([
      'network.yaml:12 regions[1].zone: "America/Pheonix" is not a time zone. Use a name like America/Phoenix.',
      expect.stringMatching(/^network\.yaml:13 regions\[1\]\.places\[0\]\.state: "GX" is no state\. Use one of AL AK /),
      'network.yaml:14 regions[1].rooms[0].colour: no such field. Use slack, discord, signal, workspace, name, language, red, talk.',
      'network.yaml:20 people[0].roles[1]: "boss" is not known. Use mediator, responder, coordinator, leader or admin.',
      'network.yaml:21 people[0].regions[1]: no region has the code "TX". Use AZ, GA.',
      'network.yaml:22 people[0].accounts.discord: 99887766 is read as a number, which loses zeros and digits. Put it in quotes.',
    ])
  })

  it.each([
    ['a: [1', ':1 '],
    ['a: 1\nb: 2\na: 3', ':3 '],
    ['x: 1\n\ty: 2', ':2 '],
    ['a: 1\n---\nb: 2', ':2 '],
    ['a: 1\nb: *nobody', ':2 is no YAML: nothing before it is named &nobody.'],
    ['a: !strange 1', ':1 '],
  ])('refuses %j with the line', (yaml, line) => {
    expect(() => parseYaml(yaml, 'n.yaml')).toThrow(ConfigError)
    expect(() => parseYaml(yaml, 'n.yaml')).toThrow(`n.yaml${line}`)
  })

  it('refuses a file whose references multiply without end', () => {
    const levels = Array.from({ length: 12 }, (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(', ')}]`)
    expect(() => parseYaml(`l0: &l0 x\n${levels.join('\n')}`, 'n.yaml')).toThrow(ConfigError)
  })

  it('takes an empty file as nothing, which no network is', () => {
    const file = parseYaml('', 'n.yaml')
    expect(file.lineOf(['network'])).toBe(1)
    expect(formatProblems(file, refused(file.data)).join()).toMatch(/^n\.yaml:1 /)
  })

  it('says which file is missing, and reads one that is there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hub-yaml-'))
    expect(() => readYaml(join(folder, 'none.yaml'))).toThrow('none.yaml: there is no such file.')
    expect(() => readYaml(folder)).toThrow('cannot be read')
    writeFileSync(join(folder, 'one.yaml'), 'ñ: [sí, no, 04013]')
    expect(readYaml(join(folder, 'one.yaml'))).toMatchObject({ name: 'one.yaml', data: { ñ: ['sí', 'no', 4013] } })
  })
})

function refused(data: unknown): NetworkError['problems'] {
  try {
    parseNetwork(data)
  } catch (error) {
    return (error as NetworkError).problems
  }
  return []
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from 'vitest'
import { checkFile, listLines } from '../../../bot/cli/protocol.ts'
import { loadNetwork, loadTaxonomy, sampleNetworkFile } from '../../../bot/config.ts'
import { bundledProtocols } from '../../../bot/protocols.ts'
import { plannedDirectory } from '../../../workflows/network/planned.ts'
import type { Sample } from '../../../workflows/protocol/plan.ts'

const bundled = (id: string) => join(bundledProtocols, `${id.toLowerCase()}.yaml`)
const now = Date.UTC(2026, 10, 3, 14)

describe('hub protocol check', () => {
  const taxonomy = loadTaxonomy()
  const directory = plannedDirectory(loadNetwork(sampleNetworkFile))
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-'))
  })

  function checked(file: string, asked: Partial<Sample> = {}): string {
    const said: string[] = []
    const print = (...lines: readonly string[]) => said.push(...lines)
    expect(checkFile(file, asked, { taxonomy, directory, now, folder: null, print })).toBe(true)
    return said.join('\n')
  }
  const put = (name: string, words: string) => {
    writeFileSync(join(folder, name), words)
    return join(folder, name)
  }

  test('shows the rooms, the people and the times that it would touch', () => {
    const said = checked(bundled('P3'), { kind: 'SP-3', severity: 3, region: 'AZ' })
    expect(said).toContain('p3.yaml is good.')
    expect(said).toContain('SAMPLE: have it approved by your network and counsel')
    expect(said).toContain('Arizona response (workspace): the checklist stands on its card')
    expect(said).toMatch(/RC {2}regional coordinator {3}1: Magpie/)
    expect(said).toMatch(/VE {2}verifier {15}nobody yet: whoever takes it/)
    expect(said).toContain('due 2026-11-03 07:15, reminded 2026-11-03 07:12')
    expect(said).toMatch(/5 {4}CM {2}Write the message.*\n {7}if step 4 is done/)
    expect(said).toMatch(/07:15 {2}Magpie\n {2}2026-11-03 07:30 {2}Owl\n {2}2026-11-03 07:45 {2}Eagle/)
    expect(said).toContain('two-counties: 2 or more within 6h, from 2 counties')
  })

  test('shows that rooms which may not see a RED incident see nothing of it, and restricted ones no room', () => {
    const red = checked(bundled('P2'), { kind: 'HA-2', severity: 4, region: 'AZ' })
    expect(red).toContain('Arizona response (workspace): sees nothing of it: the incident is RED')
    expect(red).toContain('Arizona Signal group (workspace): the checklist stands on its card')
    expect(checked(bundled('P7'), { region: 'GA' })).toContain('Rooms (0)\n  none: only single people see it')
  })

  test('takes an event to be three days ahead', () => {
    const said = checked(bundled('P5'), { region: 'PA' })
    expect(said).toMatch(/3 {4}SO {2}Brief the pairs.*\n {7}due 2026-11-06 07:00/)
    expect(said).toContain('The event is taken to be three days after the start.')
  })

  test('shows every protocol on every kind of severity', () => {
    for (const id of ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8']) {
      for (const severity of [1, 5] as const)
        expect(checked(bundled(id), { severity })).toContain(`S${severity}, in Arizona`)
    }
  })

  test('says that another wording needs another number', () => {
    const words = readFileSync(bundled('P3'), 'utf8').replace('Judge the harm and the reach', 'Judge harm and reach')
    expect(checked(put('p3.yaml', words))).toContain('other words, but the same version number')
    expect(checked(put('p3.yaml', words.replace('version: 1', 'version: 2')))).not.toContain('same version number')
  })

  test('counts the gates that stand beside the file', () => {
    const gates = readFileSync(bundled('gates'), 'utf8')
    put('gates.yaml', gates.replaceAll('G5', 'G7'))
    const file = put(
      'P9.yaml',
      readFileSync(bundled('P3'), 'utf8').replace('gate: G5', 'gate: G7').replace('id: P3', 'id: P9'),
    )
    expect(checked(file)).toContain('gates G7')
    expect(checked(join(folder, 'gates.yaml'))).toMatch(/is good. The protocols have the gates .*G7/)
  })

  test('says which kind or region there is not', () => {
    expect(() => checked(bundled('P3'), { kind: 'XX-1' })).toThrow('There is no kind XX-1.')
    expect(() => checked(bundled('P3'), { region: 'NV' })).toThrow(/There is no region NV. Use one of AZ, GA/)
  })

  test('lists what can be started', () => {
    expect(listLines(taxonomy.protocols.current)[2]).toBe(
      'P3   A rumor or false claim spreads · version 1 · 11 steps · SP-3 · SAMPLE',
    )
  })

  test('in a terminal names each mistake by its line, and ends with 1', async () => {
    const words = readFileSync(bundled('P3'), 'utf8').replace('role: LI', 'role: LX').replace('version: 1\n', '')
    const { code, out, err } = await hub('check', put('mine.yaml', words))
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^mine\.yaml:2 version: is missing\.$/m)
    expect(err).toMatch(/^mine\.yaml:\d+ steps\[\d+\]\.role: "LX" is not known\. Use DO, RC/m)
    const good = await hub('check', bundled('P1'), '--incident', 'ar-2,s4,mi')
    expect(good).toMatchObject({ code: 0, err: '' })
    expect(good.out).toContain('AR-2 Armed intimidation, S4, in Michigan')
    expect((await hub('check', bundled('P1'), '--incident', 'S9')).err).toContain('Write it like SP-3,S4,AZ.')
  })

  async function hub(...words: readonly string[]) {
    const env = { PATH: process.env.PATH ?? '', PRACTICE_DATABASE_URL: `file:${join(folder, 'none.db')}` }
    const child = spawn(process.execPath, ['bot/cli.ts', 'protocol', ...words], { env })
    const [[code], out, err] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
    return { code: code as number | null, out, err }
  }
})

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import { bundledProtocols } from '../../bot/protocols.ts'
import { skillCodes } from '../../workflows/protocol/skills.ts'

const guide = readFileSync('docs/protocols.md', 'utf8')
const blocks = [...guide.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => text ?? '')

describe('the guide to writing protocols', () => {
  test('ends with a whole protocol, which is good as it stands', () => {
    const folder = mkdtempSync(join(tmpdir(), 'guide-'))
    writeFileSync(join(folder, 'P20.yaml'), blocks.at(-1) ?? '')
    const read = loadTaxonomy(undefined, folder).protocols.current.find(one => one.id === 'P20')
    expect(read?.steps.map(step => step.id)).toEqual(['1', '2', '3', '4'])
  })

  test('explains pieces that stand in P3 letter for letter', () => {
    const p3 = readFileSync(join(bundledProtocols, 'p3.yaml'), 'utf8')
    expect(blocks.length).toBeGreaterThan(4)
    for (const piece of blocks.slice(0, -1)) expect(p3).toContain(piece)
  })

  test('names every role and skill', () => {
    for (const code of skillCodes) expect(guide).toContain(code)
    for (const role of ['DO', 'RC', 'FR', 'SO', 'VE', 'CM', 'LI', 'LG', 'WB', 'LD', 'SC']) {
      expect(guide).toMatch(new RegExp(`\\b${role} [a-z]`))
    }
  })
})

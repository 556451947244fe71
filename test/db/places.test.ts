import { statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from '../../db/gazetteer/build.ts'
import { unpackGazetteer } from '../../db/gazetteer/pack.ts'
import { loadGazetteer } from '../../db/places.ts'
import { openGazetteer } from '../../workflows/places/gazetteer.ts'

const data = loadGazetteer()

describe('the compiled gazetteer', () => {
  it('is what the installed packages make, to the byte', () => {
    const made = unpackGazetteer(compile())
    expect(made.counties).toEqual(data.counties)
    expect(made.keys).toEqual(data.keys)
    expect(made).toEqual(data)
  })

  it('is small enough to keep in the repository', () => {
    expect(statSync('db/gazetteer/us.bin').size).toBeLessThan(1_000_000)
  })

  it('holds every county once, under its code of today', () => {
    const codes = data.counties.map(line => line.slice(0, 5))
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.length).toBeGreaterThan(3220)
    for (const now of ['02158', '46102', '02063', '02066', '02105', '02230']) expect(codes).toContain(now)
    for (const gone of ['02270', '46113', '51515', '02261', '02232']) expect(codes).not.toContain(gone)
  })

  it('has a shape and a ZIP or town for each state, and every list runs in step', () => {
    const gazetteer = openGazetteer(data)
    expect(new Set(gazetteer.counties.map(county => county.state)).size).toBe(56)
    expect(gazetteer.counties.every(county => county.state !== '')).toBe(true)
    expect(data.many).toHaveLength(data.keys.length)
    expect(data.many.reduce((sum, many) => sum + many, 0)).toBe(data.homes.length)
    expect(data.people).toHaveLength(data.homes.length)
    expect(data.zipHomes).toHaveLength(data.zips.length)
    expect(data.zips.length).toBeGreaterThan(40_000)
    expect(data.keys).toEqual(data.keys.toSorted())
    expect(gazetteer.zip('06103')?.name).toBe('Hartford County')
  })
})

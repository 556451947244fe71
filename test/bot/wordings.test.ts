import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import { bundledProtocols } from '../../bot/protocols.ts'
import { keepProtocols } from '../../bot/wordings.ts'
import { unlockStore } from '../../db/unlock.ts'
import { eachHouse } from '../each.ts'
import type { Ground, House } from '../house.ts'

describe('wordings at the start', () => {
  let house: House
  let folder: string
  let at: Ground
  eachHouse(async (opened, where) => {
    house = opened
    at = where
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wordings-'))
  })
  const put = (name: string, from: string, ...changes: [string, string][]) => {
    const words = readFileSync(join(bundledProtocols, from), 'utf8')
    writeFileSync(
      join(folder, name),
      changes.reduce((text, [was, is]) => text.replace(was, is), words),
    )
  }
  const own = () => loadTaxonomy(undefined, folder).protocols
  const kept = async (minute: number) => keepProtocols(house.store, own(), house.clock() + minute * 60_000)

  test('are told where a file changed and its number did not', async () => {
    expect(await keepProtocols(house.store, loadTaxonomy().protocols, house.clock())).toEqual([])
    put('p3.yaml', 'p3.yaml', ['Judge the harm and the reach', 'Judge the harm'])
    expect(await kept(1)).toEqual([expect.stringMatching(/^P3 has other words than before, but is still version 1\./)])
    put('p3.yaml', 'p3.yaml', ['Judge the harm and the reach', 'Judge harm'], ['version: 1', 'version: 2'])
    expect(await kept(2)).toEqual([])
  })

  test('are not told of protocols that only stand behind other gates', async () => {
    await keepProtocols(house.store, loadTaxonomy().protocols, house.clock())
    put('gates.yaml', 'gates.yaml', ["Is anyone's life in danger right now?", 'Is a life in danger right now?'])
    expect(await kept(1)).toEqual([])
  })

  test('a run keeps the words it was started with when the file says others after a restart', async () => {
    const { store } = house
    await keepProtocols(store, loadTaxonomy().protocols, house.clock())
    await house.fill('heron', '/report', {
      what: 'They say polls are shut',
      where: 'Phoenix, AZ',
      danger: 'no',
      contact: 'no',
    })
    await house.type('magpie', '/protocol start P3 AZ-0001')
    const run = (await store.incidents.find('AZ-0001' as never))?.incident.runs?.[0]
    expect(run).toMatchObject({ protocol: 'P3', status: 'running' })
    put('p3.yaml', 'p3.yaml', ['Judge the harm and the reach', 'Judge the harm'], ['version: 1', 'version: 2'])
    const key = { value: undefined, file: join(at.folder, 'hub.key') }
    const again = await unlockStore({ url: at.url, filesFolder: join(at.folder, 'files'), key }, house.clock())
    const beside = again.store.protocols.beside(own())
    expect(await keepProtocols(again.store, own(), house.clock() + 60_000)).toEqual([])
    expect(beside.current.find(one => one.id === 'P3')?.version).toBe(2)
    expect(beside.find('P3', run?.rev ?? '')).toBeNull()
    await again.store.incidents.find('AZ-0001' as never)
    const pinned = beside.find('P3', run?.rev ?? '')
    expect([pinned?.version, pinned?.steps[1]?.text.en]).toEqual([1, 'Judge the harm and the reach'])
    await again.store.close()
  })
})

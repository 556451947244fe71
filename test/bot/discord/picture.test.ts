import { afterEach, describe, expect, test } from 'vitest'
import type { Outgoing } from '../../../bot/platform.ts'
import { plainView, type View } from '../../../workflows/view.ts'
import { image, pictureOf } from '../../pictures.ts'
import { az, card, type Desk, forum, openDesk, reader } from './desk.ts'

const desks: Desk[] = []
afterEach(async () => {
  for (const desk of desks.splice(0).reverse()) await desk.close()
})

async function desk(...how: Parameters<typeof openDesk>): Promise<Desk> {
  const made = await openDesk(...how)
  desks.push(made)
  await made.connect()
  return made
}

const quiet = async () => ({ reply: { type: 'nothing' }, reader }) as const
const view: View = { ...plainView([{ words: 'Calm in all regions.' }]), picture: pictureOf() }
const summary: Outgoing = { view, reader, key: 'summary:daily:2026-11-03:R1:0', image }
const shown = [{ name: 'summary.png', alt: image.alt, size: image.bytes.length }]

describe('a picture on Discord', () => {
  test('stands beneath the words in the same message, with what it shows for those who cannot see it', async () => {
    const { discord, peer } = await desk(quiet)
    const ref = await discord.post({ type: 'room', room: az }, summary)
    expect(await peer.room(az)).toMatchObject([{ id: ref.id, text: 'Calm in all regions.', pictures: shown }])
    expect(peer.broken).toEqual([])
  })

  test('goes into a thread, a forum and a direct conversation too, and stays when the message is edited', async () => {
    const { discord, peer } = await desk(quiet)
    const root = await discord.post({ type: 'room', room: az }, card())
    await discord.post({ type: 'thread', under: root }, summary)
    await discord.post({ type: 'room', room: forum }, { ...summary, key: 'a' })
    await discord.post({ type: 'direct', account: '600000000000000001' }, { ...summary, key: 'b' })
    const plain = await discord.post({ type: 'room', room: az }, { ...summary, key: 'c' })
    await discord.edit(plain, { ...summary, view: { ...view, title: { words: 'Corrected' } }, key: 'c' })
    expect(await peer.thread(az, root.id)).toMatchObject([{ pictures: shown }])
    expect((await peer.room(forum)).at(-1)).toMatchObject({ pictures: shown })
    expect(await peer.someone('600000000000000001').direct()).toMatchObject([{ pictures: shown }])
    expect((await peer.room(az)).at(-1)).toMatchObject({ edited: true, pictures: shown })
    expect(peer.broken).toEqual([])
  })

  test('that may not be attached there is told in words: the message goes out all the same', async () => {
    const { discord, peer } = await desk(quiet)
    peer.forbid(1n << 15n)
    await discord.post({ type: 'room', room: az }, summary)
    const [first, ...more] = await peer.room(az)
    expect(more).toEqual([])
    expect(first?.text).toBe(
      'Calm in all regions.\nThe picture could not be added. It shows: Map: most reports in Maricopa County, Arizona (12).',
    )
    expect(first?.pictures).toBeUndefined()
  })

  test('that is refused behind words that stand already is told in words, and nothing stands twice', async () => {
    const { discord, peer } = await desk(quiet)
    peer.forbid(1n << 15n)
    const lines = Array.from({ length: 30 }, (_, at) => ({ words: `Line ${at}. ${'Long '.repeat(40)}` }))
    await discord.post({ type: 'room', room: az }, { ...summary, view: { ...plainView(lines), picture: pictureOf() } })
    const texts = (await peer.room(az)).map(one => one.text).join('\n')
    for (let at = 0; at < 30; at++) expect(texts.split(`Line ${at}. `)).toHaveLength(2)
    expect(texts).toContain('The picture could not be added.')
    expect(peer.broken).toEqual([])
  })

  test.each([400, 403, 413])('that is refused with status %i alone never holds the words back', async status => {
    const { discord, peer } = await desk(quiet)
    peer.fault({ match: /POST \/channels\/\d+\/messages$/, how: status, files: true })
    await discord.post({ type: 'room', room: az }, summary)
    expect((await peer.room(az)).map(one => one.text)).toEqual([expect.stringContaining('The picture could not be')])
  })

  test.each(['hang', 'cut', 503] as const)(
    'that never arrives (%s) leaves a private answer its words',
    async how => {
      const answer = { reply: { type: 'view', private: true, view }, reader, image } as const
      const { peer } = await desk(async () => answer)
      peer.fault({ match: /./, how, files: true, times: 9 })
      const person = peer.someone('600000000000000001')
      await person.type('/sitrep', az).catch(() => {})
      await expect
        .poll(async () => (await person.direct()).map(one => one.text), { timeout: 25_000 })
        .toEqual([expect.stringMatching(/^Calm in all regions\.\nThe picture could not be added/)])
    },
    30_000,
  )

  test('whose answer was lost is looked up and stands once', async () => {
    const { discord, peer } = await desk(quiet)
    peer.fault({ match: /POST \/channels\/\d+\/messages$/, how: 'cut', times: 2 })
    const to = { type: 'room', room: az } as const
    await expect(discord.post(to, summary)).rejects.toThrow()
    expect(await discord.find(to, summary.key, Date.now() - 60_000)).not.toBeNull()
    expect(await peer.room(az)).toMatchObject([{ pictures: shown }])
  })

  test('comes with a private answer, at once and after a while', async () => {
    let wait = 0
    const answer = { reply: { type: 'view', private: true, view }, reader, image } as const
    const { peer } = await desk(() => new Promise(done => setTimeout(() => done(answer), wait)))
    const person = peer.someone('600000000000000001')
    await person.type('/sitrep', az)
    wait = 1500
    await person.type('/sitrep AZ', az)
    const seen = await person.direct()
    expect(seen.map(one => one.pictures)).toEqual([shown, shown])
    expect(peer.broken).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../../workflows/network/backup.ts'
import { writtenNetwork } from '../../../workflows/network/written.ts'
import { NetworkError, parseNetwork } from '../../../workflows/network.ts'

const file = (backup?: unknown) => ({
  network: { name: 'Small', zone: 'America/New_York', languages: ['en'] },
  regions: [{ code: 'US', name: 'All', places: [{ anywhere: true }], rooms: [{ slack: 'C0NATION' }] }],
  coordination: { rooms: [{ slack: 'C0COORD' }] },
  ...(backup === undefined ? {} : { backup }),
})
const said = (backup: unknown): string => {
  try {
    parseNetwork(file(backup))
    return ''
  } catch (error) {
    if (error instanceof NetworkError) return error.message
    throw error
  }
}

describe('the plan of backups in a network file', () => {
  it('is none where the file says nothing, and usual where it says no more than its name', () => {
    expect(parseNetwork(file()).backup).toBeUndefined()
    expect(parseNetwork(file({})).backup).toEqual({ at: '03:30', keep: 14 })
  })

  it('says what is wrong in it, and what is allowed', () => {
    expect(said({ at: '3 am' })).toContain('is no time of day. Write it like "03:30".')
    expect(said({ zone: 'Phoenix' })).toContain('"Phoenix" is not a time zone')
    expect(said({ keep: 0 })).toContain('backup.keep')
    expect(said({ copy: 'rclone copy data remote:hub' })).toContain('Put {file} where')
    expect(said({ copy: 'rclone "copy {file} remote:hub' })).toContain('has a quote that is not closed')
    expect(said({ phrase: 'abandon abandon' })).toContain('Use at, zone, folder, keep, copy, signal')
  })

  it('stands in an exported file as it stood in the one it came from', () => {
    const plan = { at: '02:15', zone: 'America/Phoenix', keep: 3, copy: 'cp {file} /mnt/away', signal: '/srv/signal' }
    const network = parseNetwork(file(plan))
    expect(network.backup).toEqual(plan)
    expect(parseNetwork(writtenNetwork(network, null))).toEqual(network)
  })
})

describe('a command in the file', () => {
  it.each([
    ['rclone copy {file} remote:hub', ['rclone', 'copy', '{file}', 'remote:hub']],
    [`scp -i '/srv/a key' {file} "me@box:my backups/"`, ['scp', '-i', '/srv/a key', '{file}', 'me@box:my backups/']],
    ['cp --target="/mnt/a b" {file}', ['cp', '--target=/mnt/a b', '{file}']],
    ['echo $HOME; rm -rf / && {file}', ['echo', '$HOME;', 'rm', '-rf', '/', '&&', '{file}']],
  ])('%s is these words, and no shell reads it', (command, words) => {
    expect(wordsOf(command)).toEqual(words)
  })

  it.each(['', '   ', 'cp "{file}', "cp {file} '"])('%j is none', command => {
    expect(wordsOf(command)).toBeNull()
  })
})

import { expect, test } from 'vitest'
import { blackoutNotices } from '../../workflows/blackout.ts'
import type { Directory, Room } from '../../workflows/directory.ts'
import type { RegionCode, RoomId } from '../../workflows/ids.ts'

const az = 'AZ' as RegionCode
const room = (id: string, platform: Room['platform'], address: string, purpose: Room['purpose'] = 'region') =>
  ({ id: id as RoomId, platform, address, purpose, region: purpose === 'region' ? az : null }) as Room

test('a room that is bound for two purposes is told once, as coordinators are', () => {
  const rooms = [
    room('one', 'discord', 'gone'),
    room('two', 'signal', 'both'),
    room('three', 'signal', 'both', 'coordination'),
    room('four', 'slack', 'az'),
  ]
  const away = { platform: 'discord', since: 0, reason: 'no answer' } as const
  const posts = blackoutNotices(away, ['discord'], { rooms } as unknown as Directory)
  expect(posts.map(post => post.to)).toEqual([{ room: 'three' }, { room: 'four' }])
})

import { startSignalPeer } from '../peers/signal/index.ts'
import { accountOf, coordination, people, roomOf } from './crowd.ts'

/** Signal on loopback with the groups and people of the bench; `answerMs` is how long signal-cli takes. */
export function startBenchSignal(regions: 1 | 12, answerMs = 1) {
  return startSignalPeer({
    answerMs,
    groups: [
      ...Array.from({ length: regions }, (_, at) => ({ address: roomOf.signal(at), name: `Bench ${at}` })),
      { address: coordination.signal, name: 'Coordination' },
    ],
    people: Array.from({ length: people }, (_, at) => ({ account: accountOf.signal(at) })),
  })
}

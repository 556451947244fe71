import { createRequire, syncBuiltinESMExports } from 'node:module'

// Loaded before a program (`node --import`): its clocks then run so many times faster, from a moment of their own, and
// every pause ends so many times sooner. FAULTS_CLOCK says when it began (epoch ms of the machine), when it was then
// (epoch ms), and how many times faster. A parent may step the wall clock of a hub, as a time server does.
const [begun = 0, then = 0, faster = 1] = (process.env.FAULTS_CLOCK ?? '').split(',').map(Number)
const wall = Date.now
const steady = performance.now.bind(performance)
const RealDate = Date
let stepped = 0

const now = () => Math.floor(then + (wall() - begun) * faster) + stepped

class FastDate extends RealDate {
  constructor(...given: readonly unknown[]) {
    if (given.length === 0) super(now())
    else super(...(given as [number]))
  }
  static override now = now
}

/** A function of timers whose time, at that place among what it is given, passes faster. */
function hasten<T extends object>(real: T, at: number): T {
  return new Proxy(real, {
    apply: (target, self, given: unknown[]) => {
      const args = [...given]
      if (typeof args[at] === 'number') args[at] /= faster
      return Reflect.apply(target as () => unknown, self, args)
    },
  })
}

if (begun > 0) {
  const need = createRequire(import.meta.url)
  const timers = need('node:timers')
  const promised = need('node:timers/promises')
  globalThis.Date = FastDate as DateConstructor
  performance.now = () => steady() * faster
  promised.setTimeout = hasten(promised.setTimeout, 0)
  promised.setInterval = hasten(promised.setInterval, 0)
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const fast = hasten(globalThis[name], 1)
    Object.assign(globalThis, { [name]: fast })
    timers[name] = fast
  }
  syncBuiltinESMExports()
  if (process.channel && process.argv[1]?.endsWith('main.ts')) {
    process.on('message', told => {
      stepped += (told as { readonly step?: number }).step ?? 0
    })
    // Whoever plays the day was ended: nobody would ever stop this hub.
    process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
    process.channel.unref()
  }
}
